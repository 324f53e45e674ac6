/** What the desk says to screen readers, each piece in its own language. */

import { Announcer } from "../assistant-chat/announcer";
import type { Spoken } from "../assistant-chat/announcer";
import type { Language } from "../assistant-chat/core/protocol";

export class Voice {
  readonly #announcer = new Announcer();

  constructor(private readonly language: () => Language) {}

  attach(region: HTMLElement | null): void {
    if (region) this.#announcer.attach(region);
  }

  say(text: string): void {
    this.#announcer.say({ text, lang: this.language() });
  }

  read(...pieces: readonly Spoken[]): void {
    this.#announcer.say(...pieces);
  }
}
