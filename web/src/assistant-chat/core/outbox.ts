/** What the customer said and the gateway hasn't answered for yet; it survives reloads, so nothing is lost. */

import type { Saying } from "./api";
import type { Memory } from "./memory";
import { parseJson } from "./protocol";

/**
 * queued: to be sent. sending: on its way. accepted: stored by the gateway, no answer yet.
 * settled: answered, shown here only until the transcript has it. failed: the customer decides.
 */
export type EntryState = "queued" | "sending" | "accepted" | "settled" | "failed";

export interface Entry extends Saying {
  readonly at: number;
  readonly state: EntryState;
  /** Why it failed: a code of the API, or "network". */
  readonly failure?: string | undefined;
  /** Whether the gateway has it: then only the answer is missing. */
  readonly stored?: boolean | undefined;
}

const KEY = "out:";

export class Outbox {
  #entries: readonly Entry[] = [];

  constructor(private readonly memory: Memory) {}

  /** Take up what an earlier page left; the gateway knows the ids, so saying it again does no harm. */
  restore(): void {
    const stored = this.memory.keys(KEY).map((key) => readEntry(parseJson(this.memory.get(key))));
    const fresh = stored.filter((entry) => entry !== undefined).filter((entry) => !this.find(entry.id));
    this.#entries = [...this.#entries, ...fresh].sort((a, b) => a.at - b.at);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  find(id: string): Entry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** What failed for want of a connection is tried once more before it. */
  add(text: string, button?: string): Entry {
    for (const { id } of this.#entries.filter(isUnreached)) this.update(id, { state: "queued", failure: undefined });
    const at = Math.max(Date.now(), (this.#entries.at(-1)?.at ?? 0) + 1);
    const entry: Entry = { id: newId(), text, button, at, state: "queued" };
    this.#entries = [...this.#entries, entry];
    this.#remember(entry);
    return entry;
  }

  /** Change an entry; unknown ids are ignored. */
  update(id: string, change: Partial<Entry>): void {
    const entry = this.find(id);
    if (!entry) return;
    const changed = { ...entry, ...change };
    this.#entries = this.#entries.map((each) => (each.id === id ? changed : each));
    if (changed.state === "settled") this.memory.remove(KEY + id);
    else this.#remember(changed);
  }

  remove(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    this.memory.remove(KEY + id);
  }

  clear(): void {
    for (const entry of this.#entries) this.remove(entry.id);
  }

  /** The conversation is gone: say in the next one, as words and under new ids, what wasn't answered in this one. */
  moveToNewConversation(): void {
    const unanswered = this.#entries.filter((entry) => entry.state !== "settled" && entry.state !== "failed");
    this.clear();
    for (const entry of unanswered) this.add(entry.text);
  }

  /**
   * The one to send next: in order, one at a time. Those that the customer must decide on don't block; one that failed
   * for want of a connection does, as it goes before the others when there is one again.
   */
  next(): Entry | undefined {
    const first = this.#entries.find((entry) => entry.state === "queued" || entry.state === "sending" || isUnreached(entry));
    return first?.state === "queued" ? first : undefined;
  }

  #remember(entry: Entry): void {
    this.memory.set(KEY + entry.id, JSON.stringify(entry));
  }
}

function isUnreached({ state, failure }: Entry): boolean {
  return state === "failed" && failure === "network";
}

/** An id that nobody else will ever make. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readEntry(value: unknown): Entry | undefined {
  const { id, text, button, at, state, failure, stored } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== "string" || typeof text !== "string" || typeof at !== "number") return undefined;
  return {
    id,
    text,
    at,
    button: typeof button === "string" ? button : undefined,
    stored: stored === true,
    state: state === "failed" ? "failed" : "queued",
    failure: typeof failure === "string" ? failure : undefined,
  };
}
