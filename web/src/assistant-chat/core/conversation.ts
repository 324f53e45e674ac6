/** One customer's conversation as the widget shows it: transcript, outbox and connection put together. */

import { Refusal } from "./api";
import type { Begun, ChatApi, Reply } from "./api";
import { backoff } from "./backoff";
import { Connection } from "./connection";
import type { LinkState, Surroundings } from "./connection";
import { Delivery } from "./delivery";
import { findOrBegin, forgetIdentity, keepIdentity, recallIdentity } from "./identity";
import type { Identity } from "./identity";
import type { Memory } from "./memory";
import { Outbox } from "./outbox";
import type { Entry } from "./outbox";
import type { Language, Message } from "./protocol";
import { Transcript } from "./transcript";

export type Phase = "idle" | "starting" | "ready";

/** What the customer is told besides the messages; `until` is when the wait ends. */
export interface Notice {
  readonly kind: "offline" | "online" | "starting" | "expired" | "restarted" | "rate" | "busy";
  readonly until?: number;
}

export interface Listener {
  changed(): void;
  /** Messages that this page had not shown yet, in order; history of an earlier page is not among them. */
  arrived(messages: readonly Message[]): void;
  told(notice: Notice): void;
}

export interface Parts {
  readonly api: ChatApi;
  /** Shared by all tabs. */
  readonly memory: Memory;
  /** This tab's own. */
  readonly session: Memory;
  readonly surroundings?: Surroundings;
}

const HEARD = "heard";
const LIVE_GRACE_MS = 1_000;

export class Conversation {
  #phase: Phase = "idle";
  #transcript = new Transcript();
  #identity: Identity | undefined;
  #connection: Connection | undefined;
  #delivery: Delivery | undefined;
  #isTyping = false;
  #isHistory = false;
  #languageDue = false;
  #notices: readonly Notice[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  readonly outbox: Outbox;

  constructor(
    private readonly parts: Parts,
    private readonly listener: Listener,
    private language_: Language,
  ) {
    this.outbox = new Outbox(parts.memory);
  }

  get phase(): Phase {
    return this.#phase;
  }

  get language(): Language {
    return this.language_;
  }

  get messages(): readonly Message[] {
    return this.#transcript.messages;
  }

