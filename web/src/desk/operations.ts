/** The forms of the operations: which fields each has, filled with what is already known, and the values read from them. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { App } from "./app";
import type { Account, Address, Json } from "./core/types";
import { parseAmount } from "./texts";
import { grouped } from "./views/line-view";

type Known = Readonly<Record<string, unknown>>;
const PROVINCES = ["QC", "ON", "NB", "NS", "PE", "NL", "MB", "SK", "AB", "BC", "YT", "NT", "NU"];
const METHODS = ["online_banking", "bank", "cheque", "card", "in_person", "other"] as const;
/** Done on a receipt, not on an account. */
export const NEEDS_NO_ACCOUNT = ["undo", "send_receipt"];
/** Done at once: there is nothing to show before. */
export const PREVIEWLESS = ["send_receipt"];

/** The fields of an operation; `known` is what the customer has already said. */
export function fieldsView(app: App, operation: string, account: Account, known: Known): TemplateResult | typeof nothing {
  switch (operation) {
    case "change_address":
      return addressFields(app, known);
    case "switch_plan":
      return planField(app, account, known);
    case "report_payment":
      return paymentFields(app, known);
    case "enrol_ebill":
      return html`${emailField(app, known["ebill_email"])} ${checkField(app.texts.get("field.consent"), "consent")}`;
    case "change_ebill_email":
      return emailField(app, known["new_ebill_email"]);
    case "resend_bill":
      return selectField(
        app.texts.get("field.bill"),
        "bill_id",
        account.bills.map((bill) => [bill.id, `${app.texts.day(bill.issued_on)}, ${app.texts.money(bill.total_cents)}`]),
      );
    case "undo":
    case "send_receipt":
      return receiptField(app, account);
    default:
      return nothing;
  }
}

/** What the operation is done with; undefined when the amount is none. */
export function readValues(operation: string, form: HTMLFormElement): Json | undefined {
  const data = new FormData(form);
  const value = (name: string): string => String(data.get(name) ?? "").trim();
  const optional = (name: string): Json => (value(name) ? { [name]: value(name) } : {});
  switch (operation) {
    case "change_address":
      return { address: addressOf(value), ...optional("effective_on") };
    case "switch_plan":
      return { plan: value("plan") };
    case "report_payment": {
      const amount = parseAmount(value("amount"));
      if (amount === undefined) return undefined;
      const facts = { amount_cents: amount, paid_on: value("paid_on"), method: value("method") };
      return { ...facts, ...optional("reference"), ...(data.has("confirm_duplicate") ? { confirm_duplicate: true } : {}) };
    }
    case "enrol_ebill":
      return { email: value("email"), consent: data.has("consent") };
    case "change_ebill_email":
      return { email: value("email") };
    case "resend_bill":
      return { bill_id: value("bill_id") };
    case "undo":
    case "send_receipt":
      return { receipt_number: value("receipt_number") };
    default:
      return {};
  }
}

function addressOf(value: (name: string) => string): Address {
  const [line1, line2, city] = [value("line1"), value("line2"), value("city")];
  return { line1, line2, city, province: value("province"), postal_code: value("postal_code").toUpperCase() };
}

function addressFields({ texts }: App, known: Known): TemplateResult {
  const address = (known["address"] ?? {}) as Partial<Record<keyof Address, string>>;
  return html`${inputField(texts.get("field.line1"), "line1", { value: address.line1, isRequired: true })}
    ${inputField(texts.get("field.line2"), "line2", { value: address.line2 })}
    <div class="side-by-side">
      ${inputField(texts.get("field.city"), "city", { value: address.city, isRequired: true })}
      ${selectField(texts.get("field.province"), "province", PROVINCES.map((code) => [code, code]), address.province)}
      ${inputField(texts.get("field.postalCode"), "postal_code", { value: address.postal_code, isRequired: true })}
    </div>
    ${inputField(texts.get("field.effectiveOn"), "effective_on", { type: "date", value: textOf(known["effective_on"]) })}`;
}

function planField({ texts }: App, account: Account, known: Known): TemplateResult {
  const plans = account.plans.filter(({ code }) => code !== account.summary.plan?.code);
  const rows = plans.map(({ code, name, monthly_fee_cents: fee }): [string, string] => [
    code,
    texts.get("field.planFee", { name, fee: texts.money(fee) }),
  ]);
  return selectField(texts.get("field.plan"), "plan", rows, textOf(known["plan"]));
}

function paymentFields({ texts }: App, known: Known): TemplateResult {
  const cents = known["amount"];
  const amount = typeof cents === "number" ? (cents / 100).toFixed(2).replace(".", texts.language === "fr" ? "," : ".") : "";
  return html`<div class="side-by-side">
      ${inputField(texts.get("field.amount"), "amount", { value: amount, isRequired: true, mode: "decimal" })}
      ${inputField(texts.get("field.paidOn"), "paid_on", { type: "date", value: textOf(known["paid_on"]), isRequired: true })}
    </div>
    ${selectField(texts.get("field.method"), "method", METHODS.map((id) => [id, texts.get(`method.${id}`)]), textOf(known["method"]))}
    ${inputField(texts.get("field.reference"), "reference", { value: textOf(known["reference"]) })}`;
}

function receiptField({ texts }: App, account: Account): TemplateResult {
  const rows = account.receipts.map(({ number, words }): [string, string] => [number, `${grouped(number)}, ${words.title}, ${words.done}`]);
  return selectField(texts.get("field.receipt"), "receipt_number", rows);
}

function emailField({ texts }: App, value: unknown): TemplateResult {
  return inputField(texts.get("field.email"), "email", { type: "email", value: textOf(value), isRequired: true });
}

function checkField(label: string, name: string): TemplateResult {
  return html`<label class="option"><input type="checkbox" name=${name} required /><span>${label}</span></label>`;
}

interface Input {
  readonly type?: "text" | "date" | "email";
  readonly value?: string | undefined;
  readonly isRequired?: boolean;
  readonly mode?: "decimal";
}

function inputField(label: string, name: string, { type = "text", value = "", isRequired = false, mode }: Input): TemplateResult {
  return html`<div class="entry">
    <label for="field-${name}">${label}</label>
    <input
      id="field-${name}"
      name=${name}
      type=${type}
      autocomplete="off"
      maxlength="254"
      inputmode=${mode ?? nothing}
      value=${value}
      ?required=${isRequired}
    />
  </div>`;
}

function selectField(label: string, name: string, rows: readonly (readonly [string, string])[], chosen = ""): TemplateResult {
  return html`<div class="entry">
    <label for="field-${name}">${label}</label>
    <select id="field-${name}" name=${name} required>
      ${rows.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select>
  </div>`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
