/**
 * Tells screen readers what is new, once and in its own language, in a live region apart from the visible
 * transcript. Entries go away after a while so that nobody meets them twice when reading the page.
 */

import type { Language } from "./core/protocol";

/** One piece of what is said, in one language. */
export interface Spoken {
  readonly text: string;
  readonly lang: Language;
}

const KEPT_MS = 4_000;

export class Announcer {
  #region: HTMLElement | undefined;
  #waiting: (readonly Spoken[])[] = [];

  /** The live region, once it is on the page; what was said before is said then. */
  attach(region: HTMLElement): void {
    if (region === this.#region) return;
    this.#region = region;
    for (const pieces of this.#waiting.splice(0)) this.say(...pieces);
  }

  /** Say the pieces as one entry. */
  say(...pieces: readonly Spoken[]): void {
    if (!this.#region) {
      this.#waiting.push(pieces);
      return;
    }
    const entry = document.createElement("p");
    for (const piece of pieces) {
      const part = document.createElement("span");
      part.lang = piece.lang;
      part.textContent = `${piece.text} `;
      entry.append(part);
    }
    this.#region.append(entry);
    setTimeout(() => entry.remove(), KEPT_MS);
  }
}
