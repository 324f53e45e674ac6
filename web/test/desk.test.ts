import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PageMemory } from "../src/assistant-chat/core/memory";
import { Desk } from "../src/desk/core/desk";
import { DeskSocket, FakeDesk, ID, ME, OTHER } from "./desk-double";

const GOOD = { user_id: "lea", password: "secret", code: "123456" };
const settle = (milliseconds = 200): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

let gateway: FakeDesk;
let memories: Map<string, PageMemory>;
let desk: Desk;
let arrived: string[];
let queued: number[];

const openDesk = (): Desk =>
  new Desk(
    {
      base: "http://gateway.test/api/desk",
      memory: (start) => memories.get(start) ?? memories.set(start, new PageMemory()).get(start)!,
      fetcher: gateway.fetch,
      openSocket: () => new DeskSocket(gateway) as unknown as WebSocket,
    },
    {
      changed: () => undefined,
      arrived: (_thread, lines) => arrived.push(...lines.map((line) => line.text)),
      queued: (waiting) => queued.push(waiting),
      linked: () => undefined,
    },
  );

const texts = (): string[] => desk.current?.lines.map((line) => line.text) ?? [];

/** Signed in, the conversation taken and looked at. */
const claimed = async (): Promise<void> => {
  await desk.signIn(GOOD);
  await settle();
  await desk.open(ID);
  await desk.claim();
  await settle();
};

beforeEach(() => {
  vi.useFakeTimers();
  gateway = new FakeDesk();
  memories = new Map();
  [arrived, queued] = [[], []];
  desk = openDesk();
});

afterEach(() => {
  desk.stop();
  vi.useRealTimers();
});

describe("the whole way", () => {
  it("leads from the door over the queue and a talk back to the assistant", async () => {
    await desk.start();
    expect(desk.phase).toBe("out");
    await claimed();
    expect(desk.isMine(desk.current?.item)).toBe(true);
    gateway.add({ text: "Bonjour" });
    desk.current?.say("Que puis-je faire?");
    await settle();
    expect(texts()).toEqual(["Bonjour", "Que puis-je faire?"]);
    desk.settle(await desk.api.act(ID, "hand-back", {}));
    await settle();
    expect(desk.current?.item?.owner).toBe("bot");
    expect(desk.queue.mine).toEqual([]);
    desk.settle(await desk.api.act(ID, "takeover", { reason: "suivi" }));
    desk.settle(await desk.api.act(ID, "close", { outcome: "done" }));
    await settle();
    expect(desk.isMine(desk.current?.item)).toBe(false);
    expect(gateway.bodies.map(([act]) => act)).toEqual(["session", "claim", "messages", "hand-back", "takeover", "close"]);
  });

  it("tells who was faster", async () => {
    await desk.signIn(GOOD);
    await settle();
    gateway.claimedBy = OTHER;
    await expect(desk.claim()).rejects.toMatchObject({ code: "already_claimed", words: expect.stringContaining("Max") as string });
  });
});

describe("signing in", () => {
  it("is refused with the wrong code, and nobody is in", async () => {
    await desk.start();
    await expect(desk.signIn({ ...GOOD, code: "000000" })).rejects.toMatchObject({ code: "desk_sign_in_failed" });
    expect(desk.phase).toBe("out");
  });

  it("is over when the gateway closes for want of a session", async () => {
    await desk.signIn(GOOD);
    await settle();
    for (const socket of [...gateway.sockets]) socket.drop(4401);
    expect([desk.phase, desk.isOver]).toEqual(["out", true]);
  });

  it("leaves nothing of a conversation behind on leaving", async () => {
    await claimed();
    desk.current?.write("brouillon secret");
    const memory = memories.get("") ?? memories.set("", new PageMemory()).get("")!;
    memory.set("r1:x:draft", "brouillon secret");
    await desk.signOut();
    expect(memory.keys("")).toEqual([]);
    expect(desk.phase).toBe("out");
  });
});

