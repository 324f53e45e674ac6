/** Tells the other side that somebody is typing: at once, again while it lasts, and when it is over. */

const AGAIN_MS = 3_000;
const IDLE_MS = 4_000;

export class Keystrokes {
  #told: number | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tell: (on: boolean) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Something was typed; `isEmpty` when nothing is left of it. */
  typed(isEmpty: boolean): void {
    if (isEmpty) return this.stop();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
    if (this.#told !== undefined && this.now() - this.#told < AGAIN_MS) return;
    this.#told = this.now();
    this.tell(true);
  }

  /** Nobody is typing any more. */
  stop(): void {
    clearTimeout(this.#idle);
    if (this.#told === undefined) return;
    this.#told = undefined;
    this.tell(false);
  }
}
