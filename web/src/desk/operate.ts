/** An operation for the customer: its form, then the receipt as it would be, then, on a yes, the receipt. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { Refusal } from "../assistant-chat/core/http";
import { newId } from "../assistant-chat/core/outbox";
import type { Order } from "./core/api";
import type { Thread } from "./core/thread";
import type { Account, Customer, Draft, Hidden, Receipt, Value } from "./core/types";
import { bare } from "./core/values";
import { spaced } from "./customer-card";
import { DeskDialog } from "./dialog";
import { NEEDS_NO_ACCOUNT, PREVIEWLESS, fieldsView, readValues } from "./operations";
import { grouped } from "./views/line-view";
import { receiptTable } from "./views/receipt-view";

/** The refusal that a yes to "another one like it" lifts. */
const DUPLICATE = "payment_looks_reported";

export class OperateDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, thread: { attribute: false } };

  declare thread: Thread;
  #customer: Customer | undefined;
  #account: Account | undefined;
  #accountId = "";
  #operation = "";
  #order: Order | undefined;
  #preview: Receipt | undefined;
  #done: Receipt | undefined;
  /** One key for one order, so that however often it is sent it is done once. */
  #key = "";
  #isDuplicate = false;

  protected get heading(): string {
    return this.app.texts.get("action.operate");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  protected body(): unknown {
    const { texts } = this.app;
    if (this.#done) return this.#doneView(this.#done);
    if (this.#order && (this.#preview || PREVIEWLESS.includes(this.#operation))) return this.#confirmView();
    if (!this.#customer) return this.problem ? this.problemView() : html`<p class="hint">${texts.get("loading")}</p>`;
    return this.#formView(this.#customer);
  }

  async #begin(): Promise<void> {
    const draft = this.thread.view?.drafts.at(-1);
    const known = this.#operations.map(({ id }) => id);
    this.#operation = draft && known.includes(draft.operation) ? draft.operation : (known[0] ?? "");
    await this.attempt(async () => {
      const customer = await this.app.desk.api.customer(this.thread.id);
      await this.#choose(draft?.account_id ?? customer.accounts[0]?.id ?? "");
      this.#customer = customer;
    });
    await this.updateComplete;
    this.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  async #choose(accountId: string): Promise<void> {
    this.#accountId = accountId;
    this.#account = accountId ? await this.app.desk.api.account(this.thread.id, accountId) : undefined;
    this.requestUpdate();
  }

  get #operations(): readonly { id: string; name: string }[] {
    return this.app.desk.settings?.operations ?? [];
  }

  #formView(customer: Customer): TemplateResult {
    const { texts } = this.app;
    return html`<form @submit=${this.#ask}>
      <div class="entry">
        <label for="operation">${texts.get("operate.what")}</label>
        <select id="operation" data-first @change=${this.#changeOperation}>
          ${this.#operations.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.#operation}>${name}</option>`)}
        </select>
      </div>
      <div class="entry">
        <label for="operate-account">${texts.get("customer.account")}</label>
        <select id="operate-account" @change=${(event: Event) => void this.#choose((event.target as HTMLSelectElement).value)}>
          ${customer.accounts.map(
            ({ id, number, holder }) =>
              html`<option value=${id} ?selected=${id === this.#accountId}>${spaced(number)}, ${holder}</option>`,
          )}
        </select>
      </div>
      ${this.#takeView()} ${this.#account ? fieldsView(this.app, this.#operation, this.#account, this.#draftValues) : nothing}
      ${this.#isDuplicate
        ? html`<label class="option"
            ><input type="checkbox" name="confirm_duplicate" /><span>${texts.get("operate.duplicate")}</span></label
          >`
        : nothing}
      ${this.submitView(texts.get(PREVIEWLESS.includes(this.#operation) ? "operate.continue" : "operate.preview"))}
    </form>`;
  }

  get #draft(): Draft | undefined {
    return this.thread.view?.drafts.findLast(({ operation }) => operation === this.#operation);
  }

  get #draftValues(): Record<string, unknown> {
    const draft = this.#draft;
    return Object.fromEntries(draft?.values.map((value) => [value.id, this.#known(value)]) ?? []);
  }

  /** A value that is masked is known once it was asked for. */
  #known({ value, hidden }: Value): unknown {
    const [first] = hidden;
    return bare(first ? this.thread.revealed.get(first.id) : value);
  }

  get #hidden(): readonly Hidden[] {
    const all = this.#draft?.values.flatMap(({ hidden }) => hidden) ?? [];
    return all.filter(({ id }) => id.endsWith(":all") && !this.thread.revealed.has(id));
  }

  /** What the customer has already given goes into the form when the rep asks for it, which is written down. */
  #takeView(): TemplateResult | typeof nothing {
    const { texts } = this.app;
    if (!this.#hidden.length) return nothing;
    return html`<p class="row">
      <button type="button" class="small" @click=${this.#take}>${texts.get("operate.take")}</button>
      <span class="hint">${texts.get("operate.taken")}</span>
    </p>`;
  }

  readonly #take = async (): Promise<void> => {
    const { desk, texts } = this.app;
    const reason = texts.get("operate.reason", { operation: this.#name });
    const isTaken = await this.attempt(async () => {
      for (const { id } of this.#hidden) this.thread.revealed.set(id, await desk.api.reveal(this.thread.id, id, reason));
    });
    if (!isTaken) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>("form input")?.focus();
  };

  #confirmView(): TemplateResult {
    const { texts } = this.app;
    return html`<form @submit=${this.#confirm}>
      <h3 tabindex="-1" data-step>${this.#name}</h3>
      ${this.#preview ? receiptTable(this.#preview.words, texts.language) : nothing}
      <p>${texts.get("operate.sure")}</p>
      ${this.problemView()}
      <div class="dialog-foot">
        <button type="button" @click=${this.#back}>${texts.get("operate.back")}</button>
        <button type="submit" class="primary" aria-disabled=${this.isSending ? "true" : nothing}>
          ${texts.get(this.isSending ? "dialog.sending" : this.problem ? "retry" : "operate.yes")}
        </button>
      </div>
    </form>`;
  }

  #doneView(receipt: Receipt): TemplateResult {
    const { texts } = this.app;
    return html`<h3 tabindex="-1" data-step>${texts.get("operate.done")}</h3>
      <p>
        <strong>${receipt.words.title}</strong>
        ${receipt.number ? html`<span class="number">${grouped(receipt.number)}</span>` : nothing}
      </p>
      ${receiptTable(receipt.words, texts.language)} ${receipt.words.undo ? html`<p class="hint">${receipt.words.undo}</p>` : nothing}
      <div class="dialog-foot">
        <button type="button" class="primary" @click=${() => this.close()}>${texts.get("dialog.close")}</button>
      </div>`;
  }

  get #name(): string {
    return this.#operations.find(({ id }) => id === this.#operation)?.name ?? this.#operation;
  }

  readonly #changeOperation = (event: Event): void => {
    this.#operation = (event.target as HTMLSelectElement).value;
    [this.problem, this.#isDuplicate] = ["", false];
    this.requestUpdate();
  };

  readonly #ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const values = readValues(this.#operation, form);
    if (values === undefined) return this.#wrong(form);
    const account = NEEDS_NO_ACCOUNT.includes(this.#operation) ? {} : { account_id: this.#accountId };
    const order: Order = { operation: this.#operation, ...account, values };
    const isFine = PREVIEWLESS.includes(this.#operation) || (await this.attempt(() => this.#look(order)));
    if (!isFine) return;
    [this.#order, this.#key] = [order, newId()];
    await this.#step();
  };

  #wrong(form: HTMLFormElement): void {
    this.problem = this.app.texts.get("operate.amountWrong");
    this.requestUpdate();
    form.querySelector<HTMLElement>("[name=amount]")?.focus();
  }

  async #look(order: Order): Promise<void> {
    try {
      this.#preview = await this.app.desk.api.preview(this.thread.id, order);
    } catch (error) {
      this.#isDuplicate ||= error instanceof Refusal && error.fields["reason"] === DUPLICATE;
      throw error;
    }
  }

  readonly #confirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const order = this.#order as Order;
    const isDone = await this.attempt(async () => {
      this.#done = await this.app.desk.api.operate(this.thread.id, order, this.#key);
    });
    if (!isDone) return;
    await this.#step();
    await this.thread.load().catch(() => undefined);
  };

  readonly #back = (): void => {
    [this.#order, this.#preview, this.problem] = [undefined, undefined, ""];
    this.requestUpdate();
  };

  /** What came in place of the form is where the focus goes. */
  async #step(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("[data-step]")?.focus();
  }
}

customElements.define("desk-operate", OperateDialog);
