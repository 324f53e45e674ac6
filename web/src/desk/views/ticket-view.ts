/** What a customer left: how to reach them, which is hidden at first, and their words. */

import { html } from "lit";
import type { TemplateResult } from "lit";
import type { App, Revealing } from "../app";
import type { Ticket } from "../core/types";
import { hiddenView, maskedView } from "./hidden-view";

/** How to reach the customer: a link that dials or writes, once it was asked for. */
export function reachView(app: App, place: Revealing, ticket: Ticket): TemplateResult {
  const hidden = ticket.hidden.filter(({ field }) => field === "reach_at");
  const shown = hidden.map(({ id }) => place.revealed.get(id)).find((value) => typeof value === "string");
  if (shown === undefined) return maskedView(app, place, ticket.reach_at, hidden, ticket.number);
  return html`<a href="${ticket.reach_by === "email" ? "mailto" : "tel"}:${shown}">${shown}</a>`;
}

export function ticketWords(app: App, place: Revealing, ticket: Ticket): TemplateResult {
  const hidden = ticket.hidden.filter(({ field }) => field === "message");
  return html`<p class="plain" lang=${ticket.language}>${ticket.message}</p>
    ${hiddenView(app, place, hidden, ticket.number)}`;
}
