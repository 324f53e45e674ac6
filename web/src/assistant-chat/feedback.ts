/** The customer's opinions of answers while they are being given: which were sent, and where a word of why is awaited. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Message } from "./core/protocol";
import type { TextKey } from "./text/texts";
import type { Voice } from "./voice";

export type Step = "asked" | "why" | "thanked";

interface Opinion {
  readonly useful: boolean;
  readonly step: Step;
}

type Rate = (message: Message, useful: boolean, comment?: string) => Promise<void>;

export class Feedback implements ReactiveController {
  readonly #opinions = new Map<number, Opinion>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly rate: Rate,
    private readonly voice: Voice,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** The opinion given of a message, here or on an earlier page. */
  usefulOf(message: Message): boolean | undefined {
    return this.#opinions.get(message.seq)?.useful ?? message.useful;
  }

  stepOf(message: Message): Step {
    return this.#opinions.get(message.seq)?.step ?? (message.useful === undefined ? "asked" : "thanked");
  }

  /** Useful or not; a no is kept at once, and may be followed by a word of why. */
  async give(message: Message, useful: boolean): Promise<void> {
    if (this.usefulOf(message) === useful && this.stepOf(message) !== "asked") return;
    await this.#send(message, { useful, step: useful ? "thanked" : "why" }, useful ? "feedback.thanks" : undefined);
  }

  /** The word of why; an empty one only closes the question. */
  async explain(message: Message, comment: string): Promise<void> {
    const told: TextKey = comment ? "feedback.thanksWhy" : "feedback.thanks";
    await this.#send(message, { useful: false, step: "thanked" }, told, comment);
  }

  /** Whoever goes on without sending their word of why still means what they wrote. */
  close(messages: readonly Message[], written: (seq: number) => string): void {
    for (const message of messages) {
      if (this.#opinions.get(message.seq)?.step === "why") void this.explain(message, written(message.seq));
    }
  }

  clear(): void {
    this.#opinions.clear();
  }

  async #send(message: Message, opinion: Opinion, told?: TextKey, comment?: string): Promise<void> {
    const before = this.#opinions.get(message.seq);
    this.#set(message.seq, opinion);
    try {
      await this.rate(message, opinion.useful, comment);
    } catch {
      this.#set(message.seq, before);
      this.voice.tell("feedback.failed");
      return;
    }
    if (told) this.voice.tell(told);
  }

  #set(seq: number, opinion: Opinion | undefined): void {
    if (opinion) this.#opinions.set(seq, opinion);
    else this.#opinions.delete(seq);
    this.host.requestUpdate();
  }
}
