import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PageMemory } from "../src/assistant-chat/core/memory";
import { FakeGateway } from "./doubles";
import { Tab, settle } from "./tab";

let gateway: FakeGateway;
let memory: PageMemory;
let session: PageMemory;
let tabs: Tab[];

const openTab = (): Tab => {
  const tab = new Tab(gateway, memory, session);
  tabs.push(tab);
  return tab;
};

/** The page goes away without a word, and comes back. */
const reload = async (): Promise<Tab> => {
  tabs.at(-1)?.conversation.stop();
  return openTab().start();
};

beforeEach(() => {
  vi.useFakeTimers();
  gateway = new FakeGateway();
  memory = new PageMemory();
  session = new PageMemory();
  tabs = [];
});

afterEach(() => {
  for (const tab of tabs) tab.conversation.stop();
  vi.useRealTimers();
});

describe("a conversation", () => {
  it("begins with the greeting and brings the answer to a question", async () => {
    const tab = await openTab().start();
    tab.conversation.say("combien");
    await settle();
    expect(tab.texts).toEqual(["Bonjour!", "combien", "echo: combien"]);
    expect(tab.conversation.outbox.entries).toEqual([]);
    expect(memory.keys("out:")).toEqual([]);
    expect(tab.conversation.isAwaiting).toBe(false);
  });

  it("goes on after a reload, and the history has not just arrived", async () => {
    const tab = await openTab().start();
    tab.conversation.say("combien");
    await settle();
    const again = await reload();
    expect(again.texts).toEqual(["Bonjour!", "combien", "echo: combien"]);
    expect(again.arrived).toEqual([]);
    expect(gateway.begun).toBe(1);
  });

  it("tells after a reload what came while the page was away", async () => {
    await openTab().start();
    tabs[0]?.conversation.stop();
    gateway.add({ sender: "rep", text: "une réponse" });
    const again = await openTab().start();
    expect(again.arrived).toEqual(["une réponse"]);
  });

  it("is the same in two tabs that begin at once", async () => {
    const [one, two] = [openTab(), openTab()];
    await Promise.all([one.start(), two.start()]);
    await two.conversation.followOtherTab();
    await settle();
    expect(one.conversation.messages.length).toBe(1);
    expect(two.conversation.messages.length).toBe(1);
  });
});

describe("a cut connection", () => {
  it("neither loses nor doubles what was said and answered meanwhile", async () => {
    const tab = await openTab().start();
    gateway.cut();
    tab.conversation.say("un");
    tab.conversation.say("deux");
    await settle(2_000);
    expect(tab.conversation.pending.map((entry) => entry.text)).toEqual(["un", "deux"]);
    gateway.mend();
    gateway.add({ sender: "rep", text: "entre-temps" });
    await settle(60_000);
    expect(tab.texts).toEqual(["Bonjour!", "entre-temps", "un", "echo: un", "deux", "echo: deux"]);
    expect(tab.arrived.filter((text) => text === "entre-temps")).toHaveLength(1);
    expect(gateway.said).toEqual(["un", "deux"]);
  });

  it("says it once when only the reply was lost", async () => {
    const tab = await openTab().start();
    gateway.isLive = false;
    gateway.losesReplies = 2;
    tab.conversation.say("une fois");
    await settle(20_000);
    expect(gateway.said).toEqual(["une fois"]);
    expect(tab.texts).toEqual(["Bonjour!", "une fois", "echo: une fois"]);
    expect(tab.conversation.pending).toEqual([]);
  });

  it("is told once when it goes and once when it is back", async () => {
    const tab = await openTab().start();
    gateway.cut();
    await settle(30_000);
    expect(tab.told).toEqual(["offline"]);
    gateway.mend();
    await settle(60_000);
    expect(tab.told).toEqual(["offline", "online"]);
    expect(tab.conversation.link).toBe("live");
  });

  it("does not lose what was said before a reload", async () => {
    const tab = await openTab().start();
    gateway.cut();
    tab.conversation.say("pas perdu");
    await settle();
    tab.conversation.stop();
    gateway.mend();
    const again = await openTab().start();
    await settle();
    expect(again.texts).toEqual(["Bonjour!", "pas perdu", "echo: pas perdu"]);
    expect(gateway.said).toEqual(["pas perdu"]);
  });

  it("does not announce the whole history when the first page load was offline", async () => {
    await openTab().start();
    gateway.cut();
    tabs[0]?.conversation.stop();
    session.remove("heard");
    const again = await openTab().start();
    gateway.mend();
    await settle(60_000);
    expect(again.texts).toEqual(["Bonjour!"]);
    expect(again.arrived).toEqual([]);
  });

  it("replaces a socket that has gone deaf", async () => {
    const tab = await openTab().start();
    const before = [...gateway.sockets][0];
    gateway.isLive = false;
    tab.conversation.say("es-tu là");
    await settle(3_000);
    expect(tab.texts).toContain("echo: es-tu là");
    expect([...gateway.sockets][0]).not.toBe(before);
  });

  it("reads over HTTP while there is no WebSocket at all", async () => {
    const tab = openTab();
    vi.spyOn(gateway, "greet").mockImplementation((socket) => socket.drop());
    await tab.start();
    await settle(10_000);
    gateway.add({ sender: "rep", text: "par HTTP" });
    await settle(10_000);
    expect(tab.conversation.link).toBe("polling");
    expect(tab.texts).toContain("par HTTP");
  });
});

