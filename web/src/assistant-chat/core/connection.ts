/**
 * Brings what is new in a conversation: live over a WebSocket, by asking over HTTP while there is none.
 * It asks for everything after the last number it has, so a cut can neither lose nor double a message.
 */

import { NetworkFailure, Refusal } from "./http";
import type { Access, ChatApi } from "./api";
import type { Answering } from "./answering";
import { backoff } from "./backoff";
import { readFrame } from "./protocol";
import type { Frame, Language, Message } from "./protocol";

/** A word to whoever waits for an answer. */
export interface Waiting {
  readonly text: string;
  readonly lang: Language;
}

/** connecting: just started or just cut. live: by WebSocket. polling: by HTTP only. offline: not at all. */
export type LinkState = "connecting" | "live" | "polling" | "offline";

export interface Hooks {
  /** The number of the last message we have. */
  last(): number;
  messages(messages: readonly Message[]): void;
  typing(on: boolean): void;
  language(language: Language): void;
  /** Whether the gateway still knows the customer as signed in. */
  signedIn(isSignedIn: boolean): void;
  /** Who answers. */
  answering(answering: Answering): void;
  /** An answer takes its time. */
  notice(notice: Waiting): void;
  state(state: LinkState): void;
  /** All that was said until now has been told. */
  synced(): void;
  /** The conversation doesn't exist any more. */
  gone(): void;
}

export interface Surroundings {
  readonly openSocket: (url: string) => WebSocket;
  readonly random: () => number;
  readonly isOnline: () => boolean;
}

export const browserSurroundings: Surroundings = {
  openSocket: (url) => new WebSocket(url),
  random: Math.random,
  isOnline: () => navigator.onLine,
};

const READY_MS = 8_000;
const POLL_MS = 5_000;
const LIVE_GRACE_MS = 1_000;
const REFUSED = 4401;

export class Connection {
  #socket: WebSocket | undefined;
  #state: LinkState = "connecting";
  #attempts = 0;
  #reconnect: ReturnType<typeof setTimeout> | undefined;
  #ready: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #syncing: Promise<boolean> | undefined;
  #running = false;

  constructor(
    private readonly api: ChatApi,
    private readonly access: Access,
    private readonly hooks: Hooks,
    private readonly around: Surroundings = browserSurroundings,
  ) {}

  get state(): LinkState {
    return this.#state;
  }

  /** Read what there is, then stay connected until `stop`. */
  async start(): Promise<void> {
    this.#running = true;
    this.#poll = setInterval(() => this.#pollOnce(), POLL_MS);
    await this.#establish();
  }

  stop(): void {
    this.#running = false;
    clearInterval(this.#poll);
    clearTimeout(this.#reconnect);
    this.#drop();
  }

  /** The network may be back, or the machine was asleep: find out now rather than later. */
  async wake(): Promise<void> {
    if (!this.#running) return;
    if (this.#state === "live") return this.catchUp();
    this.#attempts = 0;
    await this.#establish();
  }

  /** Read what there is; a live connection that should have brought it has died quietly and is replaced. */
  async catchUp(): Promise<void> {
    const before = this.hooks.last();
    const reached = await this.sync();
    const isDeaf = !reached || this.hooks.last() > before;
    if (this.#running && this.#state === "live" && isDeaf) this.#open();
  }

  /** Say something over the live connection; without one it isn't said. */
  tell(frame: object): void {
    if (this.#state === "live") this.#socket?.send(JSON.stringify(frame));
  }

  /** Resolves when message `seq` has come, fetched if the live connection doesn't bring it. */
  async reach(seq: number): Promise<void> {
    const isIn = (): boolean => this.hooks.last() >= seq;
    for (let waited = 0; this.#state === "live" && !isIn() && waited < LIVE_GRACE_MS; waited += 50) {
      await new Promise((done) => setTimeout(done, 50));
    }
    if (!isIn()) await this.catchUp();
  }

  /** Ask over HTTP for everything after the last message; false when the gateway can't be reached. */
  sync(): Promise<boolean> {
    this.#syncing ??= this.#sync().finally(() => (this.#syncing = undefined));
    return this.#syncing;
  }

  async #sync(): Promise<boolean> {
    try {
      for (let more = true; more; ) {
        const page = await this.api.read(this.access, this.hooks.last());
        if (!this.#running) return true;
        this.hooks.messages(page.messages);
        if (page.language) this.hooks.language(page.language);
        this.hooks.signedIn(page.isSignedIn);
        if (page.answering) this.hooks.answering(page.answering);
        more = page.more && page.messages.length > 0;
      }
    } catch (error) {
      return this.#syncFailed(error);
    }
    this.hooks.synced();
    if (this.#state !== "live") this.#become(this.#attempts > 1 ? "polling" : "connecting");
    return true;
  }

  #syncFailed(error: unknown): boolean {
    if (!this.#running) return false;
    if (error instanceof Refusal && error.isGone) {
      this.stop();
      this.hooks.gone();
      return false;
    }
    if (!(error instanceof NetworkFailure || error instanceof Refusal)) throw error;
    if (this.#state !== "live") this.#become("offline");
    return false;
  }

  async #establish(): Promise<void> {
    clearTimeout(this.#reconnect);
    const reached = await this.sync();
    if (!this.#running) return;
    if (reached) this.#open();
    else this.#again(1);
  }

  #again(failures: number): void {
    this.#attempts += failures;
    clearTimeout(this.#reconnect);
    const wait = backoff(this.#attempts, this.around.random);
    this.#reconnect = setTimeout(() => void this.#establish(), wait);
  }

  #pollOnce(): void {
    if (this.#state === "polling") void this.sync();
  }

  #open(): void {
    this.#drop();
    clearTimeout(this.#reconnect);
    const socket = this.around.openSocket(this.api.liveUrl(this.access));
    this.#socket = socket;
    this.#ready = setTimeout(() => this.#lost(socket), READY_MS);
    socket.onopen = () =>
      socket.send(JSON.stringify({ type: "hello", token: this.access.token, after: this.hooks.last() }));
    socket.onmessage = (event) => {
      const frame = this.#socket === socket ? readFrame(event.data) : undefined;
      if (frame) this.#take(frame);
    };
    socket.onclose = (event) => this.#lost(socket, event.code);
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case "ready":
        clearTimeout(this.#ready);
        this.#attempts = 0;
        this.#become("live");
        if (frame.language) this.hooks.language(frame.language);
        if (frame.isSignedIn !== undefined) this.hooks.signedIn(frame.isSignedIn);
        if (frame.answering) this.hooks.answering(frame.answering);
        break;
      case "message":
        this.hooks.messages([frame.message]);
        break;
      case "typing":
        this.hooks.typing(frame.on);
        break;
      case "notice":
        this.hooks.notice(frame);
        break;
      case "owner":
        this.hooks.answering(frame.answering);
        break;
      case "session":
        this.hooks.signedIn(frame.isSignedIn);
        break;
      case "language":
        this.hooks.language(frame.language);
        break;
      case "error":
        if (frame.code === "conversation_not_found") {
          this.stop();
          this.hooks.gone();
        }
        break;
    }
  }

  #lost(socket: WebSocket, code?: number): void {
    if (this.#socket !== socket) return;
    this.#drop();
    this.hooks.typing(false);
    if (this.#state === "live") this.#become("connecting");
    if (!this.around.isOnline()) this.#become("offline");
    this.#again(code === REFUSED ? 5 : 1);
  }

  #drop(): void {
    clearTimeout(this.#ready);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(state: LinkState): void {
    if (state === this.#state || !this.#running) return;
    this.#state = state;
    this.hooks.state(state);
  }
}
