/** One customer's conversation as the widget shows it: transcript, outbox and connection put together. */

import { BY_BOT } from "./answering";
import type { Reply } from "./api";
import type { LinkState, Waiting } from "./connection";
import { Handover } from "./handover";
import { Heard } from "./heard";
import { Refusal } from "./http";
import { recallIdentity } from "./identity";
import { Lifecycle } from "./lifecycle";
import { Moving } from "./moving";
import type { LifecycleHooks, Phase } from "./lifecycle";
import { Notices } from "./notices";
import { Outbox } from "./outbox";
import type { Notice } from "./notices";
import type { Entry } from "./outbox";
import type { Listener, Parts } from "./parts";
import type { Language, Message } from "./protocol";
import { OUTSIDE, SignIn } from "./sign-in";
import { Transcript } from "./transcript";

export class Conversation {
  #transcript = new Transcript();
  #isTyping = false;
  #isHistory = false;
  #languageDue = false;
  #waiting: Waiting | undefined;
  readonly outbox: Outbox;
  readonly signIn: SignIn;
  readonly handover: Handover;
  readonly moving: Moving;
  readonly #notices: Notices;
  readonly #heard: Heard;
  readonly #life: Lifecycle;

  constructor(
    private readonly parts: Parts,
    private readonly listener: Listener,
    private language_: Language,
  ) {
    const { api, memory, session, surroundings } = parts;
    this.outbox = new Outbox(memory);
    this.#notices = new Notices(listener);
    this.#heard = new Heard(session);
    this.#life = new Lifecycle(
      { api, memory, outbox: this.outbox, notices: this.#notices, surroundings },
      this.#lifecycleHooks(),
    );
    this.signIn = new SignIn(api, {
      access: () => this.#life.identity,
      standing: () => this.#life.identity?.standing ?? OUTSIDE,
      messages: () => this.messages,
      changed: (standing) => (this.#life.update({ standing }), listener.changed()),
      answered: (reply) => this.#answered(reply),
      gone: () => void this.#life.renew(),
    });
    this.moving = new Moving(api, {
      access: () => this.#life.identity,
      arrived: (identity) => (this.outbox.clear(), this.#life.moveTo(identity)),
    });
    this.handover = new Handover(api, {
      access: () => this.#life.identity,
      messages: () => this.messages,
      changed: () => listener.changed(),
      moved: (place) => listener.moved(place),
      tell: (frame) => this.#life.connection?.tell(frame),
      answered: (reply) => this.#answered(reply),
    });
  }

  get phase(): Phase {
    return this.#life.phase;
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
    return this.#life.connection?.state ?? "connecting";
  }

  get notices(): readonly Notice[] {
    return this.#notices.all;
  }

  /** Whether an answer is on its way. */
  get isAwaiting(): boolean {
    return this.#isTyping || this.outbox.entries.some((entry) => entry.state === "accepted" || entry.state === "sending");
  }

  /** What is said to whoever waits for an answer that takes its time. */
  get waiting(): Waiting | undefined {
    return this.#waiting;
  }

  /** Whether an earlier page left a conversation that can be gone on with. */
  get isRemembered(): boolean {
    return recallIdentity(this.parts.memory) !== undefined;
  }

  /** Go on with the remembered conversation or begin one. */
  async start(): Promise<void> {
    if (this.phase !== "idle") return;
    this.outbox.restore();
    const started = this.#life.start();
    this.listener.changed();
    await started;
  }

  stop(): void {
    this.#life.stop();
  }

  say(text: string): void {
    this.#notices.withdraw("expired", "restarted");
    this.outbox.add(text);
    this.#life.delivery?.pump();
    this.listener.changed();
  }

  /** Press a quick reply; one that is on its way is not pressed twice. */
  press(token: string, title: string): void {
    if (this.outbox.entries.some((entry) => entry.button === token && entry.state !== "failed")) return;
    this.outbox.add(title, token);
    this.#life.delivery?.pump();
    this.listener.changed();
  }

  retry(id: string): void {
    this.#life.delivery?.retry(id);
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
    const { identity } = this.#life;
    if (!identity) return;
    await this.parts.api.rate(identity, message.seq, useful, comment);
    this.#transcript.rate(message.seq, useful);
    this.listener.changed();
  }

  /** Rejects when the receipt can't be had. */
  async receiptPdf(number: string, language: Language): Promise<Blob> {
    const { identity } = this.#life;
    if (!identity) throw new Refusal(404, "conversation_not_found");
    return this.parts.api.receiptPdf(identity, number, language);
  }

  /** Forget this conversation on this device and begin another; nobody stays signed in to what is left behind. */
  async restart(): Promise<void> {
    const { identity } = this.#life;
    if (identity && this.signIn.isSignedIn) this.parts.api.signOut(identity).catch(() => undefined);
    this.outbox.clear();
    await this.#life.restart();
  }

  /** Another tab began, left or changed the conversation. */
  async followOtherTab(): Promise<void> {
    await this.#life.followOtherTab();
  }

  /** The network may be back or the machine awake. */
  wake(): void {
    this.#life.wake();
  }

  #lifecycleHooks(): LifecycleHooks {
    return {
      language: () => this.language_,
      attached: (identity, begun) => {
        this.#adopt(identity.language);
        if (begun) this.#take(begun.messages);
        this.#isHistory = !begun;
      },
      refreshed: (identity) => this.#adopt(identity.language),
      detached: () => this.#typing(false),
      over: (isForgotten) => {
        this.#transcript = new Transcript();
        this.handover.learn(BY_BOT);
        if (!isForgotten) return;
        this.#languageDue = false;
        this.#heard.forget();
      },
      connection: {
        last: () => this.#transcript.last,
        messages: (messages) => this.#take(messages),
        typing: (on) => this.#typing(on),
        language: (language) => this.#languageDue || this.#adopt(language),
        signedIn: (isSignedIn) => this.signIn.learn(isSignedIn),
        answering: (answering) => this.handover.learn(answering),
        notice: (waiting) => this.#wait(waiting),
        state: (state) => this.#linked(state),
        synced: () => (this.#isHistory = false),
      },
      delivery: {
        changed: () => this.listener.changed(),
        isShown: (id) => this.#transcript.hasSaid(id),
        answered: (reply) => this.#answered(reply),
        slowedDown: (seconds) => this.#notices.tell({ kind: "rate", until: Date.now() + seconds * 1000 }),
      },
    };
  }

  #take(messages: readonly Message[]): void {
    const fresh = this.#transcript.add(messages);
    for (const message of fresh) {
      if (message.clientMessageId) this.#life.delivery?.accepted(message.clientMessageId);
    }
    if (!fresh.length) return;
    if (fresh.some((message) => message.sender !== "customer")) this.#waiting = undefined;
    const id = this.#life.identity?.id ?? "";
    const heard = this.#heard.last(id);
    const unheard = this.#isHistory ? fresh.filter((message) => message.seq > heard) : fresh;
    this.#heard.mark(id, this.#transcript.last);
    this.listener.changed();
    if (unheard.length) this.listener.arrived(unheard);
  }

  async #answered(reply: Reply): Promise<void> {
    if (reply.language && !this.#languageDue) this.#adopt(reply.language);
    await this.#life.connection?.reach(reply.messages.at(-1)?.seq ?? 0);
  }

  #typing(on: boolean): void {
    this.#isTyping = on;
    if (!on) this.#waiting = undefined;
    this.listener.changed();
  }

  #wait(waiting: Waiting): void {
    this.#waiting = waiting;
    this.listener.changed();
    this.listener.waited(waiting);
  }

  #linked(state: LinkState): void {
    if (state === "offline") {
      this.#notices.tell({ kind: "offline" });
    } else {
      if (this.#notices.withdraw("offline")) this.listener.told({ kind: "online" });
      this.#life.delivery?.resume();
      void this.#tellLanguage();
    }
    this.listener.changed();
  }

  async #tellLanguage(): Promise<void> {
    const { identity, connection } = this.#life;
    if (!this.#languageDue || !identity) return;
    try {
      await this.parts.api.changeLanguage(identity, this.language_);
    } catch (error) {
      if (error instanceof Refusal && error.isGone) await this.#life.renew();
      return; // Otherwise told when the connection is back; the gateway follows what is typed anyway.
    }
    this.#languageDue = false;
    if (this.link !== "live") await connection?.sync();
  }

  #adopt(language: Language): void {
    this.language_ = language;
    if (this.#life.identity && this.#life.identity.language !== language) this.#life.update({ language });
    this.listener.changed();
  }
}
