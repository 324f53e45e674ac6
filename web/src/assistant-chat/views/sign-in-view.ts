/** The sign-in card: its fields are read once, when they are sent, and the password is emptied then. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Message } from "../core/protocol";
import { failureText } from "../sign-in-form";
import type { SignInFailure } from "../sign-in-form";
import { checkIcon, lockIcon, warnIcon } from "./icons";
import type { Ui } from "./ui";

const ABOUT_USER_ID: readonly SignInFailure["kind"][] = ["userIdMissing", "wrong"];
const ABOUT_PASSWORD: readonly SignInFailure["kind"][] = ["passwordMissing", "wrong"];
const HELP = "#forgot_credentials";

export function signInView(ui: Ui, message: Message): TemplateResult {
  const { texts } = ui;
  const state = ui.conversation.signIn.cardState(message);
  if (state === "open") return formView(ui);
  const isDone = state === "done";
  return html`<p class="card-line ${state}" lang=${texts.language}>
    ${isDone ? checkIcon : nothing}<span>${texts.get(isDone ? "signIn.done" : "signIn.closed")}</span>
  </p>`;
}

function formView(ui: Ui): TemplateResult {
  const { texts, signIn, actions } = ui;
  return html`<form
    class="card sign-in"
    lang=${texts.language}
    aria-labelledby="sign-in-title"
    aria-describedby="sign-in-privacy"
    novalidate
    @submit=${(event: SubmitEvent) => (event.preventDefault(), actions.signIn(event.currentTarget as HTMLFormElement))}
    @keydown=${(event: KeyboardEvent) => isEscape(event) && (event.stopPropagation(), actions.toComposer())}
  >
    <h3 id="sign-in-title">${lockIcon}<span>${texts.get("signIn.title")}</span></h3>
    <p class="card-note" id="sign-in-privacy">${texts.get("signIn.privacy")}</p>
    ${userIdView(ui)} ${passwordView(ui)} ${problemView(ui)}
    <button
      type="submit"
      class="wide primary"
      aria-disabled=${signIn.isSending || signIn.lockedUntil ? "true" : nothing}
      aria-describedby=${isGeneral(signIn.failure) ? "sign-in-problem" : nothing}
    >
      ${signIn.isSending ? html`<span class="busy" aria-hidden="true"></span>` : nothing}<span
        >${texts.get(submitKey(ui))}</span
      >
    </button>
    <p class="card-help">${helpView(ui)}</p>
  </form>`;
}

function userIdView(ui: Ui): TemplateResult {
  const { texts, signIn } = ui;
  const isWrong = isAbout(signIn.failure, ABOUT_USER_ID);
  return html`<div class="entry">
    <label for="user-id">${texts.get("signIn.userId")}</label>
    <input
      id="user-id"
      name="username"
      type="text"
      autocomplete="username"
      autocapitalize="none"
      spellcheck="false"
      enterkeyhint="next"
      required
      ?readonly=${signIn.isSending}
      aria-invalid=${isWrong ? "true" : nothing}
      aria-describedby=${signIn.failure?.kind === "userIdMissing" ? "user-id-problem" : isWrong ? "password-problem" : nothing}
    />
    ${fieldProblem(ui, "user-id-problem", ["userIdMissing"])}
  </div>`;
}

function passwordView(ui: Ui): TemplateResult {
  const { texts, signIn } = ui;
  const isWrong = isAbout(signIn.failure, ABOUT_PASSWORD);
  const isShown = signIn.isPasswordShown;
  return html`<div class="entry">
    <label for="password">${texts.get("signIn.password")}</label>
    <div class="with-button">
      <input
        id="password"
        name="password"
        type=${isShown ? "text" : "password"}
        autocomplete="current-password"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="go"
        required
        ?readonly=${signIn.isSending}
        aria-invalid=${isWrong ? "true" : nothing}
        aria-describedby=${isWrong ? "password-problem" : nothing}
      />
      <button
        type="button"
        class="show"
        aria-label=${texts.get(isShown ? "signIn.hideLabel" : "signIn.showLabel")}
        @click=${() => signIn.togglePassword()}
      >
        ${texts.get(isShown ? "signIn.hide" : "signIn.show")}
      </button>
    </div>
    ${fieldProblem(ui, "password-problem", ABOUT_PASSWORD)}
  </div>`;
}

function fieldProblem(ui: Ui, id: string, kinds: readonly SignInFailure["kind"][]): TemplateResult | typeof nothing {
  const { failure } = ui.signIn;
  return failure && kinds.includes(failure.kind) ? problem(ui, id, failure) : nothing;
}

function problemView(ui: Ui): TemplateResult | typeof nothing {
  const { failure } = ui.signIn;
  return failure && isGeneral(failure) ? problem(ui, "sign-in-problem", failure) : nothing;
}

function problem(ui: Ui, id: string, failure: SignInFailure): TemplateResult {
  return html`<p class="problem" id=${id}>${warnIcon}<span>${failureText(ui.texts, failure, ui.now)}</span></p>`;
}

/** Where help is: on this page it stays here, elsewhere it must not take the conversation away. */
function helpView(ui: Ui): TemplateResult {
  const { texts, actions } = ui;
  const page = `${ui.site}/${texts.language}/`;
  const isHere = location.href.split(/[?#]/u)[0] === page;
  if (isHere) return html`<a href=${page + HELP} @click=${actions.followLink}>${texts.get("signIn.forgot")}</a>`;
  return html`<a href=${page + HELP} target="_blank" rel="noopener" @click=${actions.leaveForLink}
    >${texts.get("signIn.forgot")}<span class="sr-only">&nbsp;${texts.get("message.newTab")}</span></a
  >`;
}

function submitKey({ signIn }: Ui): "signIn.sending" | "signIn.retry" | "signIn.submit" {
  if (signIn.isSending) return "signIn.sending";
  const { kind } = signIn.failure ?? {};
  return kind === "unavailable" || kind === "network" ? "signIn.retry" : "signIn.submit";
}

function isAbout(failure: SignInFailure | undefined, kinds: readonly SignInFailure["kind"][]): boolean {
  return failure !== undefined && kinds.includes(failure.kind);
}

function isGeneral(failure: SignInFailure | undefined): boolean {
  return failure !== undefined && !isAbout(failure, ABOUT_USER_ID) && !isAbout(failure, ABOUT_PASSWORD);
}

function isEscape(event: KeyboardEvent): boolean {
  return event.key === "Escape" && !event.isComposing;
}
