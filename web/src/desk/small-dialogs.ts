/** Dialogs of one field: why a masked value is to be shown, and where a transcript goes. */

import { html } from "lit";
import type { TemplateResult } from "lit";
import type { Asking } from "./app";
import type { Thread } from "./core/thread";
import { DeskDialog } from "./dialog";
import { valueWords } from "./views/hidden-view";

class RevealDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, asking: { attribute: false } };

  declare asking: Extract<Asking, { readonly kind: "reveal" }>;

  protected get heading(): string {
    return this.app.texts.get("hidden.show", { what: this.asking.what });
  }

  protected body(): TemplateResult {
    const { texts } = this.app;
    return html`<form @submit=${this.#submit}>
      <div class="entry">
        <label for="reason">${texts.get("hidden.why")}</label>
        <input id="reason" name="reason" autocomplete="off" minlength="3" maxlength="500" required data-first aria-describedby="reason-hint" />
        <p class="hint" id="reason-hint">${texts.get("hidden.audited")}</p>
      </div>
      ${this.submitView(texts.get("hidden.submit"))}
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const reason = this.value(event.target as HTMLFormElement, "reason");
    const { place, id, what } = this.asking;
    const isShown = await this.attempt(async () => {
      place.revealed.set(id, await this.app.desk.api.reveal(place.id, id, reason));
    });
    if (!isShown) return;
    this.close();
    const { texts, voice } = this.app;
    voice.say(texts.get("announce.value", { what, value: valueWords(texts, place.revealed.get(id)) }));
  };
}

class SendDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, thread: { attribute: false } };

  declare thread: Thread;

  protected get heading(): string {
    return this.app.texts.get("send.title");
  }

  protected body(): TemplateResult {
    const { texts } = this.app;
    return html`<form @submit=${this.#submit}>
      <p>${texts.get("send.explain")}</p>
      <div class="entry">
        <label for="send-to">${texts.get("field.email")}</label>
        <input id="send-to" name="email" type="email" autocomplete="off" maxlength="254" required data-first />
      </div>
      ${this.submitView(texts.get("composer.send"))}
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const email = this.value(event.target as HTMLFormElement, "email");
    if (!(await this.attempt(() => this.app.desk.api.sendTranscript(this.thread.id, email)))) return;
    this.close();
    this.app.tell({ kind: "done", text: this.app.texts.get("send.done") });
  };
}

customElements.define("desk-reveal", RevealDialog);
customElements.define("desk-send", SendDialog);
