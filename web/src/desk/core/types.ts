/** What the desk's API tells, named as it names them. Texts in it were written by anybody: they are only ever shown as text. */

import type { Message } from "../../assistant-chat/core/protocol";
import { readMessage } from "../../assistant-chat/core/protocol";
import { isFields } from "../../assistant-chat/core/fields";

export type Language = "fr" | "en";
export type Role = "rep" | "lead" | "admin";
export type Json = Record<string, unknown>;

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface RepRef {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
}

export interface Me extends RepRef {
  readonly user_id: string;
  readonly role: Role;
  readonly language: Language;
  readonly languages: readonly Language[];
}

export interface Session {
  readonly rep: Me;
  readonly csrf: string;
  readonly expires_at: string;
}

export interface Presence extends RepRef {
  readonly role: Role;
  readonly languages: readonly Language[];
  readonly present: boolean;
  readonly claimed: number;
  /** One of the settings' teams, by its id. */
  readonly team: string | null;
}

/** A rep as those see them who lead the team. */
export interface Member extends RepRef {
  readonly user_id: string;
  readonly role: Role;
  readonly languages: readonly Language[];
  readonly team: Named | null;
  readonly active: boolean;
  readonly present: boolean;
  readonly claimed: number;
  readonly created_at: string;
}

/** What is told of a member to add or to change. */
export interface MemberFacts {
  readonly name: string;
  readonly alias: string;
  readonly role: Role;
  readonly languages: readonly Language[];
  readonly team: string | null;
}

/** What is handed over to a member, told once. */
export interface Credentials {
  readonly password: string;
  readonly secret: string;
  readonly uri: string;
  /** The picture of the address, line by line, 1 for dark. */
  readonly qr: readonly string[];
}

export interface Handed {
  readonly member: Member;
  readonly credentials: Credentials;
}

export interface Settings {
  readonly is_open: boolean;
  readonly hours: string;
  readonly opens: string | null;
  readonly away_minutes: number;
  readonly teams: readonly Named[];
  readonly outcomes: readonly Named[];
  readonly operations: readonly Named[];
}

export type Reason = "asked" | "complaint" | "failures" | "refused" | "backend_down" | "business_ebill";

/** A conversation as lists show it. */
export interface Item {
  readonly id: string;
  readonly owner: "bot" | "queue" | "rep";
  readonly language: Language;
  readonly channel: string;
  readonly verified: boolean;
  readonly topic: { readonly kind: "operation" | "faq"; readonly id: string; readonly label: string } | null;
  readonly reason: Reason | null;
  readonly place: number | null;
  readonly queued_at: string | null;
  readonly waiting: number | null;
  readonly rep: RepRef | null;
  readonly team: Named | null;
  readonly last_seq: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly outcome: Named | null;
}

export interface Queue {
  readonly now: string;
  readonly waiting: readonly Item[];
  readonly mine: readonly Item[];
  readonly others: readonly Item[];
  readonly tickets: number;
}

/** A value that is masked; it is asked for by its id. */
export interface Hidden {
  readonly id: string;
  readonly kind: string;
  /** Where it stands in what it belongs to: `text`, `card.lines.0.after`, `reach_at` ... */
  readonly field: string;
}

export interface Value extends Named {
  readonly value: unknown;
  readonly hidden: readonly Hidden[];
}

export interface Draft {
  readonly operation: string;
  readonly label: string;
  readonly stage: "collecting" | "confirming" | "failed" | "unknown";
  readonly account_id: string | null;
  readonly values: readonly Value[];
  readonly missing: readonly Named[];
}

export interface Tried {
  readonly operation: string;
  readonly label: string;
  readonly state: "collecting" | "confirming" | "failed" | "unknown" | "left" | "done";
  readonly by: "bot" | "rep";
  readonly seq: number;
  readonly at: string;
  readonly receipt_number: string | null;
}

export interface ShownReceipt {
  readonly number: string;
  readonly title: string;
  readonly seq: number;
  readonly at: string;
  readonly by: "bot" | "rep";
}

export interface NoteOf {
  readonly id: number;
  readonly rep: RepRef;
  readonly text: string;
  readonly created_at: string;
}

export interface Ticket {
  readonly number: string;
  readonly conversation: string;
  readonly language: Language;
  readonly reach_by: "telephone" | "email";
  readonly reach_at: string;
  readonly message: string;
  readonly hidden: readonly Hidden[];
  readonly state: "open" | "done";
  readonly created_at: string;
  readonly done_at: string | null;
  readonly done_by: RepRef | null;
  readonly outcome: Named | null;
}

