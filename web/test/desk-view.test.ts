import { render } from "lit";
import { beforeEach, describe, expect, it } from "vitest";
import type { App } from "../src/desk/app";
import type { Thread } from "../src/desk/core/thread";
import { readLine } from "../src/desk/core/types";
import type { Line } from "../src/desk/core/types";
import { readFrame } from "../src/desk/core/frames";
import { hrefOf, readRoute } from "../src/desk/routes";
import { shortcutOf } from "../src/desk/shortcuts";
import { DeskTexts, clock, parseAmount } from "../src/desk/texts";
import { lineView, noteView } from "../src/desk/views/line-view";
import { receiptTable } from "../src/desk/views/receipt-view";
import { maskedView, valueWords } from "../src/desk/views/hidden-view";
import { ID, ME, item } from "./desk-double";

const SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(1)">';
const texts = new DeskTexts("fr");
const app = { texts, desk: { me: ME }, site: "http://gateway.test", ask: () => undefined } as unknown as App;
const thread = { revealed: new Map<string, unknown>() } as unknown as Thread;
const line = (fields: object): Line =>
  readLine({ seq: 1, sender: "customer", text: "Bonjour", lang: "fr", created_at: "2026-11-23T15:00:00Z", ...fields }) as Line;

let page: HTMLElement;

const shown = (fields: object): HTMLElement => (render(lineView(app, thread, line(fields)), page), page);

beforeEach(() => {
  page = document.createElement("ol");
  thread.revealed.clear();
});

describe("text that anybody wrote", () => {
  it.each(["customer", "bot", "system", "rep"])("is never HTML in a message of the %s", (sender) => {
    shown({ sender, text: SCRIPT, author: SCRIPT });
    expect(page.querySelector("script, img")).toBeNull();
    expect(page.querySelector(".bubble")?.textContent?.trim()).toBe(SCRIPT);
  });

  it("is never HTML in a note, a name, a choice, a link, a code or what was understood", () => {
    const understood = { intent: "a", label: SCRIPT, confidence: 0.9, ranking: [] };
    shown({ buttons: [SCRIPT], links: [{ title: SCRIPT, url: "https://a.ca/" }], failure: SCRIPT, handoff: SCRIPT, understood });
    expect(page.querySelector("script, img")).toBeNull();
    render(noteView(app, { id: 1, rep: { ...ME, name: SCRIPT }, text: SCRIPT, created_at: SCRIPT }), page);
    expect(page.querySelector("script, img")).toBeNull();
    expect(page.textContent).toContain(SCRIPT);
  });

  it("is never HTML in a receipt", () => {
    const lines = [{ label: SCRIPT, before: SCRIPT, after: SCRIPT }];
    render(receiptTable({ account: SCRIPT, effective: SCRIPT, lines }, "fr"), page);
    expect(page.querySelector("script, img")).toBeNull();
    expect(page.querySelectorAll("td, th[scope=row]")).toHaveLength(7);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "//evil.test"])("never leads to %s", (url) => {
    shown({ sender: "bot", text: `[a](${url})`, links: [{ title: "b", url }] });
    expect(page.querySelector("a")).toBeNull();
  });
});

describe("a line", () => {
  it("keeps its own language, the rest is in the rep's", () => {
    shown({ lang: "en", text: "Hello" });
    expect(page.querySelector(".bubble")?.getAttribute("lang")).toBe("en");
    expect(page.querySelector(".who")?.textContent).toContain("Client");
    expect(page.querySelector(".who")?.getAttribute("lang")).toBeNull();
  });

  it("tells what was understood, how sure, and what else it could have been", () => {
    const ranking = [
      { intent: "op_pay", label: "Payer", confidence: 0.41 },
      { intent: "faq_cost", label: "Combien", confidence: 0.3 },
    ];
    shown({ understood: { ...ranking[0], ranking } });
    expect(page.querySelector("summary")?.textContent).toContain("Payer, 41");
    expect(page.querySelector(".unsure")).not.toBeNull();
    expect(page.querySelectorAll("details li")).toHaveLength(2);
  });

  it("offers to show a masked value, shows it once it was asked for, and never offers a card number", () => {
    const hidden = [
      { id: "message:1:text:0", kind: "email", field: "text", start: 0, end: 9 },
      { id: "message:1:text:1", kind: "card", field: "text", start: 10, end: 19 },
    ];
    shown({ text: "[courriel] [carte]", hidden });
    expect(page.querySelectorAll("button")).toHaveLength(1);
    thread.revealed.set("message:1:text:0", "a@b.ca");
    shown({ text: "[courriel] [carte]", hidden });
    expect(page.querySelector("bdi")?.textContent).toBe("a@b.ca");
    expect(page.querySelector("button")).toBeNull();
  });
});

