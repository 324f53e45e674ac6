/** Under each FAQ answer: useful or not, and for a no, a word of why. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Message } from "../core/protocol";
import { notUsefulIcon, usefulIcon } from "./icons";
import type { Ui } from "./ui";

const COMMENT_LENGTH = 1000;

export function feedbackView(ui: Ui, message: Message): TemplateResult | typeof nothing {
  if (message.sender !== "bot" || !message.faqId) return nothing;
  const { texts, feedback } = ui;
  const id = `feedback-${message.seq}`;
  const step = feedback.stepOf(message);
  return html`<div class="feedback" role="group" aria-labelledby=${id}>
    <span id=${id} class="feedback-question">
      ${texts.get(step === "thanked" ? "feedback.thanks" : "feedback.question")}
    </span>
    <span class="feedback-choices">
      ${choiceView(ui, message, true)} ${choiceView(ui, message, false)}
    </span>
    ${step === "why" ? whyView(ui, message) : nothing}
  </div>`;
}

function choiceView(ui: Ui, message: Message, useful: boolean): TemplateResult {
  const isGiven = ui.feedback.usefulOf(message) === useful;
  return html`<button
    type="button"
    class="choice"
    data-useful=${useful}
    aria-pressed=${isGiven ? "true" : "false"}
    @click=${(event: MouseEvent) => give(ui, message, useful, event.currentTarget as HTMLElement)}
  >
    ${useful ? usefulIcon : notUsefulIcon}<span>${ui.texts.get(useful ? "feedback.yes" : "feedback.no")}</span>
  </button>`;
}

function give(ui: Ui, message: Message, useful: boolean, button: HTMLElement): void {
  void ui.feedback.give(message, useful);
  requestAnimationFrame(() => button.closest(".message")?.querySelector(".why")?.scrollIntoView({ block: "nearest" }));
}

function whyView(ui: Ui, message: Message): TemplateResult {
  const id = `why-${message.seq}`;
  return html`<form class="why" @submit=${(event: SubmitEvent) => explain(ui, message, event)}>
    <label for=${id}>${ui.texts.get("feedback.why")}</label>
    <textarea id=${id} name="why" rows="2" maxlength=${COMMENT_LENGTH}></textarea>
    <button type="submit" class="small primary">${ui.texts.get("feedback.send")}</button>
  </form>`;
}

function explain(ui: Ui, message: Message, event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const comment = (form.elements.namedItem("why") as HTMLTextAreaElement).value.trim();
  // The form goes away; the focus stays beside where it was.
  form.parentElement?.querySelector<HTMLButtonElement>('[data-useful="false"]')?.focus();
  void ui.feedback.explain(message, comment);
}
