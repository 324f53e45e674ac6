/** The way in: user id, password and the code of the second factor; what is typed is kept nowhere. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { Refusal } from "../assistant-chat/core/http";
import type { Language } from "./core/types";
import { DeskElement } from "./element";

const ISSUER = "Assistant";
const SECRET = /^[A-Z2-7]{16,64}=*$/u;

export class SignIn extends DeskElement {
  /** Says in which language the page is to be. */
  static override properties = { ...DeskElement.properties, speak: { attribute: false } };

  declare speak: (language: Language) => void;
  #problem = "";
  #isSending = false;
  #link = "";

  protected override render(): TemplateResult {
    const { texts, desk } = this.app;
    const other = texts.language === "fr" ? "en" : "fr";
    return html`<main class="gate">
      <p class="gate-language">
        <button type="button" class="quiet" lang=${other} @click=${() => this.speak(other)}>${texts.get("language.other")}</button>
      </p>
      <form class="gate-card" aria-labelledby="sign-in-title" novalidate @submit=${this.#submit}>
        <h1 id="sign-in-title">${texts.get("signIn.title")}</h1>
        ${desk.isOver ? html`<p class="notice wrong" role="status">${texts.get("signIn.over")}</p>` : nothing}
        ${desk.phase === "unreachable" ? html`<p class="notice wrong" role="status">${texts.get("error.network")}</p>` : nothing}
        <div class="entry">
          <label for="user-id">${texts.get("signIn.userId")}</label>
          <input id="user-id" name="user_id" autocomplete="username" autocapitalize="none" spellcheck="false" required />
        </div>
        <div class="entry">
          <label for="password">${texts.get("signIn.password")}</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
        </div>
        <div class="entry">
          <label for="code">${texts.get("signIn.code")}</label>
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="8"
            required
            aria-describedby="code-hint"
          />
          <p class="hint" id="code-hint">${texts.get("signIn.codeHint")}</p>
        </div>
        ${this.#problem ? html`<p class="problem" id="gate-problem" role="alert">${this.#problem}</p>` : nothing}
        <button type="submit" class="primary wide" aria-disabled=${this.#isSending ? "true" : nothing}>
          ${texts.get(this.#isSending ? "signIn.sending" : "signIn.submit")}
        </button>
        ${this.#setUpView()}
      </form>
    </main>`;
  }

  /** The first time: the secret goes from the paper into the authenticator, by hand or by a link. */
  #setUpView(): TemplateResult {
    const { texts } = this.app;
    return html`<details class="set-up">
      <summary>${texts.get("setUp.title")}</summary>
      <ol>
        <li>${texts.get("setUp.app")}</li>
        <li>${texts.get("setUp.add")}</li>
        <li>${texts.get("setUp.code")}</li>
      </ol>
      <div class="entry">
        <label for="secret">${texts.get("setUp.secret")}</label>
        <input id="secret" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" @input=${this.#readSecret} />
        <p class="hint">${texts.get("setUp.private")}</p>
      </div>
      ${this.#link ? html`<p><a href=${this.#link}>${texts.get("setUp.link")}</a></p>` : nothing}
    </details>`;
  }

  readonly #readSecret = (event: InputEvent): void => {
    const secret = (event.target as HTMLInputElement).value.replace(/\s/gu, "").toUpperCase();
    const account = this.querySelector<HTMLInputElement>("#user-id")?.value.trim() || "desk";
    const label = `${ISSUER}:${encodeURIComponent(account)}`;
    this.#link = SECRET.test(secret) ? `otpauth://totp/${label}?secret=${secret}&issuer=${ISSUER}&algorithm=SHA1&digits=6&period=30` : "";
    this.requestUpdate();
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#isSending) return;
    const form = event.target as HTMLFormElement;
    const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
    const missing = ["user_id", "password", "code"].find((name) => !field(name).value.trim());
    if (missing) {
      this.#fail(this.app.texts.get("signIn.missing"));
      return field(missing).focus();
    }
    const given = { user_id: field("user_id").value.trim(), password: field("password").value, code: field("code").value.trim() };
    field("code").value = "";
    await this.#send(given);
    if (this.#problem) field("code").focus();
  };

  async #send(given: { user_id: string; password: string; code: string }): Promise<void> {
    this.#isSending = true;
    this.#fail("");
    try {
      await this.app.desk.signIn(given);
    } catch (error) {
      const isLong = error instanceof Refusal && error.code === "invalid_request";
      this.#fail(isLong ? this.app.texts.get("signIn.codeWrong") : this.app.explain(error));
    } finally {
      this.#isSending = false;
      this.requestUpdate();
    }
  }

  #fail(problem: string): void {
    this.#problem = problem;
    this.requestUpdate();
  }
}

customElements.define("desk-sign-in", SignIn);
