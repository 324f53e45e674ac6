/** The way between page and telephone: a code to dial, and a form for a code told in a call. */

import type { LitElement, ReactiveController } from "lit";
import type { PhoneCode } from "./core/api";
import { Refusal } from "./core/http";
import type { Moving } from "./core/moving";
import type { TextKey } from "./text/texts";
import type { Voice } from "./voice";

export type MoveFailure = "missing" | "wrong" | "tooMany" | "network" | "noCode";

export class PhoneMove implements ReactiveController {
  isOpen = false;
  isUnderway = false;
  code: PhoneCode | undefined;
  failure: MoveFailure | undefined;

  constructor(
    private readonly host: LitElement,
    private readonly moving: () => Moving,
    private readonly voice: Voice,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  open(): void {
    this.#turn(true, "[data-make]");
  }

  close(): void {
    this.#turn(false, "[data-phone]");
  }

  /** Get a code to dial. */
  async make(): Promise<void> {
    await this.#do("noCode", async () => {
      this.code = await this.moving().code();
      this.#lead(".dial");
    });
  }

  /** Go on with the conversation of a code; answers the field to go back to, if there is one. */
  async submit(form: HTMLFormElement): Promise<HTMLElement | undefined> {
    const field = form.elements.namedItem("code") as HTMLInputElement;
    const code = field.value.replace(/\D/gu, "");
    if (code.length !== 6) this.#fail("missing");
    else {
      await this.#do(undefined, async () => {
        await this.moving().resume(code);
        this.#turn(false, "#question");
        this.voice.tell("phone.here");
      });
    }
    return this.failure ? field : undefined;
  }

  /** Nothing is left where the focus was: it goes on to `next`. */
  #turn(isOpen: boolean, next: string): void {
    [this.isOpen, this.code, this.failure] = [isOpen, undefined, undefined];
    this.#lead(next);
  }

  #lead(next: string): void {
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(next)?.focus());
  }

  async #do(refused: MoveFailure | undefined, work: () => Promise<void>): Promise<void> {
    if (this.isUnderway) return;
    [this.isUnderway, this.failure] = [true, undefined];
    this.host.requestUpdate();
    try {
      await work();
    } catch (error) {
      this.#fail(refused ?? failureOf(error));
    } finally {
      this.isUnderway = false;
      this.host.requestUpdate();
    }
  }

  #fail(failure: MoveFailure): void {
    this.failure = failure;
    this.host.requestUpdate();
    this.voice.tell(`phone.${failure}` satisfies TextKey);
  }
}

function failureOf(error: unknown): MoveFailure {
  if (!(error instanceof Refusal) || error.status >= 500) return "network";
  return error.status === 429 ? "tooMany" : "wrong";
}
