/** What every part of the desk may use and ask for. */

import type { Voice } from "./voice";
import type { Desk } from "./core/desk";
import type { Thread } from "./core/thread";
import type { Missed } from "./core/records";
import type { Member, Ticket } from "./core/types";
import type { Route } from "./routes";
import type { DeskTexts } from "./texts";

/** What is done with a whole conversation. */
export type Act = "transfer" | "handBack" | "release" | "takeover" | "close";

/** Where masked values stand, and those of them that were asked for. */
export interface Revealing {
  readonly id: string;
  readonly revealed: Map<string, unknown>;
}

/** What a dialog is about. */
export type Asking =
  | { readonly kind: "help" | "canned" }
  | { readonly kind: Act; readonly thread: Thread }
  | { readonly kind: "operate" | "customer"; readonly thread: Thread }
  | { readonly kind: "reveal"; readonly place: Revealing; readonly id: string; readonly what: string }
  | { readonly kind: "send"; readonly thread: Thread }
  | { readonly kind: "propose"; readonly missed: Missed; readonly done: () => void }
  | { readonly kind: "finish"; readonly ticket: Ticket; readonly done: () => void }
  | { readonly kind: "member"; readonly member?: Member; readonly done: () => void }
  | { readonly kind: "reset" | "letGo"; readonly member: Member; readonly done: () => void };

/** What the rep is told at the top of the page. */
export interface Notice {
  readonly kind: "done" | "wrong";
  readonly text: string;
}

export interface App {
  readonly desk: Desk;
  readonly texts: DeskTexts;
  readonly voice: Voice;
  readonly route: Route;
  /** Where same-site paths in messages lead. */
  readonly site: string;
  /** Whether what is being written is a note. */
  readonly isNote: boolean;
  readonly isSideShown: boolean;
  readonly unseen: number;
  readonly scrolled: () => void;
  go(route: Route): void;
  ask(asking: Asking): void;
  closeDialog(): void;
  writeNotes(on: boolean): void;
  showSide(on: boolean): void;
  showNew(): void;
  claim(id?: string): void;
  send(): void;
  /** Say it at the top of the page and to screen readers. */
  tell(notice: Notice | undefined): void;
  /** What went wrong, in words. */
  explain(error: unknown): string;
  focusComposer(): void;
}