describe("what a rep says", () => {
  it("is said once, though the answer was lost on its way", async () => {
    await claimed();
    gateway.losesReplies = 2;
    desk.current?.say("Une seule fois");
    await settle(20_000);
    expect(texts()).toEqual(["Une seule fois"]);
    expect(desk.current?.pending).toEqual([]);
  });

  it("is kept through a cut and said when the connection is back", async () => {
    await claimed();
    gateway.cut();
    desk.current?.say("Après la coupure");
    await settle(1_000);
    expect(texts()).toEqual([]);
    expect(desk.current?.pending).toHaveLength(1);
    gateway.mend();
    await settle(60_000);
    expect(texts()).toEqual(["Après la coupure"]);
    expect(gateway.lines).toHaveLength(1);
  });

  it("is said by the page that comes after a reload, once", async () => {
    await claimed();
    gateway.losesReplies = 1;
    gateway.isLive = false;
    desk.current?.say("Avant le rechargement");
    await settle(100);
    desk.stop();
    desk = openDesk();
    await desk.start();
    await desk.open(ID);
    await settle(20_000);
    expect(gateway.lines.filter((line) => line["text"] === "Avant le rechargement")).toHaveLength(1);
    expect(desk.current?.pending).toEqual([]);
  });

  it("is shown also while nothing comes live", async () => {
    await claimed();
    gateway.isLive = false;
    desk.current?.say("Sans direct");
    await settle(3_000);
    expect(texts()).toEqual(["Sans direct"]);
  });

  it("is not said in a conversation that is another's by now", async () => {
    await claimed();
    gateway.item = { ...gateway.item, rep: OTHER };
    desk.current?.say("Trop tard");
    await settle(1_000);
    expect(desk.current?.pending).toMatchObject([{ state: "failed", failure: "not_yours" }]);
  });

  it("counts as the ready answer only while that is unchanged", async () => {
    await claimed();
    desk.current?.useAnswer("cost", "C’est gratuit.");
    desk.current?.say("C’est gratuit.");
    desk.current?.say("C’est gratuit, oui.");
    await settle(1_000);
    const said = gateway.bodies.filter(([act]) => act === "messages").map(([, body]) => body["faq_id"]);
    expect(said).toEqual(["cost", undefined]);
  });
});

describe("a followed conversation", () => {
  it("goes on after a cut where it was, nothing lost and nothing doubled", async () => {
    await claimed();
    gateway.add({ text: "un" });
    gateway.cut();
    gateway.add({ text: "deux" });
    gateway.mend();
    await settle(60_000);
    gateway.add({ text: "trois" });
    await settle();
    expect(texts()).toEqual(["un", "deux", "trois"]);
    expect(gateway.frames.filter((frame) => frame["type"] === "follow").map((frame) => frame["after"])).toContain(1);
  });

  it("announces what is new, not what was there before", async () => {
    gateway.add({ text: "avant" });
    await claimed();
    expect(texts()).toEqual(["avant"]);
    expect(arrived).toEqual([]);
    gateway.add({ text: "après" });
    expect(arrived).toEqual(["après"]);
  });

  it("counts unread what comes while the rep looks elsewhere", async () => {
    await claimed();
    await desk.open(undefined);
    gateway.add({ text: "Allo?" });
    await settle();
    expect(desk.thread(ID)?.unread).toBe(1);
    await desk.open(ID);
    expect(desk.thread(ID)?.unread).toBe(0);
  });

  it("is let go when it is neither the rep's nor looked at", async () => {
    await desk.signIn(GOOD);
    await settle();
    await desk.open(ID);
    await desk.open(undefined);
    expect(desk.thread(ID)).toBeUndefined();
    expect(gateway.frames.at(-1)).toEqual({ type: "unfollow", conversation: ID });
  });

  it("that nobody knows is said to be gone", async () => {
    await desk.signIn(GOOD);
    await settle();
    await desk.open("00000000-0000-4000-8000-00000000000f");
    expect(desk.current?.isGone).toBe(true);
  });

  it("keeps a draft over a reload", async () => {
    await claimed();
    desk.current?.write("à moitié écrit");
    desk.stop();
    desk = openDesk();
    await desk.start();
    await settle();
    await desk.open(ID);
    expect(desk.current?.draft).toBe("à moitié écrit");
  });
});

describe("the queue", () => {
  it("is announced when more people wait, not when the desk opens", async () => {
    await desk.signIn(GOOD);
    await settle();
    expect(queued).toEqual([]);
    gateway.change({ owner: "bot" });
    gateway.change({ owner: "queue" });
    expect(queued).toEqual([1]);
  });

  it("is in the rep's language, whatever the customer's", async () => {
    gateway.item = { ...gateway.item, language: "en" };
    await desk.signIn(GOOD);
    await desk.speak("en");
    await settle();
    expect(desk.me).toMatchObject({ ...ME, language: "en" });
    expect(desk.queue.waiting).toHaveLength(1);
  });
});
