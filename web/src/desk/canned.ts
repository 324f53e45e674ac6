/** Ready answers from the FAQ in the customer's language: found by words, put into the reply to be sent or changed. */

import { html } from "lit";
import type { TemplateResult } from "lit";
import type { Canned } from "./core/types";
import { DeskDialog } from "./dialog";

const PAUSE_MS = 200;

export class CannedDialog extends DeskDialog {
  #found: readonly Canned[] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  protected get heading(): string {
    return this.app.texts.get("canned.title");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#search("");
  }

  protected body(): TemplateResult {
    const { texts } = this.app;
    const language = this.app.desk.current?.item?.language ?? texts.language;
    const count = this.#found?.length ?? 0;
    return html`<div class="entry">
        <label for="canned-words">${texts.get(`canned.search.${language}`)}</label>
        <input
          id="canned-words"
          type="text"
          role="searchbox"
          autocomplete="off"
          data-first
          @input=${this.#typed}
          @keydown=${(event: KeyboardEvent) => event.key === "ArrowDown" && (event.preventDefault(), this.#focus(0))}
        />
      </div>
      <p class="hint" role="status">${this.#found ? texts.count("canned.found", count) : texts.get("loading")}</p>
      ${this.problemView()}
      <ul class="canned-list" role="list">
        ${this.#found?.map(
          (answer, index) => html`<li>
            <button
              type="button"
              class="canned-answer"
              @click=${() => this.#use(answer)}
              @keydown=${(event: KeyboardEvent) => this.#move(event, index)}
            >
              <strong lang=${answer.lang}>${answer.question}</strong>
              <span lang=${answer.lang}>${answer.text}</span>
            </button>
          </li>`,
        )}
      </ul>`;
  }

  readonly #typed = (event: InputEvent): void => {
    const words = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(words), PAUSE_MS);
  };

  async #search(words: string): Promise<void> {
    const asked = (this.#asked += 1);
    const language = this.app.desk.current?.item?.language ?? "fr";
    try {
      const found = await this.app.desk.api.canned(language, words.trim().slice(0, 200));
      if (asked !== this.#asked) return;
      [this.#found, this.problem] = [found, ""];
    } catch (error) {
      this.problem = this.app.explain(error);
    }
    this.requestUpdate();
  }

  #move(event: KeyboardEvent, index: number): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (index + step < 0) this.querySelector<HTMLElement>("#canned-words")?.focus();
    else this.#focus(index + step);
  }

  #focus(index: number): void {
    this.querySelectorAll<HTMLElement>(".canned-answer")[index]?.focus();
  }

  /** After what is already written, so that nothing is lost. */
  #use(answer: Canned): void {
    const thread = this.app.desk.current;
    if (!thread) return;
    thread.useAnswer(answer.id, answer.text);
    this.close();
    this.app.focusComposer();
  }
}

customElements.define("desk-canned", CannedDialog);
