/** What a conversation is put together from, and who hears of it. */

import type { ChatApi } from "./api";
import type { Surroundings, Waiting } from "./connection";
import type { Memory } from "./memory";
import type { Notice } from "./notices";
import type { Message } from "./protocol";

export interface Listener {
  changed(): void;
  /** Messages that this page had not shown yet, in order; history of an earlier page is not among them. */
  arrived(messages: readonly Message[]): void;
  told(notice: Notice): void;
  /** An answer takes its time, and this is said of it. */
  waited(waiting: Waiting): void;
  /** The customer still waits for a person, at another place in the queue. */
  moved(place: number): void;
}

export interface Parts {
  readonly api: ChatApi;
  /** Shared by all tabs. */
  readonly memory: Memory;
  /** This tab's own. */
  readonly session: Memory;
  readonly surroundings?: Surroundings;
}
