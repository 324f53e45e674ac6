/** What was not understood, grouped, the most frequent first; what reps propose to make of it, and what leads decide. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Asking } from "./app";
import type { Missed, Proposal } from "./core/records";
import type { Canned } from "./core/types";
import { DeskDialog } from "./dialog";
import { DeskElement } from "./element";
import { hrefOf } from "./routes";

const DAYS = 30;

class QuestionsPage extends DeskElement {
  #groups: readonly Missed[] | undefined;
  #proposals: readonly Proposal[] = [];
  #filter = "";
  #problem = "";
  #language = "";

  protected override willUpdate(): void {
    if (this.#language === this.app.texts.language) return;
    this.#language = this.app.texts.language;
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { texts } = this.app;
    return html`<section class="page" aria-labelledby="page-title">
      <h1 id="page-title" tabindex="-1">${texts.get("page.questions")}</h1>
      <p class="hint">${texts.get("questions.explain", { days: DAYS })}</p>
      <p class="filters">
        <label for="questions-language">${texts.get("column.language")}</label>
        <select id="questions-language" @change=${this.#change}>
          <option value="">${texts.get("filter.all")}</option>
          ${(["fr", "en"] as const).map((code) => html`<option value=${code}>${texts.name("language", code)}</option>`)}
        </select>
      </p>
      ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : nothing}
      ${this.#groups === undefined && !this.#problem ? html`<p class="hint">${texts.get("loading")}</p>` : nothing}
      ${this.#groups?.length === 0 ? html`<p class="hint">${texts.get("questions.none")}</p>` : nothing}
      <ol class="groups" role="list">
        ${this.#groups?.map((group) => html`<li>${this.#groupView(group)}</li>`)}
      </ol>
      ${this.#proposals.length ? this.#proposalsView() : nothing}
    </section>`;
  }

  #groupView(group: Missed): TemplateResult {
    const { texts } = this.app;
    const reasons = Object.entries(group.reasons).map(([reason, count]) => `${texts.name("missedReason", reason)} (${count})`);
    const propose = (): void => this.app.ask({ kind: "propose", missed: group, done: () => void this.#read() });
    return html`<div class="panel">
      <div class="panel-head">
        <p><strong lang=${group.language}>${group.text}</strong> <span class="tag language">${texts.name("language", group.language)}</span></p>
        <button type="button" class="small" aria-haspopup="dialog" @click=${propose}>${texts.get("questions.propose")}</button>
      </div>
      <p class="hint">${texts.count("questions.times", group.count)} · ${reasons.join(", ")}</p>
      ${group.meant.length
        ? html`<p>${texts.get("questions.meant")}</p>
            <ul>
              ${group.meant.map(({ intent, label, count }) => html`<li>${label} <span class="count">(${count})</span> ${idView(intent)}</li>`)}
            </ul>`
        : nothing}
      <details>
        <summary>${texts.count("questions.conversations", group.conversations)}</summary>
        <ul>
          ${group.questions.map(
            ({ conversation, text, at }) =>
              html`<li>
                <a href=${hrefOf({ page: "queue", conversation })}>${texts.moment(at)}</a>&nbsp;: <span lang=${group.language}>${text}</span>
              </li>`,
          )}
        </ul>
      </details>
    </div>`;
  }

  #proposalsView(): TemplateResult {
    const { texts } = this.app;
    return html`<h2>${texts.get("proposals.title")}</h2>
      <ul class="groups" role="list">
        ${this.#proposals.map(
          (proposal) => html`<li class="panel">
            <p>
              <strong lang=${proposal.language}>${proposal.question}</strong>&nbsp;: ${proposal.label ?? texts.get("propose.new")}
              ${proposal.intent ? idView(proposal.intent) : nothing}
            </p>
            ${proposal.note ? html`<p>${proposal.note}</p>` : nothing}
            ${this.app.desk.isLead
              ? html`<p class="row">
                  <button type="button" class="small primary" @click=${() => void this.#decide(proposal, true)}>${texts.get("proposals.accept")}</button>
                  <button type="button" class="small" @click=${() => void this.#decide(proposal, false)}>${texts.get("proposals.dismiss")}</button>
                </p>`
              : nothing}
          </li>`,
        )}
      </ul>`;
  }

  readonly #change = (event: Event): void => {
    this.#filter = (event.target as HTMLSelectElement).value;
    void this.#read();
  };

  async #read(): Promise<void> {
    const { api } = this.app.desk;
    try {
      const filter = { days: DAYS, ...(this.#filter ? { language: this.#filter } : {}) };
      [this.#groups, this.#proposals] = await Promise.all([api.missed(filter), api.proposals()]);
      this.#problem = "";
    } catch (error) {
      this.#problem = this.app.explain(error);
    }
    this.requestUpdate();
  }

  async #decide(proposal: Proposal, accept: boolean): Promise<void> {
    try {
      await this.app.desk.api.decide(proposal.id, accept);
      this.app.tell({ kind: "done", text: this.app.texts.get(accept ? "proposals.accepted" : "proposals.dismissed") });
    } catch (error) {
      this.app.tell({ kind: "wrong", text: this.app.explain(error) });
    }
    await this.#read();
    this.querySelector<HTMLElement>("h1")?.focus();
  }
}

/** What the program calls it, for whoever looks for it in the files. */
function idView(intent: string): TemplateResult | typeof nothing {
  return intent === "none" ? nothing : html`<code class="id">${intent}</code>`;
}

class ProposeDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, asking: { attribute: false } };

  declare asking: Extract<Asking, { readonly kind: "propose" }>;
  #entries: readonly Canned[] = [];

  protected get heading(): string {
    return this.app.texts.get("questions.propose");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.attempt(async () => (this.#entries = await this.app.desk.api.canned(this.app.texts.language, "", 100)));
  }

  protected body(): TemplateResult {
    const { texts, desk } = this.app;
    return html`<form @submit=${this.#submit}>
      <div class="entry">
        <label for="question">${texts.get("propose.question")}</label>
        <input id="question" name="question" lang=${this.asking.missed.language} maxlength="300" required value=${this.asking.missed.text} data-first />
      </div>
      <div class="entry">
        <label for="intent">${texts.get("propose.is")}</label>
        <select id="intent" name="intent">
          <option value="">${texts.get("propose.new")}</option>
          <optgroup label=${texts.get("propose.entries")}>
            ${this.#entries.map(({ id, question }) => html`<option value="faq_${id}">${question}</option>`)}
          </optgroup>
          <optgroup label=${texts.get("side.operations")}>
            ${desk.settings?.operations.map(({ id, name }) => html`<option value="op_${id}">${name}</option>`)}
          </optgroup>
        </select>
      </div>
      <div class="entry">
        <label for="propose-note">${texts.get("close.note")}</label>
        <textarea id="propose-note" name="note" rows="2" maxlength="1000"></textarea>
      </div>
      <p class="hint">${texts.get("propose.explain")}</p>
      ${this.submitView(texts.get("propose.submit"))}
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const proposal = {
      question: this.value(form, "question"),
      language: this.asking.missed.language,
      intent: this.value(form, "intent") || null,
      note: this.value(form, "note"),
    };
    if (!(await this.attempt(() => this.app.desk.api.propose(proposal)))) return;
    this.close();
    this.asking.done();
    this.app.tell({ kind: "done", text: this.app.texts.get("propose.done") });
  };
}

customElements.define("desk-questions", QuestionsPage);
customElements.define("desk-propose", ProposeDialog);
