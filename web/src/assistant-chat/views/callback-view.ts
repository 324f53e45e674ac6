/** The card that asks how to reach the customer, and what about, while nobody is there to answer. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { CallbackFailure } from "../callback-form";
import type { Message } from "../core/protocol";
import { checkIcon, phoneIcon, warnIcon } from "./icons";
import type { Ui } from "./ui";

const WAYS = ["telephone", "email"] as const;
const ABOUT_WAY: readonly CallbackFailure[] = ["telephoneMissing", "emailMissing", "telephoneWrong", "emailWrong"];
const ABOUT_MESSAGE: readonly CallbackFailure[] = ["messageMissing", "messageLong"];

export function callbackView(ui: Ui, message: Message): TemplateResult {
  if (ui.conversation.handover.isCallbackOpen(message)) return formView(ui);
  return html`<p class="card-line" lang=${ui.texts.language}>${checkIcon}<span>${ui.texts.get("callback.closed")}</span></p>`;
}

function formView(ui: Ui): TemplateResult {
  const { texts, callback, actions } = ui;
  return html`<form
    class="card callback"
    lang=${texts.language}
    aria-labelledby="callback-title"
    novalidate
    @submit=${(event: SubmitEvent) => (event.preventDefault(), actions.callBack(event.currentTarget as HTMLFormElement))}
    @keydown=${(event: KeyboardEvent) => isEscape(event) && (event.stopPropagation(), actions.toComposer())}
  >
    <h3 id="callback-title">${phoneIcon}<span>${texts.get("callback.title")}</span></h3>
    <fieldset class="ways">
      <legend>${texts.get("callback.way")}</legend>
      ${WAYS.map(
        (way) => html`<label
          ><input
            type="radio"
            name="reach_by"
            value=${way}
            .checked=${callback.reachBy === way}
            @change=${() => callback.choose(way)}
          /><span>${texts.get(`callback.${way}`)}</span></label
        >`,
      )}
    </fieldset>
    ${reachView(ui)} ${messageField(ui)}
    ${callback.failure === "network" || callback.failure === "tooMany" ? problem(ui, "callback-problem") : nothing}
    <button type="submit" class="wide primary" aria-disabled=${callback.isSending ? "true" : nothing}>
      ${callback.isSending ? html`<span class="busy" aria-hidden="true"></span>` : nothing}<span
        >${texts.get(callback.isSending ? "callback.sending" : "callback.submit")}</span
      >
    </button>
  </form>`;
}

function reachView(ui: Ui): TemplateResult {
  const { texts, callback } = ui;
  const isWrong = isAbout(callback.failure, ABOUT_WAY);
  const isTelephone = callback.reachBy === "telephone";
  return html`<div class="entry">
    <label for="reach-at">${texts.get(isTelephone ? "callback.number" : "callback.address")}</label>
    <input
      id="reach-at"
      name="reach_at"
      type=${isTelephone ? "tel" : "email"}
      autocomplete=${isTelephone ? "tel" : "email"}
      maxlength="254"
      required
      ?readonly=${callback.isSending}
      aria-invalid=${isWrong ? "true" : nothing}
      aria-describedby=${isWrong ? "reach-problem" : nothing}
    />
    ${isWrong ? problem(ui, "reach-problem") : nothing}
  </div>`;
}

function messageField(ui: Ui): TemplateResult {
  const { texts, callback } = ui;
  const isWrong = isAbout(callback.failure, ABOUT_MESSAGE);
  return html`<div class="entry">
    <label for="callback-message">${texts.get("callback.message")}</label>
    <textarea
      id="callback-message"
      name="message"
      rows="3"
      required
      ?readonly=${callback.isSending}
      aria-invalid=${isWrong ? "true" : nothing}
      aria-describedby=${isWrong ? "callback-message-problem" : nothing}
    ></textarea>
    ${isWrong ? problem(ui, "callback-message-problem") : nothing}
  </div>`;
}

function problem({ texts, callback }: Ui, id: string): TemplateResult {
  return html`<p class="problem" id=${id}>${warnIcon}<span>${texts.get(`callback.${callback.failure ?? "network"}`)}</span></p>`;
}

function isAbout(failure: CallbackFailure | undefined, kinds: readonly CallbackFailure[]): boolean {
  return failure !== undefined && kinds.includes(failure);
}

function isEscape(event: KeyboardEvent): boolean {
  return event.key === "Escape" && !event.isComposing;
}
