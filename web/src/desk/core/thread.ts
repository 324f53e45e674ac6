/** One conversation as the desk holds it: its lines once each, what the rep says until it is said, and what is known. */

import type { Saying } from "../../assistant-chat/core/api";
import { Delivery } from "../../assistant-chat/core/delivery";
import { Keystrokes } from "../../assistant-chat/core/keystrokes";
import type { Memory } from "../../assistant-chat/core/memory";
import { Outbox } from "../../assistant-chat/core/outbox";
import type { Entry } from "../../assistant-chat/core/outbox";
import { Transcript } from "../../assistant-chat/core/transcript";
import type { DeskApi } from "./api";
import type { Item, Line, View } from "./types";

const GRACE_MS = 1_000;
const DRAFT = "draft";
const NOTE = "note";

export interface ThreadHooks {
  changed(): void;
  /** Lines that came while the desk was looking or away; not those that were there before. */
  arrived(thread: Thread, lines: readonly Line[]): void;
  tell(frame: object): boolean;
}

export class Thread {
  item: Item | undefined;
  view: View | undefined;
  /** The conversation is unknown, or was erased. */
  isGone = false;
  typing: "customer" | "bot" | undefined;
  unread = 0;
  /** Masked values that were asked for, by id; kept nowhere but here. */
  readonly revealed = new Map<string, unknown>();
  readonly outbox: Outbox;
  readonly #transcript = new Transcript<Line>();
  readonly #delivery: Delivery;
  readonly #keystrokes: Keystrokes;
  /** Ready answers that were put into the draft, by their text. */
  readonly #answers = new Map<string, string>();
  #isHistory = true;
  #loading: Promise<void> | undefined;
  #isStale = false;

  constructor(
    readonly id: string,
    private readonly api: DeskApi,
    private readonly memory: Memory,
    private readonly hooks: ThreadHooks,
  ) {
    this.outbox = new Outbox(memory);
    this.outbox.restore();
    this.#delivery = new Delivery({ say: (_access, saying) => this.#say(saying) }, { id, token: "" }, this.outbox, {
      changed: () => hooks.changed(),
      answered: () => this.#caughtUp(),
      slowedDown: () => undefined,
      isShown: (own) => this.#transcript.hasSaid(own),
      gone: () => undefined,
    });
    this.#keystrokes = new Keystrokes((on) => void hooks.tell({ type: "typing", conversation: id, on }));
  }

  get lines(): readonly Line[] {
    return this.#transcript.messages;
  }

  get last(): number {
    return this.#transcript.last;
  }

  /** What the rep said that isn't in the transcript yet. */
  get pending(): readonly Entry[] {
    return this.outbox.entries.filter((entry) => !this.#transcript.hasSaid(entry.id));
  }

  get draft(): string {
    return this.memory.get(DRAFT) ?? "";
  }

  get noteDraft(): string {
    return this.memory.get(NOTE) ?? "";
  }

  write(text: string): void {
    this.#keep(DRAFT, text);
    this.#keystrokes.typed(!text);
  }

  writeNote(text: string): void {
    this.#keep(NOTE, text);
  }

  /** Put a ready answer after what is written; sent unchanged, it counts as that answer. */
  useAnswer(faqId: string, text: string): void {
    const draft = this.draft.trim();
    this.write(draft ? `${draft}\n\n${text}` : text);
    this.#answers.set(text, faqId);
  }

  /** Follow it live, from the last line that is known. */
  follow(): void {
    this.hooks.tell({ type: "follow", conversation: this.id, after: this.last });
    this.#delivery.resume();
  }

  /** Say it, once, however often it must be sent. */
  say(text: string): void {
    this.outbox.add(text);
    this.#keystrokes.stop();
    this.#delivery.pump();
    this.hooks.changed();
  }

  retry(id: string): void {
    this.#delivery.retry(id);
    this.hooks.changed();
  }

  discard(id: string): void {
    this.outbox.remove(id);
    this.hooks.changed();
  }

  take(lines: readonly Line[]): void {
    const fresh = this.#transcript.add(lines);
    for (const line of fresh) if (line.clientMessageId) this.#delivery.accepted(line.clientMessageId);
    if (!fresh.length) return;
    this.hooks.changed();
    if (!this.#isHistory) this.hooks.arrived(this, fresh);
  }

  /** Something besides the lines changed; what was there before has all been told when this first comes. */
  changed(item: Item): void {
    this.#isHistory = false;
    this.item = item;
    if (this.view) this.view = { ...this.view, conversation: item };
    this.hooks.changed();
  }

  /** Read what is known of it; asked again while it is being read, it is read once more. */
  load(): Promise<void> {
    this.#isStale = true;
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  stop(): void {
    this.#keystrokes.stop();
    this.#delivery.stop();
  }

  async #load(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      this.view = await this.api.view(this.id);
      this.item = this.view.conversation;
    }
    this.hooks.changed();
  }

  async #say(saying: Saying): Promise<{ failed: boolean; language: undefined; messages: Line[] }> {
    const line = await this.api.say(this.id, saying, this.#answers.get(saying.text));
    return { failed: false, language: undefined, messages: line ? [line] : [] };
  }

  /** The live connection brings what was said; where it doesn't, ask. */
  async #caughtUp(): Promise<void> {
    const isDue = (): boolean => this.pending.some((entry) => entry.state !== "failed");
    for (let waited = 0; isDue() && waited < GRACE_MS; waited += 50) await new Promise((done) => setTimeout(done, 50));
    for (let more = isDue(); more; ) {
      const page = await this.api.lines(this.id, this.last);
      this.take(page.lines);
      more = page.more && page.lines.length > 0;
    }
  }

  #keep(key: string, text: string): void {
    if (text) this.memory.set(key, text);
    else this.memory.remove(key);
    this.hooks.changed();
  }
}