export interface View {
  readonly conversation: Item;
  readonly profile_id: string | null;
  readonly drafts: readonly Draft[];
  readonly tried: readonly Tried[];
  readonly receipts: readonly ShownReceipt[];
  readonly refusals: readonly { readonly seq: number; readonly at: string; readonly code: string; readonly text: string }[];
  readonly handoffs: readonly { readonly seq: number; readonly at: string; readonly reason: string }[];
  readonly notes: readonly NoteOf[];
  readonly tickets: readonly Ticket[];
}

export interface Guess {
  readonly intent: string;
  readonly label: string;
  readonly confidence: number;
}

export interface Understood extends Guess {
  readonly ranking: readonly Guess[];
}

/** A line of the transcript with what only the desk is told of it. */
export interface Line extends Message {
  /** What the buttons under it said. */
  readonly titles: readonly string[];
  readonly hidden: readonly Hidden[];
  readonly understood?: Understood;
  readonly failure?: string;
  readonly handoff?: string;
}

export interface Profile {
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly language: string;
}

export interface AccountRef {
  readonly id: string;
  readonly number: string;
  readonly holder: string;
  readonly kind: string;
  readonly status: string;
}

export interface Customer {
  readonly profile: Profile;
  readonly verified: boolean;
  readonly accounts: readonly AccountRef[];
}

export interface Address {
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly province: string;
  readonly postal_code: string;
}

/** One account as the system of record tells it; what isn't named here isn't used. */
export interface Account {
  readonly summary: {
    readonly billing_address: Address;
    readonly scheduled_address: { readonly address: Address; readonly effective_on: string } | null;
    readonly plan: { readonly code: string; readonly name: string; readonly monthly_fee_cents: number } | null;
    readonly balance: { readonly balance_cents: number; readonly due_on: string | null; readonly is_overdue: boolean };
    readonly ebill: { readonly delivery: string; readonly email: string | null };
    readonly next_bill_on: string;
  };
  readonly plans: readonly { readonly code: string; readonly name: string; readonly monthly_fee_cents: number }[];
  readonly bills: readonly { readonly id: string; readonly issued_on: string; readonly total_cents: number }[];
  readonly receipts: readonly { readonly number: string; readonly words: { readonly title: string; readonly done: string } }[];
}

export interface ReceiptWords {
  readonly title: string;
  readonly account: string | null;
  readonly done: string;
  readonly effective: string;
  readonly lines: readonly { readonly label: string; readonly before: string | null; readonly after: string | null }[];
  readonly undo: string;
}

export interface Receipt {
  readonly number: string | null;
  readonly words: ReceiptWords;
}

export interface Canned {
  readonly id: string;
  readonly question: string;
  readonly text: string;
  readonly version: string;
  readonly lang: Language;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  readonly rep: RepRef | null;
  readonly action: string;
  readonly conversation: string | null;
  /** The details, in words. */
  readonly facts: readonly { readonly id: string; readonly name: string; readonly value: string }[];
}

/** What the live connection brings. */
export type Frame =
  | { readonly type: "ready" }
  | { readonly type: "queue"; readonly queue: Queue }
  | { readonly type: "reps"; readonly reps: readonly Presence[] }
  | { readonly type: "deliveries" }
  | { readonly type: "message"; readonly conversation: string; readonly line: Line }
  | { readonly type: "changed"; readonly conversation: string; readonly item: Item }
  | { readonly type: "typing"; readonly conversation: string; readonly on: boolean; readonly who: "customer" | "bot" }
  | { readonly type: "error"; readonly conversation: string | undefined; readonly code: string; readonly words: string };

/** The line in `value`, or undefined when it isn't one that could be shown. */
export function readLine(value: unknown): Line | undefined {
  const message = readMessage(value);
  if (!message || !isFields(value)) return undefined;
  const titles = Array.isArray(value["buttons"]) ? value["buttons"].filter((title) => typeof title === "string") : [];
  return {
    ...message,
    titles,
    hidden: Array.isArray(value["hidden"]) ? (value["hidden"] as Hidden[]) : [],
    ...(isFields(value["understood"]) ? { understood: value["understood"] as unknown as Understood } : {}),
    ...(typeof value["failure"] === "string" ? { failure: value["failure"] } : {}),
    ...(typeof value["handoff"] === "string" ? { handoff: value["handoff"] } : {}),
  };
}

/** Every readable line of a list. */
export function readLines(value: unknown): Line[] {
  return Array.isArray(value) ? value.map(readLine).filter((line) => line !== undefined) : [];
}
