/** The visible transcript: not itself a live region (the announcer speaks), reachable and scrollable by keyboard. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Message } from "../core/protocol";
import type { Answering } from "../core/answering";
import type { Texts } from "../text/texts";
import { dayOf, daysAgo } from "../text/dates";
import { arrowDownIcon } from "./icons";
import { messageView, pendingView, voiceOf } from "./message-view";
import type { Place } from "./message-view";
import type { Ui } from "./ui";

const GROUP_MS = 3 * 60_000;

export function transcriptView(ui: Ui): TemplateResult {
  const { texts, conversation } = ui;
  const { messages, pending } = conversation;
  const isLoading = !messages.length && !conversation.notices.some((notice) => notice.kind === "starting");
  return html`<div class="transcript-frame">
    <div class="transcript" role="region" tabindex="0" aria-label=${texts.get("transcript.label")} @scroll=${ui.actions.scrolled}>
      ${isLoading ? html`<p class="loading">${texts.get("transcript.loading")}</p>` : nothing}
      <ol class="messages" role="list">
        ${repeat(
          messages,
          (message) => message.clientMessageId ?? message.seq,
          (message, index) => [dayView(ui, messages, index), messageView(ui, message, placeOf(ui, index))],
        )}
        ${repeat(pending, (entry) => entry.id, (entry) => pendingView(ui, entry))}
      </ol>
      ${waitingView(ui)}
    </div>
    ${ui.unseen
      ? html`<button type="button" class="unseen" @click=${ui.actions.showNew}>
          ${arrowDownIcon}<span>${texts.count("transcript.new", ui.unseen)}</span>
        </button>`
      : nothing}
  </div>`;
}

/** Three dots while an answer is being written; words beside them when it takes its time. */
function waitingView({ texts, conversation, isTypingShown }: Ui): TemplateResult | typeof nothing {
  const { waiting } = conversation;
  if (waiting === undefined && !isTypingShown) return nothing;
  return html`<p class="typing">
    ${waiting === undefined
      ? html`<span class="sr-only">${typingText(texts, conversation.handover.answering)}</span>`
      : html`<span class="waiting" lang=${waiting.lang}>${waiting.text}</span>`}<i></i><i></i><i></i>
  </p>`;
}

/** Who is writing: the person, once there is one. */
export function typingText(texts: Texts, { owner, rep }: Answering): string {
  return owner === "rep" && rep ? texts.get("typing.rep", { rep }) : texts.get("typing");
}

function placeOf(ui: Ui, index: number): Place {
  const { messages, pending } = ui.conversation;
  const [message, next] = [messages[index] as Message, messages[index + 1]];
  const answer = messages.slice(index + 1).find((later) => later.sender === "customer")?.text ?? pending[0]?.text;
  return {
    isLastOfGroup: !next || voiceOf(next) !== voiceOf(message) || apart(message, next) > GROUP_MS,
    areRepliesOpen: answer === undefined && !ui.conversation.signIn.isPast(message.seq),
    chosen: answer,
  };
}

function dayView(ui: Ui, messages: readonly Message[], index: number): TemplateResult | typeof nothing {
  const [message, before] = [messages[index], messages[index - 1]];
  if (!message?.createdAt) return nothing;
  const ago = daysAgo(message.createdAt);
  if (before?.createdAt ? daysAgo(before.createdAt) === ago : ago === 0) return nothing;
  const { texts } = ui;
  const day = dayOf(message.createdAt, texts.language);
  const name = ago === 0 ? texts.get("transcript.today") : ago === 1 ? texts.get("transcript.yesterday") : day;
  return html`<li class="day"><span>${name}</span></li>`;
}

function apart(message: Message, next: Message): number {
  if (!message.createdAt || !next.createdAt) return 0;
  return Date.parse(next.createdAt) - Date.parse(message.createdAt);
}
