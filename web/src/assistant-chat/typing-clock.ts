/** When to show that an answer is being written (not for a blink) and when to say so (once, if it takes long). */

import type { ReactiveController, ReactiveControllerHost } from "lit";

const SHOW_MS = 400;
const SAY_MS = 2_000;

export class TypingClock implements ReactiveController {
  isShown = false;
  #isAwaiting = false;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly isUnderway: () => boolean,
    private readonly say: () => void,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    this.#update(this.isUnderway());
  }

  hostDisconnected(): void {
    this.#update(false);
  }

  #update(isAwaiting: boolean): void {
    if (isAwaiting === this.#isAwaiting) return;
    this.#isAwaiting = isAwaiting;
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    if (isAwaiting) this.#timers = [setTimeout(() => this.#show(true), SHOW_MS), setTimeout(this.say, SAY_MS)];
    else if (this.isShown) this.#show(false);
  }

  #show(isShown: boolean): void {
    this.isShown = isShown;
    this.host.requestUpdate();
  }
}
