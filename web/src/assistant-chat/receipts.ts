/** The receipts' buttons while they are at work: the PDF being fetched, the number that was copied. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { Refusal } from "./core/http";
import type { Language } from "./core/protocol";
import type { Voice } from "./voice";

/** signedOut: the customer's session is over, so that the file can't be had. */
export type ReceiptStep = "idle" | "loading" | "failed" | "signedOut";

const COPIED_MS = 3_000;

export class Receipts implements ReactiveController {
  readonly #steps = new Map<string, ReceiptStep>();
  #copied: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly fetchPdf: (number: string, language: Language) => Promise<Blob>,
    private readonly voice: Voice,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#copied = undefined;
  }

  stepOf(number: string): ReceiptStep {
    return this.#steps.get(number) ?? "idle";
  }

  isCopied(number: string): boolean {
    return this.#copied === number;
  }

  /** Fetch the PDF and hand it to the browser to be saved as `name`; one at a time for each receipt. */
  async download(number: string, language: Language, name: string): Promise<void> {
    if (this.stepOf(number) === "loading") return;
    this.#step(number, "loading");
    this.voice.tell("receipt.loading");
    try {
      save(await this.fetchPdf(number, language), name);
    } catch (error) {
      const isOver = error instanceof Refusal && error.code === "not_signed_in";
      this.#step(number, isOver ? "signedOut" : "failed");
      this.voice.tell(isOver ? "receipt.signedOut" : "receipt.failed");
      return;
    }
    this.#step(number, "idle");
    this.voice.tell("receipt.loaded");
  }

  async copy(number: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(number);
    } catch {
      this.voice.tell("receipt.copyFailed");
      return;
    }
    this.#copied = number;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#forgetCopied(), COPIED_MS);
    this.host.requestUpdate();
    this.voice.tell("receipt.copied");
  }

  #forgetCopied(): void {
    this.#copied = undefined;
    this.host.requestUpdate();
  }

  #step(number: string, step: ReceiptStep): void {
    this.#steps.set(number, step);
    this.host.requestUpdate();
  }
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
