import { html, render } from "lit";
import type { LitElement } from "lit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { App } from "../src/desk/app";
import { DeskApi } from "../src/desk/core/api";
import type { Delivery } from "../src/desk/core/records";
import { DeskTexts } from "../src/desk/texts";
import { headerView } from "../src/desk/views/shell-view";
import "../src/desk/webhooks";
import { ID, ME } from "./desk-double";

const SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(1)">';

let stored: Delivery[];
let asked: string[];
let isRefusing: boolean;
let said: string[];
let told: string[];
let area: HTMLElement;
let deliveriesTold: number;

function delivery(number: number, changes: Partial<Delivery> = {}): Delivery {
  const at = `2026-11-23T15:${String(number % 60).padStart(2, "0")}:00+00:00`;
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const ended = { state: "failed", tries: 8, status: 500, error: null, ended_at: at } as const;
  return { id, endpoint: "crm", event: "ticket.created", conversation: ID, created_at: at, due_at: at, ...ended, ...changes };
}

const answer = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });

const gateway: typeof fetch = async (input, init) => {
  await Promise.resolve();
  const url = new URL(String(input));
  asked.push(`${init?.method} ${url.pathname}${url.search}`);
  if (isRefusing) return answer({ error: { code: "delivery_not_found", message: "Cet envoi n’existe plus.", fields: {} } }, 404);
  if (init?.method === "POST") {
    const id = url.pathname.split("/").at(-2);
    return answer({ delivery: { ...stored.find((one) => one.id === id), state: "waiting", tries: 0, ended_at: null } });
  }
  const state = url.searchParams.get("state");
  const found = stored.filter((one) => !state || one.state === state);
  const [limit, before] = [Number(url.searchParams.get("limit")), Number(url.searchParams.get("before") ?? 0)];
  const older = before + limit < found.length ? String(before + limit) : null;
  return answer({ endpoints: [{ name: "crm" }, { name: "archive" }], deliveries: found.slice(before, before + limit), older });
};

function appFor({ role = "lead", language = "fr" }: { role?: string; language?: "fr" | "en" } = {}): App {
  const api = new DeskApi("http://gateway.test/api/desk/", () => undefined, gateway);
  return {
    texts: new DeskTexts(language),
    desk: { api, me: { ...ME, role }, isLead: role !== "rep", queue: { waiting: [], tickets: 0 }, deliveriesTold },
    route: { page: "webhooks" },
    voice: { say: (text: string) => said.push(text) },
    tell: (notice: { kind: string; text: string }) => told.push(`${notice.kind}: ${notice.text}`),
    explain: (error: { words?: string }) => error.words ?? "",
  } as unknown as App;
}

async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, 5));
  await area.querySelector<LitElement>("desk-webhooks")?.updateComplete;
}

async function show(app = appFor()): Promise<void> {
  render(html`<desk-webhooks .app=${app} .tick=${1}></desk-webhooks>`, area);
  await settle();
}

const rows = (): HTMLElement[] => [...area.querySelectorAll<HTMLElement>("tbody tr")];
const cells = (row: HTMLElement | undefined): string[] => [...(row?.querySelectorAll("td") ?? [])].map((cell) => cell.textContent?.replace(/\s+/gu, " ").trim() ?? "");
const button = (words: string): HTMLButtonElement | undefined =>
  [...area.querySelectorAll("button")].find((one) => one.textContent?.trim().startsWith(words));
const replays = (): string[] => asked.filter((line) => line.startsWith("POST"));

beforeEach(() => {
  [stored, asked, said, told, isRefusing, deliveriesTold] = [[delivery(1)], [], [], [], false, 0];
  area = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(html``, area);
  area.remove();
});

