import { html, render } from "lit";
import type { LitElement, TemplateResult } from "lit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { App, Asking } from "../src/desk/app";
import { DeskApi } from "../src/desk/core/api";
import { DeskTexts } from "../src/desk/texts";
import "../src/desk/lists";
import "../src/desk/questions";
import "../src/desk/team";
import { ID, ME, OTHER } from "./desk-double";

const SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(1)">';
const AT = "2026-11-23T15:00:00+00:00";
const MEMBER = { ...OTHER, user_id: "max", role: "rep", languages: ["fr"], team: { id: "billing", name: "Facturation" }, active: true, present: false, claimed: 2, created_at: AT };
const TICKET = {
  number: "12345678", conversation: ID, language: "fr", reach_by: "telephone", reach_at: "[téléphone masqué]", message: "Merci",
  hidden: [{ id: "ticket:12345678:reach_at:all", kind: "phone", field: "reach_at" }], state: "open", created_at: AT, done_at: null, done_by: null, outcome: null,
};

let answers: Record<string, unknown>;
let asked: Asking[];
let area: HTMLElement;

const gateway: typeof fetch = async (input) => {
  await Promise.resolve();
  const path = new URL(String(input)).pathname.replace("/api/desk/", "");
  return new Response(JSON.stringify(answers[path] ?? {}));
};

function appFor(role: string): App {
  const api = new DeskApi("http://gateway.test/api/desk/", () => undefined, gateway);
  const live = [{ ...OTHER, role: "rep", languages: ["fr"], team: "billing", present: true, claimed: 3 }];
  const settings = { teams: [{ id: "billing", name: "Facturation" }] };
  return {
    texts: new DeskTexts("fr"),
    desk: { api, me: { ...ME, role }, isLead: role !== "rep", isAdmin: role === "admin", reps: live, settings },
    ask: (asking: Asking) => asked.push(asking),
    explain: () => "",
  } as unknown as App;
}

async function show(page: (app: App, tick: number) => TemplateResult, role = "lead"): Promise<void> {
  const app = appFor(role);
  for (const tick of [1, 2]) {
    render(page(app, tick), area);
    await new Promise((done) => setTimeout(done, 5));
    await (area.firstElementChild as LitElement).updateComplete;
  }
}

const words = (selector: string): string[] => [...area.querySelectorAll(selector)].map((part) => part.textContent?.replace(/\s+/gu, " ").trim() ?? "");
const buttons = (): string[] => words("tbody button").map((text) => text.replace(" Max Côté", ""));

beforeEach(() => {
  [answers, asked] = [{}, []];
  area = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(html``, area);
  area.remove();
});

describe("what was not understood", () => {
  it("is told with what it meant in words, and what the program calls it beside", async () => {
    const meant = [{ intent: "faq_cost", label: "Combien ça coûte?", count: 2 }, { intent: "none", label: SCRIPT, count: 1 }];
    const group = { text: "c’est combien", language: "fr", count: 3, conversations: 1, reasons: { rephrase: 3 }, meant, questions: [] };
    const proposal = { id: 1, question: "le prix", language: "fr", intent: "faq_cost", label: "Combien ça coûte?", note: "", state: "open", proposed_at: AT };
    answers = { missed: { groups: [group] }, proposals: { proposals: [proposal] } };
    await show((app, tick) => html`<desk-questions .app=${app} .tick=${tick}></desk-questions>`);
    expect(words(".panel li").slice(0, 2)).toEqual(["Combien ça coûte? (2) faq_cost", `${SCRIPT} (1)`]);
    expect(words("code.id")).toEqual(["faq_cost", "faq_cost"]);
    expect(area.querySelector("script, img")).toBeNull();
  });
});

describe("the audit", () => {
  it("says what was done and its details in words, and never as HTML", async () => {
    const facts = [{ id: "of", name: "Compte du bureau", value: SCRIPT }, { id: "profile", name: "Profil", value: "a".repeat(32) }];
    answers = { audit: { entries: [{ id: 1, at: AT, rep: ME, action: "rep_changed", conversation: null, details: {}, facts }] } };
    await show((app, tick) => html`<desk-audit .app=${app} .tick=${tick}></desk-audit>`);
    expect(words("tbody td")[2]).toBe("Compte de conseiller modifié");
    expect(words("dd")).toEqual([SCRIPT, "a".repeat(32)]);
    expect(words("dd.id")).toEqual(["a".repeat(32)]);
  });
});

describe("a ticket", () => {
  it("hides how to reach the customer until it is asked for, then dials", async () => {
    answers = { tickets: { tickets: [TICKET] } };
    const page = (app: App, tick: number): TemplateResult => html`<desk-tickets .app=${app} .tick=${tick}></desk-tickets>`;
    await show(page);
    expect(words("tbody td")[1]).toContain("[téléphone masqué]");
    area.querySelector<HTMLElement>("tbody td button")?.click();
    const [asking] = asked as [Extract<Asking, { kind: "reveal" }>];
    expect([asking.kind, asking.id, asking.place.id]).toEqual(["reveal", "ticket:12345678:reach_at:all", ID]);
    asking.place.revealed.set(asking.id, "+14185550134");
    await show(page);
    expect(area.querySelector("td a")?.getAttribute("href")).toBe("tel:+14185550134");
  });
});

describe("the team", () => {
  const page = (app: App, tick: number): TemplateResult => html`<desk-team .app=${app} .tick=${tick}></desk-team>`;

  it.each([
    ["rep", false, []],
    ["lead", true, []],
    ["admin", true, ["Modifier", "Renouveler l’accès", "Retirer du service"]],
  ] as const)("shows a %s who is there now, and what they may do", async (role, hasUserId, acts) => {
    answers = { team: { members: [MEMBER] }, reps: { reps: [{ ...OTHER, role: "rep", languages: ["fr"], team: "billing", present: false, claimed: 2 }] } };
    await show(page, role);
    const row = words("tbody tr")[0] ?? "";
    expect(row).toContain("Facturation Français Oui 3");
    expect(row.includes(" max ")).toBe(hasUserId);
    expect(buttons()).toEqual(acts);
  });

  it("offers to take back who was let go, and never to renew one's own access", async () => {
    answers = { team: { members: [{ ...MEMBER, active: false }, { ...MEMBER, ...ME, active: true }] } };
    await show(page, "admin");
    expect(words("tbody tr")[0]).toContain("Retiré du service");
    expect(words("tbody tr button").map((text) => text.split(" ").slice(0, 3).join(" "))).toEqual([
      "Modifier Max Côté", "Renouveler l’accès Max", "Remettre en service", "Modifier Léa Roy", "Retirer du service",
    ]);
  });
});
