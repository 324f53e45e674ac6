/** What a message may carry besides words: a form to sign in or to be called back, or the receipt of what was done. */

import { isFields } from "./fields";

export interface SignInCard {
  readonly kind: "sign_in";
}

export interface CallbackCard {
  readonly kind: "callback";
}

/** One thing that an operation changed, in words; null where there is nothing to tell. */
export interface ReceiptLine {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A receipt, its texts in the language of its message. */
export interface ReceiptCard {
  readonly kind: "receipt";
  readonly number: string;
  readonly title: string;
  readonly account: string | null;
  readonly done: string;
  readonly effective: string;
  readonly lines: readonly ReceiptLine[];
  readonly undo: string;
  readonly sentTo: string | null;
}

export type Card = SignInCard | CallbackCard | ReceiptCard;

/** The card in `value`, or undefined when it is none that we could show. */
export function readCard(value: unknown): Card | undefined {
  if (!isFields(value)) return undefined;
  if (value["kind"] === "sign_in") return { kind: "sign_in" };
  if (value["kind"] === "callback") return { kind: "callback" };
  return value["kind"] === "receipt" ? readReceipt(value) : undefined;
}

function readReceipt(value: Record<string, unknown>): ReceiptCard | undefined {
  const { number, title } = value;
  if (typeof number !== "string" || !/^\d+$/u.test(number) || typeof title !== "string") return undefined;
  return {
    kind: "receipt",
    number,
    title,
    account: words(value["account"]),
    done: words(value["done"]) ?? "",
    effective: words(value["effective"]) ?? "",
    lines: Array.isArray(value["lines"]) ? value["lines"].filter(isFields).map(readLine) : [],
    undo: words(value["undo"]) ?? "",
    sentTo: words(value["sent_to"]),
  };
}

function readLine(value: Record<string, unknown>): ReceiptLine {
  return { label: words(value["label"]) ?? "", before: words(value["before"]), after: words(value["after"]) };
}

function words(value: unknown): string | null {
  return typeof value === "string" && value ? value : null;
}
