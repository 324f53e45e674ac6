/** The sign-in card while it is being filled in, and the way out; what is typed stays in the fields only. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { Refusal } from "./core/http";
import type { SignIn } from "./core/sign-in";
import type { Texts } from "./text/texts";
import type { Voice } from "./voice";

/** `until` is when a lock ends, in milliseconds of the clock; `left` how many tries there are before one. */
export interface SignInFailure {
  readonly kind: "userIdMissing" | "passwordMissing" | "wrong" | "locked" | "unavailable" | "network";
  readonly until?: number;
  readonly left?: number | undefined;
}

export type Leaving = "no" | "underway" | "failed";

/** The failure in words; a lock tells how many minutes are left. */
export function failureText(texts: Texts, failure: SignInFailure, now: number): string {
  if (failure.kind === "wrong" && failure.left) return texts.count("signIn.wrongLeft", failure.left);
  if (failure.kind !== "locked") return texts.get(`signIn.${failure.kind}`);
  return texts.count("signIn.locked", Math.max(1, Math.ceil(((failure.until ?? now) - now) / 60_000)));
}

export class SignInForm implements ReactiveController {
  isSending = false;
  isPasswordShown = false;
  failure: SignInFailure | undefined;
  leaving: Leaving = "no";

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly signIn: () => SignIn,
    private readonly voice: Voice,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** When the lock ends, while there is one. */
  get lockedUntil(): number | undefined {
    return this.failure?.until;
  }

  /** A lock that has ended is no failure any more. */
  hostUpdate(): void {
    if (this.failure?.until !== undefined && this.failure.until <= Date.now()) this.failure = undefined;
  }

  togglePassword(): void {
    this.isPasswordShown = !this.isPasswordShown;
    this.host.requestUpdate();
  }

  /** Forget how the last try went. */
  clear(): void {
    this.isPasswordShown = false;
    this.failure = undefined;
    this.leaving = "no";
    this.host.requestUpdate();
  }

  /** Send what is in the fields and empty the password; answers the field to go back to, if there is one. */
  async submit(form: HTMLFormElement): Promise<HTMLElement | undefined> {
    const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
    const [userId, password] = [field("username"), field("password")];
    const name = userId.value.trim();
    if (this.#check(name, password.value)) {
      const sent = this.#send(name, password.value);
      password.value = "";
      await sent;
    }
    if (!this.failure || this.lockedUntil !== undefined) return undefined;
    return this.failure.kind === "userIdMissing" ? userId : password;
  }

  async leave(): Promise<void> {
    if (this.leaving === "underway") return;
    this.#leaves("underway");
    try {
      await this.signIn().leave();
      this.#leaves("no");
      this.voice.tell("account.signedOut");
    } catch {
      this.#leaves("failed");
      this.voice.tell("account.failed");
    }
  }

  /** Whether a try may be sent now; says what is missing or in the way otherwise. */
  #check(userId: string, password: string): boolean {
    if (this.isSending) return false;
    if (this.lockedUntil !== undefined && this.lockedUntil > Date.now()) this.#fail(this.failure);
    else if (!userId) this.#fail({ kind: "userIdMissing" });
    else if (!password) this.#fail({ kind: "passwordMissing" });
    else return true;
    return false;
  }

  async #send(userId: string, password: string): Promise<void> {
    this.isSending = true;
    this.isPasswordShown = false;
    this.failure = undefined;
    this.host.requestUpdate();
    this.voice.tell("signIn.sending");
    try {
      await this.signIn().enter(userId, password);
      this.voice.tell("signIn.done");
    } catch (error) {
      // Where only the answer was lost, the gateway has told otherwise that the customer is in.
      const isIn = !(error instanceof Refusal) && this.signIn().isSignedIn;
      if (!isIn) this.#fail(failureOf(error));
    } finally {
      this.isSending = false;
      this.host.requestUpdate();
    }
  }

  #fail(failure: SignInFailure | undefined): void {
    this.failure = failure;
    this.host.requestUpdate();
    if (failure) this.voice.say(failureText(this.voice.texts, failure, Date.now()));
  }

  #leaves(leaving: Leaving): void {
    this.leaving = leaving;
    this.host.requestUpdate();
  }
}

function failureOf(error: unknown): SignInFailure {
  if (!(error instanceof Refusal)) return { kind: "network" };
  if (error.code === "sign_in_failed") return { kind: "wrong", left: error.attemptsLeft };
  if (error.status === 429) return { kind: "locked", until: Date.now() + (error.retryAfter ?? 60) * 1000 };
  return { kind: "unavailable" };
}
