/** What a signed-in rep has before them: the queue, who is there, and the conversations that are open. */

import { Refusal } from "../../assistant-chat/core/http";
import type { Memory } from "../../assistant-chat/core/memory";
import { DeskApi } from "./api";
import type { SignIn } from "./api";
import { Link } from "./link";
import { Thread } from "./thread";
import type { Frame, Item, Language, Line, Me, Presence, Queue, Session, Settings } from "./types";

export type Phase = "starting" | "unreachable" | "out" | "in";

export interface Listener {
  changed(): void;
  /** Lines that are new, in a conversation that is open. */
  arrived(thread: Thread, lines: readonly Line[]): void;
  /** More people wait than before. */
  queued(waiting: number): void;
  linked(isLive: boolean): void;
}

export interface Parts {
  readonly base: string | URL;
  /** This tab's own memory for what begins with `start`. */
  readonly memory: (start: string) => Memory;
  readonly fetcher?: typeof fetch;
  readonly openSocket?: (url: string) => WebSocket;
}

const EMPTY: Queue = { now: new Date(0).toISOString(), waiting: [], mine: [], others: [], tickets: 0 };

export class Desk {
  phase: Phase = "starting";
  settings: Settings | undefined;
  queue: Queue = EMPTY;
  reps: readonly Presence[] = [];
  /** Grows when something was delivered to another system, or not. */
  deliveriesTold = 0;
  current: Thread | undefined;
  /** The session ended by itself. */
  isOver = false;
  readonly api: DeskApi;
  readonly #link: Link;
  readonly #threads = new Map<string, Thread>();
  #session: Session | undefined;
  #clockAhead = 0;
  #isTold = false;