  /** What was said but isn't in the transcript yet, or needs the customer's attention. */
  get pending(): readonly Entry[] {
    return this.outbox.entries.filter((entry) => !this.#transcript.hasSaid(entry.id));
  }

  /** The entry behind a message of the transcript, while it isn't settled. */
  entryOf(message: Message): Entry | undefined {
    return message.clientMessageId ? this.outbox.find(message.clientMessageId) : undefined;
  }

  get link(): LinkState {
    return this.#connection?.state ?? "connecting";
  }

  get notices(): readonly Notice[] {
    return this.#notices;
  }

  /** Whether an answer is on its way. */
  get isAwaiting(): boolean {
    return this.#isTyping || this.outbox.entries.some((entry) => entry.state === "accepted" || entry.state === "sending");
  }

  /** Whether an earlier page left a conversation that can be gone on with. */
  get isRemembered(): boolean {
    return recallIdentity(this.parts.memory) !== undefined;
  }

  /** Go on with the remembered conversation or begin one. */
  async start(): Promise<void> {
    if (this.#phase !== "idle") return;
    this.#phase = "starting";
    this.outbox.restore();
    this.listener.changed();
    await this.#begin();
  }

  stop(): void {
    clearTimeout(this.#retry);
    this.#detach();
    this.#phase = "idle";
  }

  say(text: string): void {
    this.#withdraw("expired", "restarted");
    this.outbox.add(text);
    this.#delivery?.pump();
    this.listener.changed();
  }

  press(token: string, title: string): void {
    this.outbox.add(title, token);
    this.#delivery?.pump();
    this.listener.changed();
  }

  retry(id: string): void {
    this.#delivery?.retry(id);
    this.listener.changed();
  }

  discard(id: string): void {
    this.outbox.remove(id);
    this.listener.changed();
  }

  /** Go on in another language; told to the gateway as soon as it can be reached. */
  async speak(language: Language): Promise<void> {
    if (language === this.language_) return;
    this.#adopt(language);
    this.#languageDue = true;
    await this.#tellLanguage();
  }

  /** Rejects when the opinion could not be kept. */
  async rate(message: Message, useful: boolean, comment?: string): Promise<void> {
    if (!this.#identity) return;
    await this.parts.api.rate(this.#identity, message.seq, useful, comment);
    this.#transcript.rate(message.seq, useful);
    this.listener.changed();
  }

  /** Forget this conversation on this device and begin another. */
  async restart(): Promise<void> {
    this.outbox.clear();
    this.#leave({ kind: "restarted" });
    await this.#begin();
  }

  /** Another tab began, left or changed the conversation. */
  async followOtherTab(): Promise<void> {
    if (this.#phase !== "ready") return;
    const other = recallIdentity(this.parts.memory);
    if (!other || !this.#identity) return;
    if (other.id === this.#identity.id) return this.#adopt(other.language);
    this.#detach();
    this.#transcript = new Transcript();
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
      const found = await findOrBegin(this.parts.memory, () => this.parts.api.begin(this.language_));
      this.#failures = 0;
      this.#withdraw("starting", "busy");
      await this.#attach(found.identity, found.begun);
    } catch (error) {
      this.#beginLater(error);
    }
  }

  #beginLater(error: unknown): void {
    this.#failures += 1;
    const isBusy = error instanceof Refusal && error.status === 429;
    const wait = isBusy ? (error.retryAfter ?? 10) * 1000 : backoff(this.#failures + 2);
    this.#tell(isBusy ? { kind: "busy", until: Date.now() + wait } : { kind: "starting" });
    this.#retry = setTimeout(() => void this.#begin(), wait);
  }

  async #attach(identity: Identity, begun?: Begun): Promise<void> {
    this.#identity = identity;
    this.#phase = "ready";
    this.#adopt(identity.language);
    const { api, surroundings } = this.parts;
    const connection = new Connection(
      api,
      identity,
      {
        last: () => this.#transcript.last,
        messages: (messages) => this.#take(messages),
        typing: (on) => this.#typing(on),
        language: (language) => this.#languageDue || this.#adopt(language),
        state: (state) => this.#linked(state),
        synced: () => (this.#isHistory = false),
        gone: () => void this.#renew(),
      },
      surroundings,
    );
    this.#connection = connection;
    this.#delivery = new Delivery(api, identity, this.outbox, {
      changed: () => this.listener.changed(),
      isShown: (id) => this.#transcript.hasSaid(id),
      answered: (reply) => this.#answered(reply),
      slowedDown: (seconds) => this.#tell({ kind: "rate", until: Date.now() + seconds * 1000 }),
      gone: () => void this.#renew(),
    });
    if (begun) this.#take(begun.messages);
    this.#isHistory = !begun;
    await connection.start();
    if (this.#connection !== connection) return;
    this.#delivery?.pump();
    this.listener.changed();
  }

  #detach(): void {
    this.#connection?.stop();
    this.#delivery?.stop();
    this.#connection = this.#delivery = undefined;
    this.#isTyping = false;
  }

  #leave(notice: Notice): void {
    this.#detach();
    this.#identity = undefined;
    this.#transcript = new Transcript();
    this.#languageDue = false;
    forgetIdentity(this.parts.memory);
    this.parts.session.remove(HEARD);
    this.#phase = "starting";
    this.#tell(notice);
  }

  async #renew(): Promise<void> {
    if (this.#phase !== "ready") return;
    const other = recallIdentity(this.parts.memory);
    if (other && other.id !== this.#identity?.id) return this.followOtherTab();
    this.outbox.moveToNewConversation();
    this.#leave({ kind: "expired" });
    await this.#begin();
  }

  #take(messages: readonly Message[]): void {
    const fresh = this.#transcript.add(messages);
    for (const message of fresh) {
      if (message.clientMessageId) this.#delivery?.accepted(message.clientMessageId);
    }
    if (!fresh.length) return;
    const heard = this.#heard();
    const unheard = this.#isHistory ? fresh.filter((message) => message.seq > heard) : fresh;
    this.parts.session.set(HEARD, `${this.#identity?.id ?? ""} ${this.#transcript.last}`);
    this.listener.changed();
    if (unheard.length) this.listener.arrived(unheard);
  }

  /** The number of the last message this tab has shown before; a tab new to the conversation has it all as history. */
  #heard(): number {
    const [id, seq] = (this.parts.session.get(HEARD) ?? "").split(" ");
    return id === this.#identity?.id ? Number(seq) : Number.POSITIVE_INFINITY;
  }

  async #answered(reply: Reply): Promise<void> {
    if (reply.language && !this.#languageDue) this.#adopt(reply.language);
    const last = reply.messages.at(-1)?.seq ?? 0;
    const isIn = (): boolean => this.#transcript.last >= last;
    for (let waited = 0; this.link === "live" && !isIn() && waited < LIVE_GRACE_MS; waited += 50) {
      await new Promise((done) => setTimeout(done, 50));
    }
    if (!isIn()) await this.#connection?.catchUp();
  }

  #typing(on: boolean): void {
    this.#isTyping = on;
    this.listener.changed();
  }

  #linked(state: LinkState): void {
    if (state === "offline") {
      this.#tell({ kind: "offline" });
    } else {
      if (this.#withdraw("offline")) this.listener.told({ kind: "online" });
      this.#delivery?.resume();
      void this.#tellLanguage();
    }
    this.listener.changed();
  }

  async #tellLanguage(): Promise<void> {
    if (!this.#languageDue || !this.#identity) return;
    try {
      await this.parts.api.changeLanguage(this.#identity, this.language_);
    } catch (error) {
      if (error instanceof Refusal && error.isGone) await this.#renew();
      return; // Otherwise told when the connection is back; the gateway follows what is typed anyway.
    }
    this.#languageDue = false;
    if (this.link !== "live") await this.#connection?.sync();
  }

  #adopt(language: Language): void {
    this.language_ = language;
    if (this.#identity && this.#identity.language !== language) {
      this.#identity = { ...this.#identity, language };
      keepIdentity(this.parts.memory, this.#identity);
    }
    this.listener.changed();
  }

  #tell(notice: Notice): void {
    const isNew = !this.#notices.some((each) => each.kind === notice.kind && each.until === undefined);
    this.#notices = [...this.#notices.filter((each) => each.kind !== notice.kind), notice];
    if (isNew) this.listener.told(notice);
    if (notice.until) setTimeout(() => this.#withdraw(notice.kind), notice.until - Date.now());
    this.listener.changed();
  }

  #withdraw(...kinds: Notice["kind"][]): boolean {
    const kept = this.#notices.filter((notice) => !kinds.includes(notice.kind));
    if (kept.length === this.#notices.length) return false;
    this.#notices = kept;
    this.listener.changed();
    return true;
  }
}
