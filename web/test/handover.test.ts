import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PageMemory } from "../src/assistant-chat/core/memory";
import { FakeGateway } from "./doubles";
import { Tab, settle } from "./tab";

const BACK = { token: "back", title: "Revenir" };
const WISH = { id: "w1", reachBy: "telephone", reachAt: "418 555-0134", message: "Ma facture" } as const;

let gateway: FakeGateway;
let tab: Tab;

const owner = (owner: string, rep: string | null = null, place: number | null = null): void =>
  gateway.tell({ type: "owner", owner, rep, place });

const queue = async (place: number): Promise<void> => {
  gateway.add({ sender: "system", text: "Votre place", key: "queued", buttons: [BACK] });
  owner("queue", null, place);
  await settle();
};

beforeEach(async () => {
  vi.useFakeTimers();
  gateway = new FakeGateway();
  tab = await new Tab(gateway, new PageMemory(), new PageMemory()).start();
});

afterEach(() => {
  tab.conversation.stop();
  vi.useRealTimers();
});

describe("a customer who waits", () => {
  it("sees the place in the queue, and hears when it changes", async () => {
    await queue(3);
    owner("queue", null, 2);
    owner("queue", null, 2);
    await settle();
    expect(tab.conversation.handover.answering).toEqual({ owner: "queue", rep: null, place: 2 });
    expect(tab.moved).toEqual([2]);
  });

  it("can go back to the assistant also after writing", async () => {
    await queue(1);
    tab.conversation.say("Encore une chose");
    await settle();
    expect(tab.conversation.handover.wayBack).toEqual(BACK);
    owner("bot");
    await settle();
    expect(tab.conversation.handover.wayBack).toBeUndefined();
  });

  it("learns who answers now after a cut", async () => {
    await queue(1);
    gateway.cut();
    gateway.answering = { owner: "rep", rep: "Julie", place: null };
    gateway.mend();
    await settle(60_000);
    expect(tab.conversation.handover.answering).toEqual(gateway.answering);
  });
});

describe("typing", () => {
  it("is told to people only, again while it lasts, and when it is over", async () => {
    tab.conversation.handover.typed("a");
    expect(gateway.frames).toEqual([]);
    owner("rep", "Julie");
    await settle();
    for (let letters = 1; letters <= 4; letters += 1) {
      tab.conversation.handover.typed("a".repeat(letters));
      await settle(1_000);
    }
    await settle(5_000);
    expect(gateway.frames.map((frame) => frame["on"])).toEqual([true, true, false]);
  });

  it("is over when the words are sent", async () => {
    owner("rep", "Julie");
    await settle();
    tab.conversation.handover.typed("a");
    tab.conversation.handover.typed("");
    expect(gateway.frames.map((frame) => frame["on"])).toEqual([true, false]);
  });
});

describe("a form to be called back", () => {
  const card = { kind: "callback" };

  it("is open until a message was left, in every tab", async () => {
    const asking = gateway.add({ sender: "system", text: "Laissez un message", card });
    await settle();
    const shown = tab.conversation.messages.find((message) => message.seq === asking.seq);
    expect(tab.conversation.handover.isCallbackOpen(shown!)).toBe(true);
    await Promise.all([tab.conversation.handover.callBack(WISH), settle(2_000)]);
    expect(tab.conversation.handover.isCallbackOpen(shown!)).toBe(false);
    expect(gateway.callbacks).toEqual([
      { client_message_id: "w1", reach_by: "telephone", reach_at: "418 555-0134", message: "Ma facture" },
    ]);
    expect(tab.texts.at(-1)).toContain("12345678");
  });

  it("is replaced by a newer one", async () => {
    for (let times = 0; times < 2; times += 1) gateway.add({ sender: "system", text: "Laissez un message", card });
    await settle();
    const cards = tab.conversation.messages.filter((message) => message.card);
    expect(cards.map((message) => tab.conversation.handover.isCallbackOpen(message))).toEqual([false, true]);
  });
});
