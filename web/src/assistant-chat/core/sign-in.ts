/**
 * Whether the customer of a conversation is signed in, and the way in and out. User id and password pass through
 * to the gateway and are kept nowhere.
 */

import type { Access, ChatApi, Reply } from "./api";
import { Refusal } from "./http";
import type { Message } from "./protocol";

/** `settled`: number of the last message from before the customer last signed in or out. */
export interface Standing {
  readonly isSignedIn: boolean;
  readonly settled: number;
}

export const OUTSIDE: Standing = { isSignedIn: false, settled: 0 };

export interface SignInHooks {
  access(): Access | undefined;
  standing(): Standing;
  messages(): readonly Message[];
  changed(standing: Standing): void;
  /** Resolves when what was said next is in the transcript. */
  answered(reply: Reply): Promise<void>;
  gone(): void;
}

/** What becomes of a sign-in card: to be filled in, answered, or out of date. */
export type CardState = "open" | "done" | "closed";

export class SignIn {
  constructor(
    private readonly api: ChatApi,
    private readonly hooks: SignInHooks,
  ) {}

  get isSignedIn(): boolean {
    return this.hooks.standing().isSignedIn;
  }

  /** Whether a message was there before the customer last signed in or out, so that what it offers is past. */
  isPast(seq: number): boolean {
    return seq <= this.hooks.standing().settled;
  }

  /** What becomes of the sign-in card of a message; only the newest one can be filled in. */
  cardState(message: Message): CardState {
    if (this.isPast(message.seq)) return this.isSignedIn ? "done" : "closed";
    return this.#newestCard === message.seq ? "open" : "closed";
  }

  /** Rejects with the gateway's refusal or the network's failure. */
  async enter(userId: string, password: string): Promise<void> {
    await this.#change(true, (access) => this.api.signIn(access, userId, password));
  }

  async leave(): Promise<void> {
    await this.#change(false, (access) => this.api.signOut(access));
  }

  /** The gateway says how it is: signed in from another tab perhaps, or the session is over. */
  learn(isSignedIn: boolean): void {
    if (isSignedIn === this.isSignedIn) return;
    const { settled } = this.hooks.standing();
    // Whoever is signed in has answered every card; one that comes at a session's end is still to be answered.
    this.hooks.changed({ isSignedIn, settled: isSignedIn ? Math.max(settled, this.#newestCard) : settled });
  }

  get #newestCard(): number {
    return this.hooks.messages().findLast((message) => message.card?.kind === "sign_in")?.seq ?? 0;
  }

  async #change(isSignedIn: boolean, ask: (access: Access) => Promise<Reply>): Promise<void> {
    const access = this.hooks.access();
    if (!access) return;
    const before = this.hooks.messages().at(-1)?.seq ?? 0;
    try {
      const reply = await ask(access);
      const next = reply.messages.at(0)?.seq;
      this.hooks.changed({ isSignedIn, settled: next === undefined ? before : next - 1 });
      await this.hooks.answered(reply);
    } catch (error) {
      if (error instanceof Refusal && error.isGone) this.hooks.gone();
      else throw error;
    }
  }
}
