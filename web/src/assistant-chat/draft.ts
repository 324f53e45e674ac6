/** What is being written: kept over reloads of this tab, and counted against the limit. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Memory } from "./core/memory";
import { LIMIT, NEAR, lengthOf } from "./text/length";
import type { Voice } from "./voice";

const KEY = "draft";

export class Draft implements ReactiveController {
  #text = "";

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly memory: Memory,
    private readonly voice: Voice,
    private readonly typed: (text: string) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#text = this.memory.get(KEY) ?? "";
  }

  get text(): string {
    return this.#text;
  }

  /** Write `text`; coming near the limit, or over it, is said. */
  set(text: string): void {
    const [before, after] = [LIMIT - lengthOf(this.#text), LIMIT - lengthOf(text)];
    this.#text = text;
    if (text) this.memory.set(KEY, text);
    else this.memory.remove(KEY);
    if (before > NEAR && after <= NEAR && after >= 0) this.voice.say(this.voice.texts.count("composer.left", after));
    if (before >= 0 && after < 0) this.#sayOver(-after);
    this.typed(text);
    this.host.requestUpdate();
  }

  /** The text to send, leaving nothing; a text over the limit stays whole, and that is said. */
  take(): string | undefined {
    const text = this.#text.trim();
    const over = lengthOf(text) - LIMIT;
    if (over > 0) this.#sayOver(over);
    if (!text || over > 0) return undefined;
    this.set("");
    return text;
  }

  #sayOver(over: number): void {
    this.voice.say(this.voice.texts.count("composer.over", over, { limit: LIMIT }));
  }
}
