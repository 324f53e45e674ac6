import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { render } from "lit";
import type { ReactiveControllerHost } from "lit";
import { readCard } from "../src/assistant-chat/core/card";
import { Http, NetworkFailure, Refusal } from "../src/assistant-chat/core/http";
import type { SignIn } from "../src/assistant-chat/core/sign-in";
import { readFrame, readMessage } from "../src/assistant-chat/core/protocol";
import type { Message } from "../src/assistant-chat/core/protocol";
import { Receipts } from "../src/assistant-chat/receipts";
import { SignInForm, failureText } from "../src/assistant-chat/sign-in-form";
import { speech } from "../src/assistant-chat/speech";
import { Texts } from "../src/assistant-chat/text/texts";
import { cardView } from "../src/assistant-chat/views/card-view";
import { grouped } from "../src/assistant-chat/views/receipt-view";
import type { Ui } from "../src/assistant-chat/views/ui";
import type { Voice } from "../src/assistant-chat/voice";

const RECEIPT = {
  kind: "receipt",
  number: "482109375562",
  title: "Adresse de facturation changée",
  account: "123 456 782",
  done: "mardi 24 novembre 2026",
  effective: "lundi 1er mars 2027",
  lines: [
    { label: "Adresse", before: "12, rue Principale", after: "45, rue des Érables" },
    { label: "Référence", before: null, after: "A1" },
  ],
  undo: "Dites « annuler ».",
  sent_to: "m***@example.ca",
};
const host = { addController: () => undefined, requestUpdate: () => undefined } as unknown as ReactiveControllerHost;

class Heard {
  readonly said: string[] = [];
  readonly texts = new Texts("fr");
  say = (text: string): unknown => this.said.push(text);
  tell = (key: never): unknown => this.said.push(this.texts.get(key));
}

const message = (card: unknown, lang = "fr"): Message => {
  const read = readMessage({ seq: 2, sender: "bot", text: "Voici.", lang, card });
  if (!read) throw new Error("unreadable");
  return read;
};

/** What the customer sees of a message's card. */
function draw(card: unknown, lang = "fr", parts: object = {}): HTMLElement {
  const area = document.createElement("div");
  const voice = new Heard() as unknown as Voice;
  const ui = {
    texts: new Texts("fr"),
    site: "https://aide.example.ca",
    now: 0,
    actions: {},
    receipts: new Receipts(host, () => Promise.reject(new Error()), voice),
    signIn: new SignInForm(host, () => ({}) as SignIn, voice),
    conversation: { signIn: { cardState: () => "open" } },
    ...parts,
  } as unknown as Ui;
  render(cardView(ui, message(card, lang)), area);
  return area;
}

const words = (element: Element | null | undefined): string => element?.textContent.replace(/\s+/gu, " ").trim() ?? "";

describe("a card from outside", () => {
  it.each([undefined, null, 3, [], {}, { kind: "html" }, { ...RECEIPT, number: "../../x" }, { ...RECEIPT, title: 3 }])(
    "that we don't know is left out: %j",
    (card) => {
      expect(readCard(card)).toBeUndefined();
      expect(message(card).text).toBe("Voici.");
    },
  );

  it("keeps what it can show and no more", () => {
    const card = readCard({ ...RECEIPT, account: "", lines: [3, { label: "L", before: 4 }], html: "<b>" });
    expect(card).toMatchObject({ account: null, lines: [{ label: "L", before: null, after: null }] });
    expect(card).not.toHaveProperty("html");
  });

  it.each(['{"type":"notice","text":3}', '{"type":"notice","text":"x"}', '{"type":"session"}', '{"type":"session","signed_in":"yes"}'])(
    "is no frame: %j",
    (data) => expect(readFrame(data)).toBeUndefined(),
  );
});

