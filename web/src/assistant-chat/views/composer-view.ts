/** Where the customer writes: Enter sends, Shift+Enter breaks the line; a text over the limit is never cut. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { LIMIT, NEAR, lengthOf } from "../text/length";
import { sendIcon } from "./icons";
import type { Ui } from "./ui";

export function composerView(ui: Ui): TemplateResult {
  const { texts, actions } = ui;
  const left = LIMIT - lengthOf(ui.draft.text);
  return html`<form class="composer" @submit=${(event: SubmitEvent) => (event.preventDefault(), actions.send())}>
    ${left < 0
      ? html`<p class="over" id="over">${texts.count("composer.over", -left, { limit: LIMIT })}</p>`
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
        .value=${live(ui.draft.text)}
        @input=${(event: InputEvent) => ui.draft.set((event.target as HTMLTextAreaElement).value)}
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
