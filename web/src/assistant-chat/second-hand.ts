/** Draws the widget anew each second while something on it counts down. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

export class SecondHand implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly isCounting: () => boolean,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.isCounting()) this.#timer ??= setInterval(() => this.host.requestUpdate(), 1000);
    else this.#stop();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
