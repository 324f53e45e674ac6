/** A conversation's life on this device: begun or found again, attached to the gateway, left, replaced. */

import type { Begun, ChatApi } from "./api";
import { backoff } from "./backoff";
import { Connection } from "./connection";
import type { Hooks, Surroundings } from "./connection";
import { Delivery } from "./delivery";
import type { DeliveryHooks } from "./delivery";
import { Refusal } from "./http";
import { findOrBegin, forgetIdentity, keepIdentity, recallIdentity } from "./identity";
import type { Identity } from "./identity";
import type { Memory } from "./memory";
import type { Notice, Notices } from "./notices";
import type { Outbox } from "./outbox";
import type { Language } from "./protocol";

export type Phase = "idle" | "starting" | "ready";

export interface LifecycleParts {
  readonly api: ChatApi;
  /** Shared by all tabs. */
  readonly memory: Memory;
  readonly outbox: Outbox;
  readonly notices: Notices;
  readonly surroundings?: Surroundings | undefined;
}

export interface LifecycleHooks {
  readonly connection: Omit<Hooks, "gone">;
  readonly delivery: Omit<DeliveryHooks, "gone">;
  /** In which language to begin. */
  language(): Language;
  /** This is the conversation from now on; `begun` when it has just begun. */
  attached(identity: Identity, begun?: Begun): void;
  /** Another tab changed what is known of this conversation. */
  refreshed(identity: Identity): void;
  /** Nothing comes any more, until it is attached again. */
  detached(): void;
  /** What was shown belongs to a conversation that is over; `isForgotten` when this device forgets it. */
  over(isForgotten: boolean): void;
}

export class Lifecycle {
  #phase: Phase = "idle";
  #identity: Identity | undefined;
  #connection: Connection | undefined;
  #delivery: Delivery | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  constructor(
    private readonly parts: LifecycleParts,
    private readonly hooks: LifecycleHooks,
  ) {}

  get phase(): Phase {
    return this.#phase;
  }

  get identity(): Identity | undefined {
    return this.#identity;
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  get delivery(): Delivery | undefined {
    return this.#delivery;
  }

  /** Go on with the remembered conversation or begin one. */
  async start(): Promise<void> {
    this.#phase = "starting";
    await this.#begin();
  }

  stop(): void {
    clearTimeout(this.#retry);
    this.#detach();
    this.#phase = "idle";
  }

  /** Keep what has changed of the identity. */
  update(change: Partial<Identity>): void {
    if (!this.#identity) return;
    this.#identity = { ...this.#identity, ...change };
    keepIdentity(this.parts.memory, this.#identity);
  }

  /** Forget this conversation on this device and begin another. */
  async restart(): Promise<void> {
    this.#leave({ kind: "restarted" });
    await this.#begin();
  }

  /** Go on with a conversation that was begun elsewhere. */
  async moveTo(identity: Identity): Promise<void> {
    clearTimeout(this.#retry);
    this.#detach();
    this.hooks.over(true);
    this.parts.notices.withdraw("starting", "busy");
    keepIdentity(this.parts.memory, identity);
    await this.#attach(identity);
  }

  /** The gateway doesn't know it any more. */
  async renew(): Promise<void> {
    if (this.#phase !== "ready") return;
    const other = recallIdentity(this.parts.memory);
    if (other && other.id !== this.#identity?.id) return this.followOtherTab();
    this.parts.outbox.moveToNewConversation();
    this.#leave({ kind: "expired" });
    await this.#begin();
  }

  /** Another tab began, left or changed the conversation. */
  async followOtherTab(): Promise<void> {
    if (this.#phase !== "ready") return;
    const other = recallIdentity(this.parts.memory);
    if (!other || !this.#identity) return;
    if (other.id === this.#identity.id) {
      this.#identity = other;
      return this.hooks.refreshed(other);
    }
    this.#detach();
    this.hooks.over(false);
    await this.#attach(other);
  }

  /** The network may be back or the machine awake. */
  wake(): void {
    if (this.#phase === "starting") void this.#begin();
    else void this.#connection?.wake();
  }

  async #begin(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      const found = await findOrBegin(this.parts.memory, () => this.parts.api.begin(this.hooks.language()));
      this.#failures = 0;
      this.parts.notices.withdraw("starting", "busy");
      await this.#attach(found.identity, found.begun);
    } catch (error) {
      this.#beginLater(error);
    }
  }

  #beginLater(error: unknown): void {
    this.#failures += 1;
    const isBusy = error instanceof Refusal && error.status === 429;
    const wait = isBusy ? (error.retryAfter ?? 10) * 1000 : backoff(this.#failures + 2);
    this.parts.notices.tell(isBusy ? { kind: "busy", until: Date.now() + wait } : { kind: "starting" });
    this.#retry = setTimeout(() => void this.#begin(), wait);
  }

  async #attach(identity: Identity, begun?: Begun): Promise<void> {
    const { api, outbox, surroundings } = this.parts;
    const gone = (): void => void this.renew();
    this.#identity = identity;
    this.#phase = "ready";
    const connection = new Connection(api, identity, { ...this.hooks.connection, gone }, surroundings);
    this.#connection = connection;
    this.#delivery = new Delivery(api, identity, outbox, { ...this.hooks.delivery, gone });
    this.hooks.attached(identity, begun);
    await connection.start();
    if (this.#connection !== connection) return;
    this.#delivery?.pump();
    this.hooks.delivery.changed();
  }

  #detach(): void {
    this.#connection?.stop();
    this.#delivery?.stop();
    this.#connection = this.#delivery = undefined;
    this.hooks.detached();
  }

  #leave(notice: Notice): void {
    this.#detach();
    this.#identity = undefined;
    forgetIdentity(this.parts.memory);
    this.hooks.over(true);
    this.#phase = "starting";
    this.parts.notices.tell(notice);
  }
}
