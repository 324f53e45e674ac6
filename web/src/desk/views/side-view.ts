/** What is known beside the words: the customer, the half-finished operation, what was tried, done and refused. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { App } from "../app";
import type { Thread } from "../core/thread";
import type { Address, Draft, Ticket, Tried, Value, View } from "../core/types";
import { addressLine, bare, nameOf } from "../core/values";
import { grouped } from "./line-view";
import "../customer-card";

export function sideView(app: App, thread: Thread, tick: number): TemplateResult {
  const { texts } = app;
  const { view } = thread;
  return html`<aside id="side" class="side ${app.isSideShown ? "shown" : ""}" aria-label=${texts.get("side.label")}>
    <desk-customer-card .app=${app} .tick=${tick} .thread=${thread}></desk-customer-card>
    ${view ? html`${knownView(app, view)} ${paperView(app, thread)}` : html`<p class="hint">${texts.get("loading")}</p>`}
  </aside>`;
}

function knownView(app: App, view: View): TemplateResult {
  const { texts } = app;
  return html`${view.drafts.map((draft) => draftView(app, draft))} ${view.tickets.map((ticket) => ticketView(app, ticket))}
    ${listView("tried", texts.get("side.tried"), view.tried.map((tried) => triedView(app, tried)))}
    ${listView(
      "receipts",
      texts.get("side.receipts"),
      view.receipts.map(
        (receipt) =>
          html`${receipt.title} <span class="number">${grouped(receipt.number)}</span>
            <span class="when">${texts.name("by", receipt.by)} · ${texts.time(receipt.at)}</span>`,
      ),
    )}
    ${listView(
      "refusals",
      texts.get("side.refusals"),
      view.refusals.map(
        (refusal) =>
          html`${refusal.text} <code>${refusal.code}</code> <span class="when">${texts.time(refusal.at)}</span>`,
      ),
    )}
    ${listView(
      "handoffs",
      texts.get("side.handoffs"),
      view.handoffs.map(
        (handoff) => html`${texts.name("reason", handoff.reason)} <span class="when">${texts.time(handoff.at)}</span>`,
      ),
    )}`;
}

/** The conversation on paper, masked and without notes: for the rep, or for the customer by e-mail. */
function paperView(app: App, thread: Thread): TemplateResult {
  const { texts, desk } = app;
  const href = (format: string): string => desk.api.href(`conversations/${thread.id}/transcript?format=${format}`);
  return html`<section class="panel" aria-labelledby="side-paper">
    <h2 id="side-paper">${texts.get("thread.transcript")}</h2>
    <p class="paper">
      ${(["pdf", "text", "json"] as const).map((format) => html`<a href=${href(format)} download>${texts.get(`format.${format}`)}</a>`)}
      <button type="button" class="small" aria-haspopup="dialog" @click=${() => app.ask({ kind: "send", thread })}>
        ${texts.get("send.open")}
      </button>
    </p>
  </section>`;
}

function listView(id: string, title: string, rows: readonly TemplateResult[]): TemplateResult | typeof nothing {
  if (!rows.length) return nothing;
  return html`<section class="panel" aria-labelledby="side-${id}">
    <h2 id="side-${id}">${title} <span class="count">${rows.length}</span></h2>
    <ul class="rows" role="list">
      ${rows.map((row) => html`<li>${row}</li>`)}
    </ul>
  </section>`;
}

function draftView({ texts }: App, draft: Draft): TemplateResult {
  return html`<section class="panel draft" aria-label=${texts.get("draft.title", { label: draft.label })}>
    <h2>${draft.label}</h2>
    <p class="stage">${texts.name("stage", draft.stage)}</p>
    ${draft.values.length
      ? html`<dl>
          ${draft.values.map((value) => html`<div><dt>${value.name}</dt><dd>${valueText({ texts } as App, value)}</dd></div>`)}
        </dl>`
      : nothing}
    ${draft.missing.length
      ? html`<p class="missing">
          <strong>${texts.get("draft.missing")}</strong>&nbsp;${draft.missing.map((missing) => missing.name).join(", ")}
        </p>`
      : nothing}
  </section>`;
}

function triedView({ texts }: App, tried: Tried): TemplateResult {
  return html`${tried.label} <span class="tag ${tried.state}">${texts.name("state", tried.state)}</span>
    <span class="when">${texts.name("by", tried.by)} · ${texts.time(tried.at)}</span>`;
}

function ticketView({ texts }: App, ticket: Ticket): TemplateResult {
  return html`<section class="panel" aria-label=${texts.get("ticket.title", { number: ticket.number })}>
    <h2>${texts.get("ticket.title", { number: ticket.number })}</h2>
    <p>${texts.name("reach", ticket.reach_by)}&nbsp;: ${ticket.reach_at}</p>
    <p class="plain" lang=${ticket.language}>${ticket.message}</p>
    <p class="hint">${texts.name("ticketState", ticket.state)}</p>
  </section>`;
}

/** A value as the bot keeps it, in words: amounts, days, addresses, choices. */
export function valueText({ texts }: Pick<App, "texts">, { value }: Value): string {
  const inside = bare(value);
  if (typeof inside === "boolean") return texts.get(inside ? "yes" : "no");
  if (typeof inside === "number") return texts.money(inside);
  if (typeof inside === "string") {
    if (/^\d{4}-\d\d-\d\d$/u.test(inside)) return texts.day(inside);
    return nameOf(value, texts.language) ?? (inside === value ? inside : (texts.find(`method.${inside}`) ?? inside));
  }
  return addressLine((inside ?? {}) as Partial<Address>);
}