  constructor(
    private readonly parts: Parts,
    private readonly listener: Listener,
  ) {
    this.api = new DeskApi(parts.base, () => this.#out(true), parts.fetcher);
    const hooks = {
      url: () => this.api.liveUrl,
      frame: (frame: Frame) => this.#take(frame),
      changed: (isLive: boolean) => (listener.linked(isLive), listener.changed()),
      refused: () => this.#out(true),
    };
    this.#link = new Link(hooks, parts.openSocket);
  }

  get me(): Me {
    return (this.#session as Session).rep;
  }

  get isLive(): boolean {
    return this.#link.isLive;
  }

  get isAdmin(): boolean {
    return this.me.role === "admin";
  }

  get isLead(): boolean {
    return this.me.role !== "rep";
  }

  /** The gateway's time in milliseconds. */
  get now(): number {
    return Date.now() + this.#clockAhead;
  }

  /** Whether a conversation is this rep's own. */
  isMine(item: Item | undefined): boolean {
    return item?.owner === "rep" && item.rep?.id === this.me.id;
  }

  thread(id: string): Thread | undefined {
    return this.#threads.get(id);
  }

  /** Go on with the session that the browser has, if there is one. */
  async start(): Promise<void> {
    try {
      const session = await this.api.session();
      if (session) await this.#in(session);
      else this.#out(false);
    } catch {
      this.phase = "unreachable";
      this.listener.changed();
    }
  }

  /** Rejects with the gateway's refusal or the network's failure. */
  async signIn(credentials: SignIn): Promise<void> {
    await this.#in(await this.api.signIn(credentials));
  }

  /** Leave; nothing of any conversation stays in this browser. */
  async signOut(): Promise<void> {
    await this.api.signOut();
    const memory = this.parts.memory("");
    for (const key of memory.keys("")) memory.remove(key);
    this.#out(false);
  }

  /** Show the desk in another language; what was named in the old one is read again. */
  async speak(language: Language): Promise<void> {
    this.#session = await this.api.speak(language);
    this.listener.changed();
    this.settings = await this.api.settings();
    this.#link.stop();
    this.#link.start();
    await this.current?.load();
  }

  stop(): void {
    this.#link.stop();
    for (const thread of this.#threads.values()) thread.stop();
  }

  wake(): void {
    if (this.phase === "in") this.#link.wake();
    else if (this.phase === "unreachable") void this.start();
  }

  /** Look at a conversation; rejects when it can't be read. */
  async open(id: string | undefined): Promise<void> {
    this.current = id === undefined ? undefined : this.#threadOf(id);
    this.#forgetOthers();
    this.listener.changed();
    const thread = this.current;
    if (!thread) return;
    thread.unread = 0;
    try {
      await thread.load();
    } catch (error) {
      if (!(error instanceof Refusal) || (error.status !== 404 && error.status !== 422)) throw error;
      thread.isGone = true;
      this.listener.changed();
    }
  }

  /** Take a waiting conversation; the first one when none is named. Rejects when somebody else was faster. */
  async claim(id = this.queue.waiting[0]?.id): Promise<string | undefined> {
    if (id) this.settle(await this.api.act(id, "claim"));
    return id;
  }

  /** A conversation now stands as the gateway answered. */
  settle(item: Item): void {
    this.#threads.get(item.id)?.changed(item);
    void this.#threads.get(item.id)?.load().catch(() => undefined);
  }

  async #in(session: Session): Promise<void> {
    this.#session = session;
    this.isOver = false;
    this.settings = await this.api.settings();
    this.phase = "in";
    this.#link.start();
    this.listener.changed();
  }

  #out(isOver: boolean): void {
    this.isOver = isOver;
    this.phase = "out";
    this.stop();
    this.#threads.clear();
    this.current = undefined;
    this.queue = EMPTY;
    this.#isTold = false;
    this.listener.changed();
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case "ready":
        for (const thread of this.#threads.values()) thread.follow();
        break;
      case "queue":
        this.#takeQueue(frame.queue);
        break;
      case "reps":
        this.reps = frame.reps;
        break;
      case "deliveries":
        this.deliveriesTold += 1;
        break;
      case "message":
        this.#threads.get(frame.conversation)?.take([frame.line]);
        break;
      case "changed":
        this.#threads.get(frame.conversation)?.changed(frame.item);
        if (this.current?.id === frame.conversation) void this.current.load().catch(() => undefined);
        break;
      case "typing":
        this.#takeTyping(frame);
        break;
      case "error":
        if (frame.code === "conversation_not_found") this.#takeGone(frame.conversation);
        break;
    }
    this.listener.changed();
  }

  #takeTyping({ conversation, on, who }: Frame & { type: "typing" }): void {
    const thread = this.#threads.get(conversation);
    if (thread) thread.typing = on ? who : undefined;
  }

  #takeGone(id: string | undefined): void {
    const thread = this.#threads.get(id ?? "");
    if (thread) thread.isGone = true;
  }

  #takeQueue(queue: Queue): void {
    const before = this.queue.waiting.length;
    this.queue = queue;
    this.#clockAhead = Date.parse(queue.now) - Date.now();
    for (const item of queue.mine) this.#threadOf(item.id);
    this.#forgetOthers();
    if (this.#isTold && queue.waiting.length > before) this.listener.queued(queue.waiting.length);
    this.#isTold = true;
  }

  /** Own conversations and the one that is looked at are followed; the rest is let go. */
  #forgetOthers(): void {
    for (const [id, thread] of this.#threads) {
      const isKept = thread === this.current || this.queue.mine.some((item) => item.id === id);
      if (isKept) continue;
      thread.stop();
      this.#threads.delete(id);
      this.#link.tell({ type: "unfollow", conversation: id });
    }
  }

  #threadOf(id: string): Thread {
    const known = this.#threads.get(id);
    if (known) return known;
    const thread = new Thread(id, this.api, this.parts.memory(`${this.me.id}:${id}:`), {
      changed: () => this.listener.changed(),
      arrived: (each, lines) => this.#arrived(each, lines),
      tell: (frame) => this.#link.tell(frame),
    });
    this.#threads.set(id, thread);
    thread.follow();
    return thread;
  }

  #arrived(thread: Thread, lines: readonly Line[]): void {
    const fromCustomer = lines.filter((line) => line.sender === "customer").length;
    if (thread !== this.current) thread.unread += fromCustomer;
    this.listener.arrived(thread, lines);
  }
}
