import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../src/assistant-chat/core/http";
import { PageMemory } from "../src/assistant-chat/core/memory";
import type { CardState } from "../src/assistant-chat/core/sign-in";
import { FakeGateway, PASSWORD } from "./doubles";
import { Tab, settle } from "./tab";

let gateway: FakeGateway;
let memory: PageMemory;
let session: PageMemory;
let tabs: Tab[];

const openTab = (): Promise<Tab> => {
  const tab = new Tab(gateway, memory, session);
  tabs.push(tab);
  return tab.start();
};

/** The states of the sign-in cards, in order. */
const cards = ({ conversation }: Tab): CardState[] =>
  conversation.messages.filter((message) => message.card).map((message) => conversation.signIn.cardState(message));

const ask = async (): Promise<void> => {
  gateway.add({ sender: "bot", text: "Connectez-vous.", card: { kind: "sign_in" } });
  await settle();
};

const enter = async (tab: Tab, password = PASSWORD): Promise<unknown> => {
  const entered = tab.conversation.signIn.enter("marie", password).catch((error: unknown) => error);
  await settle(2_000);
  return entered;
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

describe("a sign-in card", () => {
  it("is open while it is the newest, and closed when another comes", async () => {
    const tab = await openTab();
    await ask();
    expect(cards(tab)).toEqual(["open"]);
    await ask();
    expect(cards(tab)).toEqual(["closed", "open"]);
  });

  it("is done once the customer is in, and the conversation goes on", async () => {
    const tab = await openTab();
    await ask();
    await enter(tab);
    expect(cards(tab)).toEqual(["done"]);
    expect(tab.conversation.signIn.isSignedIn).toBe(true);
    expect(tab.texts.at(-1)).toBe("Merci, Marie.");
  });

  it("stays open after a wrong password, telling how many tries are left", async () => {
    const tab = await openTab();
    await ask();
    const failure = await enter(tab, "wrong");
    expect(failure).toMatchObject({ code: "sign_in_failed", attemptsLeft: 2 } satisfies Partial<Refusal>);
    expect(cards(tab)).toEqual(["open"]);
  });

  it("says for how long it is locked", async () => {
    const tab = await openTab();
    gateway.refusals = [{ status: 429, code: "sign_in_locked", retryAfter: 890 }];
    expect(await enter(tab)).toMatchObject({ code: "sign_in_locked", retryAfter: 890 });
  });

  it("is still done after a reload, and closed once the customer has left", async () => {
    const tab = await openTab();
    await ask();
    await enter(tab);
    tab.conversation.stop();
    const again = await openTab();
    expect(cards(again)).toEqual(["done"]);
    await Promise.all([again.conversation.signIn.leave(), settle(2_000)]);
    expect(cards(again)).toEqual(["closed"]);
    expect(again.conversation.signIn.isSignedIn).toBe(false);
    expect(again.texts.at(-1)).toBe("Au revoir!");
  });

  it("is done when the answer was lost on its way, as the gateway says so", async () => {
    const tab = await openTab();
    await ask();
    gateway.losesReplies = 1;
    expect(await enter(tab)).toBeInstanceOf(Error);
    expect(cards(tab)).toEqual(["done"]);
  });

  it("is done in every tab", async () => {
    const [one, two] = [await openTab(), await openTab()];
    await ask();
    await enter(one);
    expect(cards(two)).toEqual(["done"]);
    expect(two.conversation.signIn.isSignedIn).toBe(true);
  });

  it("that comes when the session has ended is open", async () => {
    const tab = await openTab();
    await ask();
    await enter(tab);
    await ask();
    gateway.session(false);
    await settle();
    expect(cards(tab)).toEqual(["closed", "open"]);
  });
});

describe("what is offered before signing in", () => {
  it("is past afterwards, what comes with the answer is not", async () => {
    const tab = await openTab();
    await ask();
    const before = gateway.messages.length;
    await enter(tab);
    expect(tab.conversation.signIn.isPast(before)).toBe(true);
    expect(tab.conversation.signIn.isPast(before + 1)).toBe(false);
  });
});

describe("the password", () => {
  it.each([PASSWORD, "wrong-password"])("is remembered nowhere, right or wrong: %s", async (password) => {
    const tab = await openTab();
    await ask();
    await enter(tab, password);
    const kept = [memory, session].flatMap((each) => each.keys("").map((key) => each.get(key)));
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify([kept, tab.conversation.messages, tab.conversation.outbox.entries])).not.toContain(password);
    expect(JSON.stringify(kept)).not.toContain("marie");
  });
});

describe("a new conversation", () => {
  it("leaves nobody signed in to the old one", async () => {
    const tab = await openTab();
    await ask();
    await enter(tab);
    void tab.conversation.restart();
    await settle(2_000);
    expect(gateway.isSignedIn).toBe(false);
    expect(tab.conversation.signIn.isSignedIn).toBe(false);
  });
});

describe("a receipt", () => {
  it("is fetched in its own language by whoever is signed in", async () => {
    const tab = await openTab();
    await ask();
    await enter(tab);
    const file = await tab.conversation.receiptPdf("482109375562", "en");
    expect(await file.text()).toBe("%PDF en");
  });

  it("is refused to others", async () => {
    const tab = await openTab();
    await expect(tab.conversation.receiptPdf("482109375562", "fr")).rejects.toMatchObject({ code: "not_signed_in" });
  });
});

describe("an answer that takes its time", () => {
  it("is spoken of until it comes", async () => {
    const tab = await openTab();
    gateway.tell({ type: "notice", text: "Un moment…", lang: "fr" });
    await settle();
    expect(tab.conversation.waiting).toMatchObject({ text: "Un moment…", lang: "fr" });
    expect(tab.waited).toEqual(["Un moment…"]);
    gateway.add({ sender: "bot", text: "Voilà." });
    await settle();
    expect(tab.conversation.waiting).toBeUndefined();
  });

  it("is not spoken of any more when nobody is writing", async () => {
    const tab = await openTab();
    gateway.tell({ type: "notice", text: "Un moment…", lang: "fr" });
    gateway.tell({ type: "typing", on: false });
    await settle();
    expect(tab.conversation.waiting).toBeUndefined();
  });
});

describe("a quick reply", () => {
  it("pressed twice is said once", async () => {
    const tab = await openTab();
    tab.conversation.press("token", "Oui");
    tab.conversation.press("token", "Oui");
    await settle(2_000);
    expect(gateway.said).toEqual(["button token"]);
  });
});