describe("the deliveries", () => {
  it("are told with event, endpoint, state, tries, last answer and times", async () => {
    stored = [delivery(2), delivery(1, { state: "waiting", tries: 1, status: null, error: "timeout", ended_at: null })];
    await show();
    const [failed, waiting] = rows().map(cells);
    expect(failed?.slice(0, 5)).toEqual(["Billet créé", "crm", "Abandonné", "8", "HTTP 500"]);
    expect(failed?.[5]).toMatch(/^Créé : .+Terminé : /u);
    expect(waiting?.slice(0, 5)).toEqual(["Billet créé", "crm", "En attente", "1", "Délai dépassé"]);
    expect(waiting?.[5]).toMatch(/^Créé : .+Prévu : /u);
  });

  it("are told in English to who reads English", async () => {
    await show(appFor({ language: "en" }));
    expect(area.querySelector("h1")?.textContent).toBe("Deliveries");
    expect(cells(rows()[0]).slice(0, 3)).toEqual(["Ticket created", "crm", "Given up"]);
  });

  it("are never HTML, and keep the names that nobody translated", async () => {
    stored = [delivery(1, { endpoint: SCRIPT, event: SCRIPT, error: SCRIPT })];
    await show();
    expect(area.querySelector("script, img")).toBeNull();
    expect(cells(rows()[0])[4]).toBe(SCRIPT);
  });

  it("say so when there are none", async () => {
    stored = [];
    await show();
    expect(area.querySelector("table")).toBeNull();
    expect(area.textContent).toContain("Aucun envoi.");
  });

  it("are read by state", async () => {
    stored = [delivery(2), delivery(1, { state: "delivered" })];
    await show();
    const select = area.querySelector("select") as HTMLSelectElement;
    select.value = "delivered";
    select.dispatchEvent(new Event("change"));
    await settle();
    expect(asked.at(-1)).toBe("GET /api/desk/webhooks?state=delivered&limit=50");
    expect(rows().map((row) => cells(row)[2])).toEqual(["Livré"]);
  });

  it("go on to the older ones, each once, until there are no more", async () => {
    stored = Array.from({ length: 60 }, (_, index) => delivery(60 - index));
    await show();
    expect(rows()).toHaveLength(50);
    button("Afficher la suite")?.click();
    await settle();
    expect(asked.at(-1)).toBe("GET /api/desk/webhooks?limit=50&before=50");
    expect(rows()).toHaveLength(60);
    expect(button("Afficher la suite")).toBeUndefined();
  });

  it("are read by endpoint", async () => {
    await show();
    const select = area.querySelector("#endpoint") as HTMLSelectElement;
    expect([...select.options].map(({ value }) => value)).toEqual(["", "archive", "crm"]);
    select.value = "archive";
    select.dispatchEvent(new Event("change"));
    await settle();
    expect(asked.at(-1)).toBe("GET /api/desk/webhooks?endpoint=archive&limit=50");
  });

  it("are read again when the gateway tells of a change, all that are shown, and the button keeps the focus", async () => {
    stored = Array.from({ length: 60 }, (_, index) => delivery(60 - index));
    await show();
    button("Afficher la suite")?.click();
    await settle();
    rows()[3]?.querySelector("button")?.focus();
    const focused = document.activeElement;
    stored = [delivery(61, { state: "delivered" }), ...stored.map((one, place) => (place === 1 ? { ...one, state: "delivered" as const } : one))];
    deliveriesTold = 1;
    await show();
    expect(asked.at(-1)).toBe("GET /api/desk/webhooks?limit=60");
    expect(rows()).toHaveLength(60);
    expect(rows().slice(0, 3).map((row) => cells(row)[2])).toEqual(["Livré", "Abandonné", "Livré"]);
    expect(document.activeElement).toBe(focused);
    expect(button("Afficher la suite")).not.toBeUndefined();
  });

  it("are read one time after another, however often the gateway tells", async () => {
    await show();
    const before = asked.length;
    for (deliveriesTold = 1; deliveriesTold < 6; deliveriesTold += 1) {
      render(html`<desk-webhooks .app=${appFor()} .tick=${deliveriesTold + 1}></desk-webhooks>`, area);
      await area.querySelector<LitElement>("desk-webhooks")?.updateComplete;
    }
    await settle();
    expect(asked.length - before).toBeLessThan(4);
  });

  it("tell whoever had one repeated how it ended", async () => {
    await show();
    button("Renvoyer")?.click();
    await settle();
    stored = [delivery(1, { state: "delivered", status: 200 })];
    deliveriesTold = 1;
    await show();
    expect(said.at(-1)).toBe("Billet créé, crm\u00a0: Livré");
  });
});

describe("repeating a delivery", () => {
  it("is asked once on a double click, is announced, and then the delivery waits", async () => {
    await show();
    button("Renvoyer")?.click();
    button("Renvoyer")?.click();
    await area.querySelector<LitElement>("desk-webhooks")?.updateComplete;
    expect(said).toEqual(["Renvoi en cours…"]);
    await settle();
    expect(replays()).toEqual([`POST /api/desk/webhooks/${delivery(1).id}/replay`]);
    expect(told).toEqual(["done: L’envoi repart maintenant."]);
    expect(cells(rows()[0])[2]).toBe("En attente");
    expect(button("Renvoyer")).toBeUndefined();
    expect(document.activeElement?.tagName).toBe("H1");
  });

  it("shows that it is under way", async () => {
    const answers = vi.spyOn(DeskApi.prototype, "replay").mockReturnValue(new Promise(() => undefined));
    await show();
    button("Renvoyer")?.click();
    await settle();
    expect(button("Renvoi en cours…")?.getAttribute("aria-disabled")).toBe("true");
    answers.mockRestore();
  });

  it("says what went wrong, and may be tried again", async () => {
    await show();
    isRefusing = true;
    button("Renvoyer")?.click();
    await settle();
    expect(told).toEqual(["wrong: Cet envoi n’existe plus."]);
    expect(cells(rows()[0])[2]).toBe("Abandonné");
    isRefusing = false;
    button("Renvoyer")?.click();
    await settle();
    expect(replays()).toHaveLength(2);
    expect(told.at(-1)).toMatch(/^done/u);
  });

  it("is offered for what ended, and not for what waits", async () => {
    stored = [delivery(3), delivery(2, { state: "delivered" }), delivery(1, { state: "waiting", ended_at: null })];
    await show();
    expect(rows().map((row) => row.querySelector("button") !== null)).toEqual([true, true, false]);
  });

  it.each([
    ["rep", false],
    ["lead", true],
    ["admin", true],
  ])("for a %s, and the way to the page: %s", async (role, isOffered) => {
    const app = appFor({ role });
    await show(app);
    expect(rows()).toHaveLength(1);
    expect(button("Renvoyer") !== undefined).toBe(isOffered);
    const header = document.createElement("div");
    render(headerView(app, { notice: undefined, switchLanguage: () => undefined, signOut: () => undefined }), header);
    expect(header.querySelector('a[href="#/webhooks"]') !== null).toBe(isOffered);
  });
});
