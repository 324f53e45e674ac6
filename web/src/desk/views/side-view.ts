/** What is known beside the words: the customer, the half-finished operation, what was tried, done and refused. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { App } from "../app";
import type { Thread } from "../core/thread";
import type { Draft, Ticket, Tried, View } from "../core/types";
import { maskedView } from "./hidden-view";
import { grouped } from "./line-view";
import { reachView, ticketWords } from "./ticket-view";
import "../customer-card";

export function sideView(app: App, thread: Thread, tick: number): TemplateResult {
  const { texts } = app;
  const { view } = thread;
  return html`<aside id="side" class="side ${app.isSideShown ? "shown" : ""}" aria-label=${texts.get("side.label")}>
    <desk-customer-card .app=${app} .tick=${tick} .thread=${thread}></desk-customer-card>
    ${view ? html`${knownView(app, thread, view)} ${paperView(app, thread)}` : html`<p class="hint">${texts.get("loading")}</p>`}
  </aside>`;
}

function knownView(app: App, thread: Thread, view: View): TemplateResult {
  const { texts } = app;
  return html`${view.drafts.map((draft) => draftView(app, thread, draft))} ${view.tickets.map((ticket) => ticketView(app, thread, ticket))}
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

function draftView(app: App, thread: Thread, draft: Draft): TemplateResult {
  const { texts } = app;
  return html`<section class="panel draft" aria-label=${texts.get("draft.title", { label: draft.label })}>
    <h2>${draft.label}</h2>
    <p class="stage">${texts.name("stage", draft.stage)}</p>
    ${draft.values.length
      ? html`<dl>
          ${draft.values.map(
            ({ name, value, hidden }) => html`<div><dt>${name}</dt><dd>${maskedView(app, thread, value, hidden)}</dd></div>`,
          )}
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

function ticketView(app: App, thread: Thread, ticket: Ticket): TemplateResult {
  const { texts } = app;
  return html`<section class="panel" aria-label=${texts.get("ticket.title", { number: ticket.number })}>
    <h2>${texts.get("ticket.title", { number: ticket.number })}</h2>
    <p>${texts.name("reach", ticket.reach_by)}&nbsp;: ${reachView(app, thread, ticket)}</p>
    ${ticketWords(app, thread, ticket)}
    <p class="hint">${texts.name("ticketState", ticket.state)}</p>
  </section>`;
}
