/** The way between page and telephone, at the panel's foot. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { timeOf } from "../text/dates";
import { phoneIcon, warnIcon } from "./icons";
import type { Ui } from "./ui";

/** What opens it. */
export function phoneButton({ texts, phoneMove }: Ui): TemplateResult {
  return html`<button type="button" class="quiet" data-phone aria-expanded="false" @click=${() => phoneMove.open()}>
    ${texts.get("phone.open")}
  </button>`;
}

export function phoneView(ui: Ui): TemplateResult {
  const { texts, phoneMove } = ui;
  return html`<div class="restart asking moving" role="group" aria-labelledby="phone-title">
    <p id="phone-title">${phoneIcon}<strong>${texts.get("phone.title")}</strong></p>
    ${dialView(ui)} ${codeForm(ui)}
    <button type="button" class="small" @click=${() => phoneMove.close()}>${texts.get("phone.close")}</button>
  </div>`;
}

function dialView({ texts, phoneMove }: Ui): TemplateResult {
  const { code } = phoneMove;
  if (code) {
    const shown = `${code.digits.slice(0, 3)}\u00a0${code.digits.slice(3)}`;
    return html`<p class="dial" tabindex="-1">${texts.get("phone.dial", { code: shown, until: timeOf(code.until, texts.language) })}</p>`;
  }
  const isFailed = phoneMove.failure === "noCode";
  return html`<p>${texts.get("phone.toPhone")}</p>
    ${isFailed ? html`<p class="problem" id="phone-code-problem">${warnIcon}<span>${texts.get("phone.noCode")}</span></p>` : nothing}
    <button
      type="button"
      class="small primary"
      data-make
      aria-disabled=${phoneMove.isUnderway ? "true" : nothing}
      aria-describedby=${isFailed ? "phone-code-problem" : nothing}
      @click=${() => void phoneMove.make()}
    >
      ${texts.get("phone.make")}
    </button>`;
}

function codeForm({ texts, phoneMove, actions }: Ui): TemplateResult {
  const failure = phoneMove.failure === "noCode" ? undefined : phoneMove.failure;
  return html`<form
    novalidate
    @submit=${(event: SubmitEvent) => (event.preventDefault(), actions.moveHere(event.currentTarget as HTMLFormElement))}
  >
    <div class="entry">
      <label for="phone-code">${texts.get("phone.code")}</label>
      <input
        id="phone-code"
        name="code"
        inputmode="numeric"
        autocomplete="off"
        maxlength="9"
        ?readonly=${phoneMove.isUnderway}
        aria-invalid=${failure ? "true" : nothing}
        aria-describedby=${failure ? "phone-problem" : nothing}
      />
    </div>
    <button type="submit" class="small" aria-disabled=${phoneMove.isUnderway ? "true" : nothing}>${texts.get("phone.go")}</button>
    ${failure ? html`<p class="problem" id="phone-problem">${warnIcon}<span>${texts.get(`phone.${failure}`)}</span></p>` : nothing}
  </form>`;
}
