/** One line of the transcript, and one that is still on its way. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Entry } from "../core/outbox";
import type { Message } from "../core/protocol";
import { safeHref } from "../text/segments";
import { timeOf } from "../text/dates";
import type { TextKey } from "../text/texts";
import { cardView } from "./card-view";
import { feedbackView } from "./feedback-view";
import { repliesView } from "./replies-view";
import { linkView, textView } from "./text-view";
import type { Ui } from "./ui";

/** Where a message stands among its neighbours. */
export interface Place {
  readonly isLastOfGroup: boolean;
  readonly areRepliesOpen: boolean;
  readonly chosen: string | undefined;
}

/** Who says it, as the customer sees it: the greeting is the assistant's, although the gateway itself says it. */
export function voiceOf(message: Message): Message["sender"] {
  return message.sender === "system" && message.key === "greeting" ? "bot" : message.sender;
}

export function messageView(ui: Ui, message: Message, place: Place): TemplateResult {
  const voice = voiceOf(message);
  const entry = ui.conversation.entryOf(message);
  const isOwn = voice === "customer";
  return html`<li class="message ${voice} ${place.isLastOfGroup ? "last" : ""}" data-seq=${message.seq}>
    ${message.author
      ? html`<span class="author">${ui.texts.get("sender.named", { name: message.author })}</span>`
      : html`<span class="sr-only">${ui.texts.get(`sender.${voice}` as TextKey)}</span>`}
    <div class="bubble" lang=${message.lang}>
      ${isOwn ? html`<p class="plain">${message.text}</p>` : textView(ui, message.text)} ${linksView(ui, message)}
    </div>
    ${cardView(ui, message)} ${entry?.state === "failed" ? failureView(ui, entry) : nothing}
    ${repliesView(ui, message, place.areRepliesOpen, place.chosen)} ${feedbackView(ui, message)}
    ${message.createdAt
      ? html`<time class=${place.isLastOfGroup ? "" : "sr-only"} datetime=${message.createdAt}
          >${timeOf(message.createdAt, ui.texts.language)}</time
        >`
      : nothing}
  </li>`;
}

/** What the customer said and the transcript doesn't have yet. */
export function pendingView(ui: Ui, entry: Entry): TemplateResult {
  const isWaiting = ui.conversation.link === "offline";
  const state = ui.texts.get(isWaiting ? "message.waiting" : "message.sending");
  const isUnsettled = entry.state === "queued" || entry.state === "sending";
  return html`<li class="message customer last pending" data-pending=${entry.id}>
    <span class="sr-only">${ui.texts.get("sender.customer")}</span>
    <div class="bubble"><p class="plain">${entry.text}</p></div>
    ${isUnsettled ? html`<span class="state">${state}</span>` : nothing}
    ${entry.state === "failed" ? failureView(ui, entry) : nothing}
  </li>`;
}

function linksView(ui: Ui, message: Message): TemplateResult | typeof nothing {
  const links = message.links
    .map((link) => ({ title: link.title, href: safeHref(link.url, ui.site) }))
    .filter((link): link is { title: string; href: string } => link.href !== undefined);
  if (!links.length) return nothing;
  const isOutside = (href: string): boolean => href.startsWith("http") && !href.startsWith(ui.site + "/");
  return html`<ul class="links" role="list">
    ${links.map((link) => html`<li>${linkView(ui, link.title, link.href, isOutside(link.href))}</li>`)}
  </ul>`;
}

function failureView(ui: Ui, entry: Entry): TemplateResult {
  const { texts, actions } = ui;
  return html`<div class="failure">
    <span>${texts.get(entry.stored ? "message.unanswered" : "message.failed")} ${texts.failure(entry.failure)}</span>
    <span class="failure-choices">
      <button type="button" class="small" @click=${() => actions.retry(entry.id)}>${texts.get("message.retry")}</button>
      ${entry.stored
        ? nothing
        : html`<button type="button" class="small" @click=${() => actions.discard(entry.id)}>
            ${texts.get("message.discard")}
          </button>`}
    </span>
  </div>`;
}