describe("a receipt", () => {
  it("has its number in groups", () => {
    expect(grouped("482109375562")).toBe("4821\u00a00937\u00a05562");
    expect(grouped("12345")).toBe("1234\u00a05");
  });

  it("tells before and after in a table whose heads say of what", () => {
    const table = draw(RECEIPT).querySelector("table");
    expect([...(table?.querySelectorAll('th[scope="col"]') ?? [])].map(words)).toEqual(["Avant", "Après"]);
    expect([...(table?.querySelectorAll('th[scope="rowgroup"]') ?? [])].map(words)).toEqual(["Adresse", "Référence"]);
    expect([...(table?.querySelectorAll("td") ?? [])].map(words)).toEqual([
      "12, rue Principale",
      "45, rue des Érables",
      "–rien",
      "A1",
    ]);
    expect(words(table?.querySelector("caption"))).toBe("Ce qui a changé");
  });

  it("without anything before has one column of values", () => {
    const table = draw({ ...RECEIPT, lines: [{ label: "Montant", before: null, after: "52,30 $" }] }).querySelector("table");
    expect(words(table?.querySelector('th[scope="row"]'))).toBe("Montant");
    expect([...(table?.querySelectorAll("td") ?? [])].map(words)).toEqual(["52,30 $"]);
  });

  it("leaves out what there is not", () => {
    const area = draw({ ...RECEIPT, account: null, lines: [], undo: "", sent_to: null });
    expect(area.querySelector("table, .undo")).toBeNull();
    expect(words(area)).not.toMatch(/Compte|copie/u);
  });

  it("speaks its message's language, its buttons the customer's", () => {
    const area = draw(RECEIPT, "en");
    expect(area.querySelector(".receipt")?.getAttribute("lang")).toBe("en");
    expect(words(area.querySelector("dt"))).toBe("Receipt number");
    expect(area.querySelector(".download")?.getAttribute("lang")).toBe("fr");
    expect(words(area.querySelector(".download"))).toBe("Télécharger le PDF");
  });

  it("shows hostile words as words", () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const area = draw({ ...RECEIPT, title: hostile, undo: hostile, sent_to: hostile, lines: [{ label: hostile, before: hostile, after: hostile }] });
    expect(area.querySelector("img")).toBeNull();
    expect(words(area.querySelector("h3"))).toBe(hostile);
  });

  it("is told to screen readers by number and title, a form by what it is", () => {
    const said = (card: unknown): string[] => speech(message(card), new Texts("fr"), "https://a.ca").map((piece) => piece.text);
    expect(said(RECEIPT).at(-1)).toBe("Reçu 4821\u00a00937\u00a05562\u00a0: Adresse de facturation changée.");
    expect(said({ kind: "sign_in" }).at(-1)).toBe("Un formulaire de connexion est affiché.");
  });
});

describe("a receipt's PDF", () => {
  afterEach(() => void vi.restoreAllMocks());

  it("is saved under a name, once for two clicks", async () => {
    const voice = new Heard();
    const fetched = vi.fn(() => Promise.resolve(new Blob(["%PDF"])));
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    const receipts = new Receipts(host, fetched, voice as unknown as Voice);
    await Promise.all([receipts.download("1", "fr", "recu-1.pdf"), receipts.download("1", "fr", "recu-1.pdf")]);
    expect(fetched).toHaveBeenCalledExactlyOnceWith("1", "fr");
    expect(saved).toEqual(["recu-1.pdf"]);
    expect(receipts.stepOf("1")).toBe("idle");
    expect(voice.said).toEqual(["Téléchargement en cours…", "Le PDF est téléchargé."]);
  });

  it.each([
    [new NetworkFailure(), "failed", "Le PDF n’a pas pu être téléchargé."],
    [new Refusal(503, "receipt_unavailable"), "failed", "Le PDF n’a pas pu être téléchargé."],
    [new Refusal(403, "not_signed_in"), "signedOut", "Votre session est terminée."],
  ])("that can't be had says so and can be tried again: %s", async (error, step, said) => {
    const voice = new Heard();
    const receipts = new Receipts(host, () => Promise.reject(error), voice as unknown as Voice);
    await receipts.download("1", "fr", "recu-1.pdf");
    expect(receipts.stepOf("1")).toBe(step);
    expect(voice.said.at(-1)).toContain(said);
    const area = draw({ ...RECEIPT, number: "1" }, "fr", { receipts });
    expect(words(area.querySelector(".download button"))).toBe("Réessayer");
    const id = area.querySelector(".download button")?.getAttribute("aria-describedby");
    expect(words(area.querySelector(`#${id}`))).toContain(said);
  });
});

