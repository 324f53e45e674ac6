/** Follows the conversation while the reader is at its end, and leaves them alone while they read further up. */

import type { LitElement, ReactiveController } from "lit";
import type { Message } from "./core/protocol";

const NEAR_END = 48;
const GAP = 12;

export class Scroller implements ReactiveController {
  unseen = 0;
  #isFollowing = true;
  #isAtEnd = true;
  #isDrawn = true;
  #show: number | undefined;
  #shown = "";

  constructor(
    private readonly host: LitElement,
    private readonly area: () => HTMLElement | null,
    /** What the transcript holds, so that only its growing moves it, not a control that unfolds in it. */
    private readonly held: () => string,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** From now on what comes is shown. */
  follow(): void {
    this.#isFollowing = true;
    this.#isAtEnd = true;
    this.#show = undefined;
    this.unseen = 0;
  }

  toEnd(): void {
    this.follow();
    this.#scroll();
    this.host.requestUpdate();
  }

  /** The reader, or we, moved the transcript. */
  scrolled(): void {
    const area = this.area();
    if (!area) return;
    this.#isAtEnd = area.scrollHeight - area.scrollTop - area.clientHeight < NEAR_END;
    if (this.#isAtEnd) this.#isFollowing = true;
    else if (this.#show === undefined) this.#isFollowing = false;
    if (!this.#isAtEnd || !this.unseen) return;
    this.unseen = 0;
    this.host.requestUpdate();
  }

  /**
   * Messages from others came: show them from their beginning, or count them for the reader who is elsewhere, be it
   * only at the beginning of an answer that is longer than the window.
   */
  arrived(messages: readonly Message[]): void {
    if (this.#isDrawn) {
      this.#isFollowing &&= this.#isAtEnd;
      this.#show = undefined;
    }
    if (this.#isFollowing) this.#show ??= messages[0]?.seq;
    else this.unseen += messages.length;
    this.#isDrawn = false;
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    this.#isDrawn = true;
    const held = this.held();
    if (held === this.#shown) return;
    this.#shown = held;
    if (this.#isFollowing) this.#scroll();
  }

  #scroll(): void {
    const area = this.area();
    if (!area) return;
    const end = area.scrollHeight - area.clientHeight;
    const answer = area.querySelector<HTMLElement>(`[data-seq="${this.#show ?? ""}"]`);
    const fits = !answer || end <= topOf(answer) + NEAR_END;
    const top = !answer ? end : fits ? topOf(answer) : this.#startOf(answer, area);
    area.scrollTop = Math.max(0, Math.min(end, top));
    this.#isAtEnd = end - area.scrollTop < NEAR_END;
  }

  /** An answer longer than the window is shown from its first line, below the question if that is short. */
  #startOf(answer: HTMLElement, area: HTMLElement): number {
    const before = answer.previousElementSibling;
    const question = before instanceof HTMLElement && before.offsetHeight < area.clientHeight / 4 ? before : answer;
    return topOf(question);
  }
}

function topOf(message: HTMLElement): number {
  return message.offsetTop - GAP;
}
