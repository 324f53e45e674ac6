/** What is told of many conversations: figures, what was not understood, and what outside systems were told. */

import type { Language } from "./types";

export type Outcomes = Readonly<Record<string, number>>;

export interface Totals {
  readonly conversations: number;
  readonly outcomes: Outcomes;
  readonly settled: number;
  readonly resolved: { readonly share: number; readonly low: number; readonly high: number } | null;
}

export interface Count {
  readonly reason: string;
  readonly count: number;
}

export interface Figures {
  readonly first: string;
  readonly last: string;
  readonly days: readonly { readonly day: string; readonly outcomes: Outcomes }[];
  readonly totals: Totals;
  readonly languages: readonly (Totals & { readonly language: Language })[];
  readonly channels: readonly (Totals & { readonly channel: string })[];
  readonly handoffs: readonly Count[];
  readonly not_understood: readonly Count[];
  readonly operations: readonly {
    readonly id: string;
    readonly begun: number;
    readonly done: number;
    readonly refused: number;
    readonly left: number;
  }[];
  readonly faq: readonly {
    readonly id: string;
    readonly answered: number;
    readonly useful: number;
    readonly not_useful: number;
    readonly in_resolved: number;
    readonly in_handed_over: number;
  }[];
  readonly definitions: readonly { readonly id: string; readonly text: string }[];
}

/** One question that was missed or corrected, and those that say the same. */
export interface Missed {
  readonly text: string;
  readonly language: Language;
  readonly count: number;
  readonly conversations: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly meant: readonly { readonly intent: string; readonly label: string; readonly count: number }[];
  readonly questions: readonly {
    readonly conversation: string;
    readonly seq: number;
    readonly text: string;
    readonly at: string;
  }[];
}

export interface Proposal {
  readonly id: number;
  readonly question: string;
  readonly language: Language;
  readonly intent: string | null;
  /** What the intent asks for, in words. */
  readonly label: string | null;
  readonly note: string;
  readonly state: "open" | "accepted" | "dismissed";
  readonly proposed_at: string;
}

export interface NewProposal {
  readonly question: string;
  readonly language: Language;
  readonly intent: string | null;
  readonly note: string;
}

/** One event that one endpoint is told. */
export interface Delivery {
  readonly id: string;
  readonly endpoint: string;
  readonly event: string;
  readonly conversation: string;
  readonly state: "waiting" | "delivered" | "failed";
  readonly tries: number;
  /** The last answer's. */
  readonly status: number | null;
  readonly error: string | null;
  readonly created_at: string;
  readonly due_at: string;
  readonly ended_at: string | null;
}

export interface DeliveryFilter {
  readonly state?: Delivery["state"];
  readonly endpoint?: string;
  readonly before?: string;
  readonly limit: number;
}

/** Some deliveries, and where the older ones begin, if there are any. */
export interface DeliveryPage {
  readonly endpoints: readonly { readonly name: string }[];
  readonly deliveries: readonly Delivery[];
  readonly older: string | null;
}