describe("a masked value", () => {
  const address = { address: { line1: "45, rue X", city: "Québec", province: "QC", postal_code: "G1R 2B5" } };
  const whole = [{ id: "draft:a:address:all", kind: "address", field: "address" }];

  it("of a receipt stands in its own cell, with a way to it", () => {
    const card = { kind: "receipt", number: "100000000001", title: "Adresse", account: null, done: "", effective: "", undo: "" };
    const lines = [{ label: "Adresse", before: "[adresse masquée]", after: "[adresse masquée]" }];
    const hidden = ["before", "after"].map((side) => ({ id: `message:1:card.lines.0.${side}:0`, kind: "address", field: `card.lines.0.${side}` }));
    shown({ sender: "bot", card: { ...card, lines }, hidden });
    expect(page.querySelectorAll("td button")).toHaveLength(2);
    thread.revealed.set(hidden[1]?.id ?? "", "45, rue X");
    shown({ sender: "bot", card: { ...card, lines }, hidden });
    expect([...page.querySelectorAll("td")].map((cell) => cell.querySelector("bdi")?.textContent)).toEqual([undefined, "45, rue X"]);
  });

  it("of an operation takes the label's place once it was asked for", () => {
    render(maskedView(app, thread, "[adresse masquée]", whole), page);
    expect(page.textContent).toContain("[adresse masquée]");
    expect(page.querySelectorAll("button")).toHaveLength(1);
    thread.revealed.set("draft:a:address:all", address);
    render(maskedView(app, thread, "[adresse masquée]", whole), page);
    expect(page.textContent?.trim()).toBe("45, rue X, Québec QC G1R\u00a02B5");
    expect(page.querySelector("button")).toBeNull();
  });
});

describe("a value that the bot keeps", () => {
  it.each([
    ["2027-03-01", "1er mars 2027"],
    [{ date: "2027-03-01" }, "1er mars 2027"],
    [{ cents: 5230 }, "52,30\u00a0$"],
    [{ address: { line1: "45, rue X", city: "Québec", province: "QC", postal_code: "G1R 2B5" } }, "45, rue X, Québec QC G1R\u00a02B5"],
    [{ address: { city: "Québec" } }, "Québec"],
    [{ email: "a@example.ca" }, "a@example.ca"],
    [{ account: "400100041" }, "400100041"],
    [{ key: "phrase_plan_name", values: { name: { fr: "Monde", en: "World" } }, code: "world" }, "Monde"],
    [{ key: "phrase_method_bank", values: {}, code: "bank" }, "À la banque"],
    ["bank", "bank"],
    [true, "Oui"],
    [{}, ""],
  ])("%j is said in words", (value, words) => {
    expect(valueWords(texts, value)).toBe(words);
  });
});

describe("an amount as typed", () => {
  it.each([["52,30", 5230], ["1 200,5 $", 120050], ["$12", 1200], ["0", undefined], ["-5", undefined], ["1,234,5", undefined], ["", undefined]])(
    "%s is %s cents",
    (text, cents) => expect(parseAmount(text)).toBe(cents),
  );
});

describe("the address", () => {
  it("names a conversation or a page, and anything else is the queue", () => {
    expect(readRoute(`#/c/${ID}`)).toEqual({ page: "queue", conversation: ID });
    expect(readRoute("#/figures")).toEqual({ page: "figures" });
    for (const hash of ["", "#/c/<script>", "#/nowhere", "#x"]) expect(readRoute(hash).page).toBe("queue");
    expect(hrefOf(readRoute(`#/c/${ID}`))).toBe(`#/c/${ID}`);
  });
});

describe("a shortcut", () => {
  const press = (init: KeyboardEventInit): string | undefined => shortcutOf(new KeyboardEvent("keydown", init));

  it("needs Alt alone, and goes by the key's place where Alt makes another letter", () => {
    expect(press({ key: "n", code: "KeyN", altKey: true })).toBe("next");
    expect(press({ key: "˜", code: "KeyN", altKey: true })).toBe("next");
    expect(press({ key: "ArrowDown", code: "ArrowDown", altKey: true })).toBe("following");
    expect(press({ key: "n", code: "KeyN" })).toBeUndefined();
    expect(press({ key: "n", code: "KeyN", altKey: true, ctrlKey: true })).toBeUndefined();
  });
});

describe("a wait", () => {
  it("is told in minutes and seconds, and in hours after one", () => {
    expect([clock(5), clock(185.9), clock(3720)]).toEqual(["0:05", "3:05", "1:02:00"]);
  });
});

describe("a frame", () => {
  it.each(["", "null", "[]", '{"type":"message","conversation":"a","message":{"text":1}}', '{"type":"queue"}', '{"type":"new"}'])(
    "that can't be read is passed over: %s",
    (data) => expect(readFrame(data)).toBeUndefined(),
  );

  it("that can be read is", () => {
    expect(readFrame(JSON.stringify({ type: "changed", conversation: ID, item: item() }))).toMatchObject({ type: "changed" });
  });
});
