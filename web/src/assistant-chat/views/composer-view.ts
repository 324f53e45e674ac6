/** Where the customer writes: Enter sends, Shift+Enter breaks the line; a text over the limit is never cut. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { sendIcon } from "./icons";
import type { Ui } from "./ui";

/** From how many characters left the counter is shown. */
export const NEAR = 100;

/** Characters as the gateway counts them. */
export function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}

export function composerView(ui: Ui): TemplateResult {
  const { texts, actions } = ui;
  const left = ui.limit - lengthOf(ui.draft);
  return html`<form class="composer" @submit=${(event: SubmitEvent) => (event.preventDefault(), actions.send())}>
    ${left < 0
      ? html`<p class="over" id="over">${texts.count("composer.over", -left, { limit: ui.limit })}</p>`
      : nothing}
    <div class="field">
      <label class="sr-only" for="question">${texts.get("composer.label")}</label>
      <textarea
        id="question"
        rows="1"
        enterkeyhint="send"
        autocomplete="off"
        placeholder=${texts.get("composer.placeholder")}
        aria-describedby=${left < 0 ? "over" : "hint"}
        aria-invalid=${left < 0 ? "true" : nothing}
        .value=${live(ui.draft)}
        @input=${(event: InputEvent) => actions.draft((event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => isSend(event) && (event.preventDefault(), actions.send())}
      ></textarea>
      <button type="submit" class="send">${sendIcon}<span class="sr-only">${texts.get("composer.send")}</span></button>
    </div>
    <p class="sr-only" id="hint">${texts.get("composer.hint")}</p>
    ${left >= 0 && left <= NEAR ? html`<p class="left">${texts.count("composer.left", left)}</p>` : nothing}
  </form>`;
}

function isSend(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}
