/** The form to be called back, while it is being filled in; the same words are left once, however often they are sent. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Callback } from "./core/api";
import { Refusal } from "./core/http";
import { newId } from "./core/outbox";
import { lengthOf } from "./text/length";
import type { Voice } from "./voice";

export const LONGEST = 2000; // characters of the message

export type CallbackFailure =
  | "telephoneMissing"
  | "emailMissing"
  | "telephoneWrong"
  | "emailWrong"
  | "messageMissing"
  | "messageLong"
  | "tooMany"
  | "network";

type Wish = Omit<Callback, "id">;

export class CallbackForm implements ReactiveController {
  reachBy: Callback["reachBy"] = "telephone";
  isSending = false;
  failure: CallbackFailure | undefined;
  #id = "";
  #sent = "";

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly callBack: (callback: Callback) => Promise<void>,
    private readonly voice: Voice,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  choose(reachBy: Callback["reachBy"]): void {
    this.reachBy = reachBy;
    this.failure = undefined;
    this.host.requestUpdate();
  }

  /** Send what is in the fields; answers the field to go back to, if there is one. */
  async submit(form: HTMLFormElement): Promise<HTMLElement | undefined> {
    if (this.isSending) return undefined;
    const value = (name: string): string => String(new FormData(form).get(name) ?? "").trim();
    const wish: Wish = { reachBy: this.reachBy, reachAt: value("reach_at"), message: value("message") };
    const missing = missingIn(wish);
    if (missing) this.#fail(missing);
    else await this.#send(wish);
    if (!this.failure || this.failure === "tooMany" || this.failure === "network") return undefined;
    return form.elements.namedItem(this.failure.startsWith("message") ? "message" : "reach_at") as HTMLElement;
  }

  async #send(wish: Wish): Promise<void> {
    const words = JSON.stringify(wish);
    if (words !== this.#sent) [this.#id, this.#sent] = [newId(), words];
    this.isSending = true;
    this.failure = undefined;
    this.host.requestUpdate();
    this.voice.tell("callback.sending");
    try {
      await this.callBack({ id: this.#id, ...wish });
    } catch (error) {
      this.#fail(failureOf(error, wish));
    } finally {
      this.isSending = false;
      this.host.requestUpdate();
    }
  }

  #fail(failure: CallbackFailure): void {
    this.failure = failure;
    this.host.requestUpdate();
    this.voice.tell(`callback.${failure}`);
  }
}

function missingIn({ reachBy, reachAt, message }: Wish): CallbackFailure | undefined {
  if (!reachAt) return `${reachBy}Missing`;
  if (!message) return "messageMissing";
  return lengthOf(message) > LONGEST ? "messageLong" : undefined;
}

function failureOf(error: unknown, { reachBy }: Wish): CallbackFailure {
  if (!(error instanceof Refusal) || error.status >= 500) return "network";
  if (error.code === "invalid_request") return `${reachBy}Wrong`;
  if (error.code === "message_empty") return "messageMissing";
  if (error.code === "message_too_long") return "messageLong";
  return error.status === 429 ? "tooMany" : "network";
}
