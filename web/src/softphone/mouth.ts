/** Speaks with the browser's voice where there is one, and stops at once when interrupted. */

import type { Spoken } from "./twiml";

export class Mouth {
  isOn = true;

  /** Speak one sentence after the other; resolves when all was said, or when hushed. */
  async speak(says: readonly Spoken[]): Promise<void> {
    for (const one of says) await this.#one(one);
  }

  /** Be silent now. */
  hush(): void {
    if (this.#synthesis) this.#synthesis.cancel();
  }

  get #synthesis(): SpeechSynthesis | undefined {
    return this.isOn && "speechSynthesis" in window ? window.speechSynthesis : undefined;
  }

  #one(one: Spoken): Promise<void> {
    const synthesis = this.#synthesis;
    if (!synthesis || synthesis.getVoices().length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(one.text);
      utterance.lang = one.language;
      utterance.onend = () => resolve();
      utterance.onerror = () => resolve();
      synthesis.speak(utterance);
    });
  }
}
