/** Sends the outbox: in order, one at a time, again under the same id until it is known how it ended. */

import { NetworkFailure, Refusal } from "./http";
import type { Access, Reply, Saying } from "./api";
import { backoff } from "./backoff";
import type { Entry, Outbox } from "./outbox";

const ATTEMPTS = 4;

/** Where things are said. */
export interface Mouth {
  say(access: Access, saying: Saying): Promise<Reply>;
}

export interface DeliveryHooks {
  changed(): void;
  /** The gateway answered; resolves when the answer is in the transcript. */
  answered(reply: Reply): Promise<void>;
  /** Told to wait: seconds until the next try. */
  slowedDown(seconds: number): void;
  /** Whether the transcript has what was said under this id. */
  isShown(id: string): boolean;
  gone(): void;
}

export class Delivery {
  readonly #attempts = new Map<string, number>();
  readonly #under = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pausedUntil = 0;
  #stopped = false;

  constructor(
    private readonly api: Mouth,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly hooks: DeliveryHooks,
  ) {}

  /** Send what can be sent now. */
  pump(): void {
    if (this.#stopped || Date.now() < this.#pausedUntil) return;
    const entry = this.outbox.next();
    if (!entry || this.#under.has(entry.id)) return;
    this.outbox.update(entry.id, { state: "sending", failure: undefined });
    this.hooks.changed();
    void this.#deliver(entry);
  }

  /** The transcript has it: the next one may go while this one waits for its answer. */
  accepted(id: string): void {
    const entry = this.outbox.find(id);
    if (!entry) return;
    if (entry.state === "settled") this.outbox.remove(id);
    else if (entry.state === "sending") this.outbox.update(id, { state: "accepted", stored: true });
    else this.outbox.update(id, { stored: true });
    this.pump();
  }

  /** The gateway can be reached again: what failed for want of it is tried anew. */
  resume(): void {
    this.#attempts.clear();
    this.#pausedUntil = 0;
    for (const entry of this.outbox.entries) {
      if (entry.state === "failed" && entry.failure === "network") this.outbox.update(entry.id, { state: "queued" });
    }
    this.pump();
  }

  /** The customer asks to try a failed one again. */
  retry(id: string): void {
    this.#attempts.delete(id);
    this.outbox.update(id, { state: "queued", failure: undefined });
    this.pump();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #deliver(entry: Entry): Promise<void> {
    this.#under.add(entry.id);
    try {
      const reply = await this.api.say(this.access, entry);
      if (!this.#stopped) await this.#ended(entry.id, reply);
    } catch (error) {
      if (!this.#stopped) this.#failed(entry.id, error);
    } finally {
      this.#under.delete(entry.id);
    }
    if (this.#stopped) return;
    this.hooks.changed();
    this.pump();
  }

  async #ended(id: string, reply: Reply): Promise<void> {
    if (reply.failed) this.outbox.update(id, { state: "failed", failure: "assistant_unavailable", stored: true });
    await this.hooks.answered(reply);
    if (reply.failed) return;
    if (this.hooks.isShown(id)) this.outbox.remove(id);
    else this.outbox.update(id, { state: "settled" });
  }

  #failed(id: string, error: unknown): void {
    if (error instanceof Refusal && error.isGone) {
      this.hooks.gone();
    } else if (error instanceof Refusal && error.status === 429) {
      const seconds = error.retryAfter ?? 5;
      this.#pause(id, seconds * 1000);
      if (error.code !== "too_many_waiting") this.hooks.slowedDown(seconds);
    } else if (error instanceof NetworkFailure || (error instanceof Refusal && error.status >= 500)) {
      this.#tryLater(id, error instanceof Refusal ? error.code : "network");
    } else {
      this.outbox.update(id, { state: "failed", failure: error instanceof Refusal ? error.code : "generic" });
    }
  }

  #tryLater(id: string, failure: string): void {
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    if (attempt >= ATTEMPTS) this.outbox.update(id, { state: "failed", failure });
    else this.#pause(id, backoff(attempt + 1));
  }

  #pause(id: string, milliseconds: number): void {
    this.outbox.update(id, { state: "queued" });
    this.#pausedUntil = Date.now() + milliseconds;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pausedUntil = 0;
      this.pump();
    }, milliseconds);
  }
}
