/** Up to which message this tab has shown a conversation, over reloads. */

import type { Memory } from "./memory";

const KEY = "heard";

export class Heard {
  constructor(private readonly memory: Memory) {}

  /** The number of the last message shown; a tab new to the conversation has it all as history. */
  last(conversation: string): number {
    const [id, seq] = (this.memory.get(KEY) ?? "").split(" ");
    return id === conversation ? Number(seq) : Number.POSITIVE_INFINITY;
  }

  mark(conversation: string, seq: number): void {
    this.memory.set(KEY, `${conversation} ${seq}`);
  }

  forget(): void {
    this.memory.remove(KEY);
  }
}
