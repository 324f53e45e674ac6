/** The telephone on the page: <soft-phone api="/softphone">. */

import { LitElement, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import en from "../content/softphone.en.json";
import fr from "../content/softphone.fr.json";
import { canListen, listen } from "./ear";
import { Line } from "./line";
import { Mouth } from "./mouth";

type Language = "fr" | "en";
const TEXTS: Record<Language, typeof fr> = { fr, en };
const NAMES: Record<Language, string> = { fr: "Français", en: "English" };
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const LETTERS: Record<string, string> = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ" };

export class SoftPhone extends LitElement {
  static override properties = { api: {} };

  declare api: string;
  #language: Language = document.documentElement.lang.startsWith("en") ? "en" : "fr";
  #isListening = false;
  readonly #mouth = new Mouth();
  readonly #line = new Line((body) => this.#fetch(body), this.#mouth, () => this.requestUpdate());

  constructor() {
    super();
    this.api = "";
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override updated(): void {
    const told = this.querySelector(".told");
    if (told) told.scrollTop = told.scrollHeight;
  }

  protected override render(): TemplateResult {
    const words = TEXTS[this.#language], line = this.#line;
    return html`
      <h1>${words.title}</h1>
      ${this.#settings(words)}
      <p class="state" role="status">${words[line.state]}</p>
      ${line.isUp
        ? html`<button class="end" @click=${() => line.hangUp()}>${words.hangUp}</button>`
        : html`<button class="begin" @click=${() => this.#call()}>${words.call}</button>`}
      ${line.state === "connected" ? this.#ends(words) : nothing}
      ${this.#keypad(words)} ${this.#speech(words)} ${this.#transcript(words)}
    `;
  }

  #settings(words: typeof fr): TemplateResult {
    return html`<div class="settings">
      <label>${words.language}
        <select @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value as Language)}>
          ${(["fr", "en"] as const).map(
            (one) => html`<option value=${one} lang=${one} ?selected=${one === this.#language}>${NAMES[one]}</option>`,
          )}
        </select>
      </label>
      <label>${words.caller}
        <input id="caller" inputmode="tel" autocomplete="off" maxlength="14" aria-describedby="caller-hint" />
      </label>
      <small id="caller-hint">${words.callerHint}</small>
      <label class="check">
        <input type="checkbox" checked @change=${(event: Event) => this.#aloud((event.target as HTMLInputElement).checked)} />
        ${words.voice}
      </label>
    </div>`;
  }

  #keypad(words: typeof fr): TemplateResult {
    const names: Record<string, string> = { "*": words.star, "#": words.pound };
    return html`<div class="keypad" role="group" aria-label=${words.keypad}>
      ${KEYS.map(
        (key) => html`<button
          ?disabled=${!this.#line.isUp}
          data-letters=${LETTERS[key] ?? nothing}
          aria-label=${words.key.replace("{key}", names[key] ?? key)}
          @click=${() => this.#line.press(key)}
        >${key}</button>`,
      )}
      <output aria-label=${words.entered}>${this.#line.entered}</output>
    </div>`;
  }

  #speech(words: typeof fr): TemplateResult {
    const isDeaf = !this.#line.isUp || !this.#line.takesSpeech;
    return html`<form class="speech" @submit=${(event: Event) => this.#say(event)}>
      <label>${words.sayLabel} <input id="words" autocomplete="off" maxlength="900" ?disabled=${isDeaf} /></label>
      <button ?disabled=${isDeaf}>${words.say}</button>
      ${canListen()
        ? html`<button type="button" ?disabled=${isDeaf || this.#isListening} @click=${() => this.#hear()}>
            ${this.#isListening ? words.microphoneOn : words.microphone}
          </button>`
        : nothing}
      <button type="button" ?disabled=${!this.#line.isUp} @click=${() => this.#line.beSilent()}>${words.silent}</button>
    </form>`;
  }

  #ends(words: typeof fr): TemplateResult {
    return html`<div class="ends">
      <button @click=${() => this.#line.dialled("completed")}>${words.answered}</button>
      <button @click=${() => this.#line.dialled("no-answer")}>${words.unanswered}</button>
    </div>`;
  }

  #transcript(words: typeof fr): TemplateResult {
    return html`<section aria-labelledby="told-title">
      <h2 id="told-title">${words.transcript}</h2>
      <div class="told" role="log" tabindex="0" aria-labelledby="told-title"><ol>
        ${this.#line.told.map(
          (one) => html`<li class=${one.who}>
            <b>${words[one.who]}</b> <span lang=${one.language}>${one.text}</span>
          </li>`,
        )}
      </ol></div>
    </section>`;
  }

  #choose(language: Language): void {
    this.#language = language;
    document.documentElement.lang = `${language}-CA`;
    this.requestUpdate();
  }

  #aloud(isOn: boolean): void {
    if (!isOn) this.#mouth.hush();
    this.#mouth.isOn = isOn;
  }

  #call(): void {
    const digits = (this.querySelector<HTMLInputElement>("#caller")?.value ?? "").replace(/\D/g, "").slice(-10);
    void this.#line.ring(digits.length === 10 ? `+1${digits}` : "");
  }

  #say(event: Event): void {
    event.preventDefault();
    const input = this.querySelector<HTMLInputElement>("#words");
    if (!input?.value.trim()) return;
    this.#line.say(input.value);
    input.value = "";
  }

  async #hear(): Promise<void> {
    this.#mouth.hush();
    this.#isListening = true;
    this.requestUpdate();
    const words = await listen(this.#line.language);
    this.#isListening = false;
    this.#line.say(words);
    this.requestUpdate();
  }

  async #fetch(body: Record<string, string>): Promise<string> {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(this.api, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the service answered ${answer.status}`);
    return answer.text();
  }
}

customElements.define("soft-phone", SoftPhone);
