/** What the customer is told besides the messages: each kind once, until it no longer holds. */

/** `until` is when the wait ends, in milliseconds of the clock. */
export interface Notice {
  readonly kind: "offline" | "online" | "starting" | "expired" | "restarted" | "rate" | "busy";
  readonly until?: number;
}

export interface NoticeHooks {
  changed(): void;
  told(notice: Notice): void;
}

export class Notices {
  #all: readonly Notice[] = [];

  constructor(private readonly hooks: NoticeHooks) {}

  get all(): readonly Notice[] {
    return this.#all;
  }

  tell(notice: Notice): void {
    const isNew = !this.#all.some((each) => each.kind === notice.kind && each.until === undefined);
    this.#all = [...this.#all.filter((each) => each.kind !== notice.kind), notice];
    if (isNew) this.hooks.told(notice);
    if (notice.until) setTimeout(() => this.withdraw(notice.kind), notice.until - Date.now());
    this.hooks.changed();
  }

  /** Whether there was one of these to take back. */
  withdraw(...kinds: Notice["kind"][]): boolean {
    const kept = this.#all.filter((notice) => !kinds.includes(notice.kind));
    if (kept.length === this.#all.length) return false;
    this.#all = kept;
    this.hooks.changed();
    return true;
  }
}
