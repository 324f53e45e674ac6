import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Announcer } from "../src/assistant-chat/announcer";
import { backoff } from "../src/assistant-chat/core/backoff";
import { PageMemory } from "../src/assistant-chat/core/memory";
import { Outbox } from "../src/assistant-chat/core/outbox";
import { readFrame, readMessage } from "../src/assistant-chat/core/protocol";
import { Transcript } from "../src/assistant-chat/core/transcript";
import { speech } from "../src/assistant-chat/speech";
import { dayOf } from "../src/assistant-chat/text/dates";
import { Texts } from "../src/assistant-chat/text/texts";
import { lengthOf } from "../src/assistant-chat/text/length";
import { DeskTexts } from "../src/desk/texts";
import { fold, matches } from "../src/help/search";

const message = (seq: number, more: object = {}) => {
  const read = readMessage({ seq, sender: "bot", text: `m${seq}`, lang: "fr", ...more });
  if (!read) throw new Error("unreadable");
  return read;
};

describe("waiting before another attempt", () => {
  it("grows, stays below its limit, and differs from client to client", () => {
    expect(backoff(1, () => 0)).toBe(200);
    expect(backoff(4, () => 0)).toBe(1600);
    expect(backoff(50, () => 1)).toBe(30_000);
    expect(backoff(3, () => 0.1)).not.toBe(backoff(3, () => 0.9));
  });
});

describe("the transcript", () => {
  it("keeps messages in order and each of them once", () => {
    const transcript = new Transcript();
    transcript.add([message(1), message(3)]);
    expect(transcript.add([message(3), message(2), message(2)]).map((each) => each.seq)).toEqual([2]);
    expect(transcript.messages.map((each) => each.seq)).toEqual([1, 2, 3]);
    expect(transcript.last).toBe(3);
  });
});

describe("the outbox", () => {
  it("comes back after a reload in the order of what was said", () => {
    const memory = new PageMemory();
    const outbox = new Outbox(memory);
    for (const text of ["un", "deux", "trois"]) outbox.add(text);
    outbox.update(outbox.entries[0]?.id ?? "", { state: "sending" });
    const again = new Outbox(memory);
    again.restore();
    again.restore();
    expect(again.entries.map((entry) => [entry.text, entry.state])).toEqual([
      ["un", "queued"],
      ["deux", "queued"],
      ["trois", "queued"],
    ]);
  });

  it("sends one at a time", () => {
    const outbox = new Outbox(new PageMemory());
    const [first, second] = [outbox.add("un"), outbox.add("deux")];
    expect(outbox.next()?.id).toBe(first.id);
    outbox.update(first.id, { state: "sending" });
    expect(outbox.next()).toBeUndefined();
    outbox.update(first.id, { state: "accepted" });
    expect(outbox.next()?.id).toBe(second.id);
  });

  it("keeps what found no connection before what was said after it, and tries it again then", () => {
    const outbox = new Outbox(new PageMemory());
    const [first, second] = [outbox.add("un"), outbox.add("deux")];
    outbox.update(first.id, { state: "failed", failure: "network" });
    expect(outbox.next()).toBeUndefined();
    outbox.add("trois");
    expect(outbox.next()?.id).toBe(first.id);
    outbox.update(first.id, { state: "failed", failure: "message_too_long" });
    expect(outbox.next()?.id).toBe(second.id);
  });

  it("ignores what it can't read", () => {
    const memory = new PageMemory();
    memory.set("out:x", "{broken");
    memory.set("out:y", '{"id": 3}');
    const outbox = new Outbox(memory);
    outbox.restore();
    expect(outbox.entries).toEqual([]);
  });
});

describe("what comes from outside", () => {
  it.each([null, 1, "x", {}, { seq: "1" }, { seq: 1, text: "a", sender: "root", lang: "fr" }, { seq: 1, text: "a", sender: "bot", lang: "de" }])(
    "is no message: %j",
    (value) => expect(readMessage(value)).toBeUndefined(),
  );

  it.each(["", "{", "[]", '"x"', '{"type":"other"}', '{"type":"message"}'])("is no frame: %j", (data) => {
    expect(readFrame(data)).toBeUndefined();
  });

  it("drops buttons and links that are not whole", () => {
    const read = message(1, { buttons: [{ token: "t", title: "T" }, { token: "t" }, 3], links: "x" });
    expect(read.buttons).toEqual([{ token: "t", title: "T" }]);
    expect(read.links).toEqual([]);
  });
});

describe("the announcer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("says each entry once, every piece in its own language, and clears up", () => {
    const region = document.createElement("div");
    const announcer = new Announcer();
    announcer.say({ text: "avant", lang: "fr" });
    announcer.attach(region);
    announcer.say({ text: "Assistant :", lang: "fr" }, { text: "Hello", lang: "en" });
    expect([...region.children].map((entry) => entry.textContent)).toEqual(["avant ", "Assistant : Hello "]);
    expect([...(region.lastElementChild?.children ?? [])].map((part) => (part as HTMLElement).lang)).toEqual(["fr", "en"]);
    vi.runAllTimers();
    expect(region.childElementCount).toBe(0);
  });
});

describe("what a screen reader is told", () => {
  it("is the words without markup, and how many replies are offered", () => {
    const spoken = speech(
      message(2, { text: "The **cost** is [here](/en/).", lang: "en", buttons: [{ token: "a", title: "A" }, { token: "b", title: "B" }] }),
      new Texts("fr"),
      "https://a.ca",
    );
    expect(spoken).toEqual([
      { text: "Assistant\u00a0:", lang: "fr" },
      { text: "The cost is here.", lang: "en" },
      { text: "2\u00a0réponses proposées.", lang: "fr" },
    ]);
  });
});

describe("the length of a message", () => {
  it("is counted as the gateway counts it", () => {
    expect(lengthOf("  é😀  ")).toBe(2);
  });
});

describe("the page's search", () => {
  it.each([
    ["Où est ma FACTURE électronique?", "facture electr", true],
    ["J’ai oublié mon mot de passe", "mot passe oublie", true],
    ["sœur", "soeur", true],
    ["manufacture", "facture", false],
    ["compte", "compte facture", false],
  ])("%s / %s", (text, query, isFound) => {
    expect(matches(fold(text), fold(query))).toBe(isFound);
  });
});

describe("days in words", () => {
  it("calls the first of a month 1er in French, and nothing else", () => {
    expect(dayOf("2027-03-01T12:00:00", "fr")).toBe("lundi 1er mars");
    expect(dayOf("2027-03-11T12:00:00", "fr")).toBe("jeudi 11 mars");
    expect(dayOf("2027-03-01T12:00:00", "en")).toBe("Monday, March 1");
    expect(new DeskTexts("fr").day("2027-03-01")).toBe("1er mars 2027");
    expect(new DeskTexts("en").day("2027-03-01")).toBe("Mar 1, 2027");
  });
});
