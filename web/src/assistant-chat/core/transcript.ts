/** The messages of one conversation in the order of their numbers, each of them once. */

import type { Message } from "./protocol";

export class Transcript<M extends Message = Message> {
  #messages: readonly M[] = [];
  readonly #clientIds = new Set<string>();

  get messages(): readonly M[] {
    return this.#messages;
  }

  /** The number to ask what comes after. */
  get last(): number {
    return this.#messages.at(-1)?.seq ?? 0;
  }

  /** Whether the gateway's transcript has what was said under this id. */
  hasSaid(clientMessageId: string): boolean {
    return this.#clientIds.has(clientMessageId);
  }

  /** Add messages and return those that weren't there yet. */
  add(messages: readonly M[]): M[] {
    const known = new Set(this.#messages.map((message) => message.seq));
    const fresh: M[] = [];
    for (const message of messages) {
      if (known.has(message.seq)) continue;
      known.add(message.seq);
      fresh.push(message);
      if (message.clientMessageId) this.#clientIds.add(message.clientMessageId);
    }
    if (fresh.length) this.#messages = [...this.#messages, ...fresh].sort((a, b) => a.seq - b.seq);
    return fresh;
  }

  /** Remember the customer's opinion of one answer. */
  rate(seq: number, useful: boolean): void {
    this.#messages = this.#messages.map((message) => (message.seq === seq ? { ...message, useful } : message));
  }
}