describe("a refusal", () => {
  it("begins a new conversation when the old one is gone, says so, and asks again", async () => {
    const tab = await openTab().start();
    gateway.begun += 1; // The token the tab has opens nothing any more.
    tab.conversation.say("toujours là?");
    await settle(5_000);
    expect(tab.told).toContain("expired");
    expect(tab.texts).toEqual(["Bonjour!", "toujours là?", "echo: toujours là?"]);
  });

  it("waits as long as it is told to, then sends", async () => {
    const tab = await openTab().start();
    gateway.refusals = [{ status: 429, code: "too_many_messages", retryAfter: 12 }];
    tab.conversation.say("vite");
    await settle(1_000);
    expect(tab.told).toEqual(["rate"]);
    expect(gateway.said).toEqual([]);
    await settle(12_000);
    expect(gateway.said).toEqual(["vite"]);
    expect(tab.conversation.notices).toEqual([]);
  });

  it("of the message itself is left to the customer and does not block the next one", async () => {
    const tab = await openTab().start();
    gateway.refusals = [{ status: 422, code: "message_too_long" }];
    tab.conversation.say("trop long");
    tab.conversation.say("court");
    await settle();
    expect(tab.conversation.pending).toMatchObject([{ text: "trop long", state: "failed", failure: "message_too_long" }]);
    expect(gateway.said).toEqual(["court"]);
    tab.conversation.discard(tab.conversation.pending[0]?.id ?? "");
    expect(memory.keys("out:")).toEqual([]);
  });

  it("by a broken gateway is tried again, then offered to the customer to retry under the same id", async () => {
    const tab = await openTab().start();
    gateway.refusals = Array.from({ length: 4 }, () => ({ status: 500, code: "internal_error" }));
    tab.conversation.say("encore");
    await settle(30_000);
    const failed = tab.conversation.pending[0];
    expect(failed).toMatchObject({ state: "failed", failure: "internal_error" });
    tab.conversation.retry(failed?.id ?? "");
    await settle();
    expect(gateway.said).toEqual(["encore"]);
    expect(gateway.messages[1]?.client_message_id).toBe(failed?.id);
  });
});

describe("the language", () => {
  it("changes at once and is told to the gateway, which keeps the conversation", async () => {
    const tab = await openTab().start();
    await tab.conversation.speak("en");
    expect(tab.conversation.language).toBe("en");
    expect(gateway.language).toBe("en");
    expect(tab.texts).toEqual(["Bonjour!"]);
  });

  it("chosen while offline is told when the connection is back", async () => {
    const tab = await openTab().start();
    gateway.cut();
    await tab.conversation.speak("en");
    await settle(1_000);
    gateway.mend();
    await settle(60_000);
    expect(gateway.language).toBe("en");
    expect(tab.conversation.language).toBe("en");
  });
});