describe("the sign-in form", () => {
  let voice: Heard;
  let enter: ReturnType<typeof vi.fn<SignIn["enter"]>>;
  let form: SignInForm;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    voice = new Heard();
    enter = vi.fn(() => Promise.resolve());
    form = new SignInForm(host, () => ({ enter, isSignedIn: false }) as unknown as SignIn, voice as unknown as Voice);
  });
  afterEach(() => void vi.useRealTimers());

  const fill = (userId: string, password: string): HTMLFormElement => {
    const element = draw({ kind: "sign_in" }, "fr", { signIn: form }).querySelector("form") as HTMLFormElement;
    (element.elements.namedItem("username") as HTMLInputElement).value = userId;
    (element.elements.namedItem("password") as HTMLInputElement).value = password;
    return element;
  };
  const password = (element: HTMLFormElement): string => (element.elements.namedItem("password") as HTMLInputElement).value;

  it("lets password managers in", () => {
    const area = draw({ kind: "sign_in" });
    const [userId, secret] = [...area.querySelectorAll("input")];
    expect(userId?.getAttribute("autocomplete")).toBe("username");
    expect(secret?.getAttribute("autocomplete")).toBe("current-password");
    expect(secret?.getAttribute("type")).toBe("password");
    expect(area.querySelector('label[for="user-id"]')).not.toBeNull();
    expect(area.querySelector('label[for="password"]')).not.toBeNull();
  });

  it("empties the password as soon as it is sent", async () => {
    const element = fill(" marie ", "erable2026");
    const sent = form.submit(element);
    expect(password(element)).toBe("");
    await sent;
    expect(enter).toHaveBeenCalledExactlyOnceWith("marie", "erable2026");
    expect(voice.said).toEqual(["Connexion en cours…", "Connexion réussie."]);
  });

  it("is sent once however often it is submitted", async () => {
    const element = fill("marie", "erable2026");
    await Promise.all([form.submit(element), form.submit(element)]);
    expect(enter).toHaveBeenCalledOnce();
  });

  it.each([
    ["", "x", "username", "Entrez votre identifiant."],
    ["marie", "", "password", "Entrez votre mot de passe."],
  ])("says what is missing and goes there: %j %j", async (userId, secret, name, said) => {
    const field = await form.submit(fill(userId, secret));
    expect(field?.getAttribute("name")).toBe(name);
    expect(voice.said).toEqual([said]);
    expect(enter).not.toHaveBeenCalled();
    const input = draw({ kind: "sign_in" }, "fr", { signIn: form }).querySelector(`[name=${name}]`);
    expect(input?.getAttribute("aria-invalid")).toBe("true");
    expect(words(input?.closest(".entry")?.querySelector(`#${input.getAttribute("aria-describedby")}`))).toBe(said);
  });

  it.each([
    [new Refusal(403, "sign_in_failed", undefined, 2), "Il vous reste 2\u00a0essais."],
    [new Refusal(403, "sign_in_failed", undefined, 1), "Il vous reste 1\u00a0essai."],
    [new Refusal(403, "sign_in_failed"), "incorrect. Veuillez réessayer."],
    [new Refusal(503, "sign_in_unavailable"), "ne répond pas"],
    [new NetworkFailure(), "connexion Internet"],
  ])("says how it went, and goes back to the password: %s", async (error, said) => {
    enter.mockRejectedValueOnce(error);
    const element = fill("marie", "erable2026");
    expect((await form.submit(element))?.getAttribute("name")).toBe("password");
    expect(password(element)).toBe("");
    expect(voice.said.at(-1)).toContain(said);
    expect(form.isSending).toBe(false);
  });

  it("that is locked tells the minutes left, sends nothing, and opens again", async () => {
    enter.mockRejectedValueOnce(new Refusal(429, "sign_in_locked", 890));
    await form.submit(fill("marie", "x"));
    expect(voice.said.at(-1)).toContain("encore 15\u00a0minutes");
    vi.setSystemTime(840_000);
    if (!form.failure) throw new Error("not locked");
    expect(failureText(new Texts("en"), form.failure, Date.now())).toContain("1 more minute.");
    await form.submit(fill("marie", "x"));
    expect(enter).toHaveBeenCalledOnce();
    vi.setSystemTime(890_000);
    form.hostUpdate();
    await form.submit(fill("marie", "x"));
    expect(enter).toHaveBeenCalledTimes(2);
  });

  it("whose answer was lost although it let the customer in says nothing of a failure", async () => {
    const inside = { enter: () => Promise.reject(new NetworkFailure()), isSignedIn: true } as unknown as SignIn;
    form = new SignInForm(host, () => inside, voice as unknown as Voice);
    expect(await form.submit(fill("marie", "x"))).toBeUndefined();
    expect(voice.said).toEqual(["Connexion en cours…"]);
  });

  it.each([
    ["done", "Connexion réussie."],
    ["closed", "Ce formulaire de connexion n’est plus actif."],
  ])("that is %s is one line", (state, said) => {
    const area = draw({ kind: "sign_in" }, "fr", { conversation: { signIn: { cardState: () => state } } });
    expect(area.querySelector("form, input")).toBeNull();
    expect(words(area)).toBe(said);
  });
});

describe("a refusal", () => {
  it("tells how long to wait from its body when the page may not read the header", async () => {
    const body = JSON.stringify({ error: { code: "sign_in_locked", message: "", fields: { retry_after: 60 } } });
    const http = new Http("https://a.ca/api", () => Promise.resolve(new Response(body, { status: 429 })));
    await expect(http.json("POST", "x")).rejects.toMatchObject({ code: "sign_in_locked", retryAfter: 60 });
  });
});
