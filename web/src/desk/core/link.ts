/** The desk's live connection: comes back by itself, each time a little later, until the session is over. */

import { backoff } from "../../assistant-chat/core/backoff";
import { readFrame } from "./frames";
import type { Frame } from "./types";

const READY_MS = 8_000;
const REFUSED = 4401;

export interface LinkHooks {
  url(): string;
  frame(frame: Frame): void;
  changed(isLive: boolean): void;
  /** The session is over: nobody is let in any more. */
  refused(): void;
}

export class Link {
  isLive = false;
  #socket: WebSocket | undefined;
  #attempts = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #ready: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hooks: LinkHooks,
    private readonly openSocket: (url: string) => WebSocket = (url) => new WebSocket(url),
  ) {}

  start(): void {
    this.#open();
  }

  stop(): void {
    clearTimeout(this.#again);
    this.#drop();
    this.#become(false);
  }

  /** Send a frame; false when it could not be. */
  tell(frame: object): boolean {
    if (!this.isLive) return false;
    this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  /** The network may be back: find out now rather than later. */
  wake(): void {
    if (this.isLive || !this.#socket) return;
    this.#attempts = 0;
    this.#open();
  }

  #open(): void {
    this.#drop();
    clearTimeout(this.#again);
    const socket = this.openSocket(this.hooks.url());
    this.#socket = socket;
    this.#ready = setTimeout(() => this.#lost(socket), READY_MS);
    socket.onmessage = (event) => {
      const frame = this.#socket === socket ? readFrame(event.data) : undefined;
      if (frame) this.#take(frame);
    };
    socket.onclose = (event) => this.#lost(socket, event.code);
  }

  #take(frame: Frame): void {
    if (frame.type === "ready") {
      clearTimeout(this.#ready);
      this.#attempts = 0;
      this.#become(true);
    }
    this.hooks.frame(frame);
  }

  #lost(socket: WebSocket, code?: number): void {
    if (this.#socket !== socket) return;
    clearTimeout(this.#ready);
    this.#become(false);
    if (code === REFUSED) {
      this.#drop();
      return this.hooks.refused();
    }
    this.#attempts += 1;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#open(), backoff(this.#attempts));
  }

  #drop(): void {
    clearTimeout(this.#ready);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(isLive: boolean): void {
    if (isLive === this.isLive) return;
    this.isLive = isLive;
    this.hooks.changed(isLive);
  }
}
