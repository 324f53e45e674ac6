/** The customer of a conversation: who it is, and the account that is looked at; read from the system of record when asked for. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { Refusal } from "../assistant-chat/core/http";
import type { Thread } from "./core/thread";
import type { Account, AccountRef, Customer } from "./core/types";
import { addressLine } from "./core/values";
import { DeskElement } from "./element";

export class CustomerCard extends DeskElement {
  static override properties = { ...DeskElement.properties, thread: { attribute: false } };

  declare thread: Thread;
  #shown = "";
  #customer: Customer | undefined;
  #account: Account | undefined;
  #accountId = "";
  #isUnknown = false;
  #problem = "";

  /** Somebody signed in or was chosen, something was done: what is shown may be past. */
  protected override willUpdate(): void {
    const { view, id } = this.thread;
    if (!view) return;
    const done = view.receipts.length;
    const now = [id, view.profile_id, view.conversation.verified, done, this.app.texts.language].join(" ");
    if (now === this.#shown) return;
    this.#shown = now;
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { texts } = this.app;
    return html`<section class="panel" aria-labelledby="customer-title">
      <div class="panel-head">
        <h2 id="customer-title">${texts.get("customer.title")}</h2>
        ${this.app.desk.isMine(this.thread.item) && !this.#customer?.verified
          ? html`<button type="button" class="small" aria-haspopup="dialog" @click=${this.#choose}>${texts.get("customer.find")}</button>`
          : nothing}
      </div>
      ${this.#isUnknown ? html`<p class="hint">${texts.get("customer.unknown")}</p>` : nothing}
      ${this.#problem
        ? html`<p class="problem">${this.#problem}</p>
            <button type="button" class="small" @click=${() => void this.#read()}>${texts.get("retry")}</button>`
        : nothing}
      ${this.#customer ? this.#customerView(this.#customer) : nothing}
    </section>`;
  }

  readonly #choose = (): void => this.app.ask({ kind: "customer", thread: this.thread });

  async #read(): Promise<void> {
    const { api } = this.app.desk;
    const { id } = this.thread;
    this.#problem = "";
    try {
      const customer = await api.customer(id);
      const accountId = customer.accounts.find((account) => account.id === this.#accountId)?.id ?? customer.accounts[0]?.id;
      const account = accountId ? await api.account(id, accountId) : undefined;
      if (id !== this.thread.id) return;
      [this.#customer, this.#account, this.#accountId, this.#isUnknown] = [customer, account, accountId ?? "", false];
    } catch (error) {
      [this.#customer, this.#account] = [undefined, undefined];
      this.#isUnknown = error instanceof Refusal && error.code === "customer_unknown";
      this.#problem = this.#isUnknown ? "" : this.app.explain(error);
    }
    this.requestUpdate();
  }

  #customerView(customer: Customer): TemplateResult {
    const { texts } = this.app;
    return html`<p class="holder">
        <strong>${customer.accounts[0]?.holder ?? customer.profile.user_id}</strong>
        <span class="tag ${customer.verified ? "verified" : ""}"
          >${texts.get(customer.verified ? "item.verified" : "customer.chosen")}</span
        >
      </p>
      <p>${customer.profile.email}</p>
      ${customer.accounts.length > 1 ? this.#accountChoice(customer.accounts) : nothing}
      ${this.#account ? this.#accountView(this.#account, customer.accounts) : nothing}`;
  }

  #accountChoice(accounts: readonly AccountRef[]): TemplateResult {
    const choose = (event: Event): void => {
      this.#accountId = (event.target as HTMLSelectElement).value;
      void this.#read();
    };
    return html`<label class="inline" for="account-shown">${this.app.texts.get("customer.account")}</label>
      <select id="account-shown" @change=${choose}>
        ${accounts.map(
          ({ id, number }) => html`<option value=${id} ?selected=${id === this.#accountId}>${spaced(number)}</option>`,
        )}
      </select>`;
  }

  #accountView({ summary }: Account, accounts: readonly AccountRef[]): TemplateResult {
    const { texts } = this.app;
    const { balance, plan, ebill, scheduled_address: scheduled } = summary;
    const account = accounts.find(({ id }) => id === this.#accountId);
    const fact = (name: string, value: string): TemplateResult => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    const due = balance.due_on ? texts.get("account.due", { date: texts.day(balance.due_on) }) : "";
    return html`<dl>
      ${account ? fact(texts.get("customer.account"), spaced(account.number)) : nothing}
      ${fact(texts.get("account.balance"), [texts.money(balance.balance_cents), due].filter(Boolean).join(", "))}
      ${balance.is_overdue ? html`<div class="wrong">${texts.get("account.overdue")}</div>` : nothing}
      ${fact(texts.get("account.plan"), plan?.name ?? texts.get("account.noPlan"))}
      ${fact(texts.get("account.address"), addressLine(summary.billing_address))}
      ${scheduled
        ? fact(texts.get("account.scheduled", { date: texts.day(scheduled.effective_on) }), addressLine(scheduled.address))
        : nothing}
      ${fact(texts.get("account.bill"), ebill.email ?? texts.name("delivery", ebill.delivery))}
      ${fact(texts.get("account.nextBill"), texts.day(summary.next_bill_on))}
    </dl>`;
  }
}

/** "123 456 782" */
export function spaced(number: string): string {
  return number.replace(/(?<=^(?:\d{3})+)(?=\d)/gu, "\u00a0");
}

customElements.define("desk-customer-card", CustomerCard);
