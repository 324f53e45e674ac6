/** A gateway and its sockets for tests, as strict as the real ones: numbers without gaps, ids processed once. */

import type { Surroundings } from "../src/assistant-chat/core/connection";

interface Stored {
  seq: number;
  sender: string;
  text: string;
  lang: string;
  client_message_id?: string;
}

export class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  isClosed = false;

  constructor(private readonly gateway: FakeGateway) {
    queueMicrotask(() => (gateway.isCut ? this.drop() : this.onopen?.()));
  }

  send(data: string): void {
    const hello = JSON.parse(data) as { token: string; after: number };
    queueMicrotask(() => this.gateway.greet(this, hello));
  }

  close(): void {
    this.isClosed = true;
    this.gateway.sockets.delete(this);
  }

  /** The other end goes away. */
  drop(code = 1006): void {
    this.gateway.sockets.delete(this);
    this.onclose?.({ code });
  }

  tell(frame: object): void {
    if (!this.isClosed) this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

export class FakeGateway {
  messages: Stored[] = [];
  readonly sockets = new Set<FakeSocket>();
  readonly said: string[] = [];
  language = "fr";
  begun = 0;
  isCut = false;
  /** So many answers to POST are lost on the way back. */
  losesReplies = 0;
  /** What the next POSTs are refused with. */
  refusals: { status: number; code: string; retryAfter?: number }[] = [];
  /** Whether sockets get what is new. */
  isLive = true;

  readonly surroundings: Surroundings = {
    openSocket: () => new FakeSocket(this) as unknown as WebSocket,
    random: () => 0.5,
    isOnline: () => true,
  };

  /** Everyone is cut off and nobody gets in. */
  cut(): void {
    this.isCut = true;
    for (const socket of [...this.sockets]) socket.drop();
  }

  mend(): void {
    this.isCut = false;
  }

  greet(socket: FakeSocket, hello: { token: string; after: number }): void {
    if (hello.token !== this.token) return socket.drop(4401);
    this.sockets.add(socket);
    socket.tell({ type: "ready", language: this.language });
    for (const message of this.messages.filter((each) => each.seq > hello.after)) socket.tell({ type: "message", message });
  }

  add(message: Omit<Stored, "seq" | "lang">): Stored {
    const stored = { lang: this.language, ...message, seq: this.messages.length + 1 };
    this.messages.push(stored);
    if (this.isLive) for (const socket of this.sockets) socket.tell({ type: "message", message: stored });
    return stored;
  }

  get token(): string {
    return `token-${this.begun}`;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    await Promise.resolve();
    if (this.isCut) throw new TypeError("Failed to fetch");
    const url = new URL(String(input));
    const body = JSON.parse((init?.body as string | undefined) ?? "{}") as Record<string, string>;
    if (url.pathname === "/api/conversations") return this.#begin(body["language"] ?? "fr");
    const token = (init?.headers as Record<string, string>)["Authorization"];
    if (token !== `Bearer ${this.token}`) return refuse(404, "conversation_not_found");
    if (init?.method === "GET") {
      const after = Number(url.searchParams.get("after"));
      return answer(200, { language: this.language, more: false, messages: this.messages.filter((m) => m.seq > after) });
    }
    if (init?.method === "PUT") return answer(200, { language: (this.language = body["language"] ?? "fr"), messages: [] });
    return this.#say(body);
  };

  #begin(language: string): Response {
    this.begun += 1;
    this.language = language;
    this.messages = [];
    const greeting = this.add({ sender: "system", text: "Bonjour!" });
    return answer(201, { id: `id-${this.begun}`, token: this.token, language, messages: [greeting] });
  }

  #say(body: Record<string, string>): Response {
    const refusal = this.refusals.shift();
    if (refusal) return refuse(refusal.status, refusal.code, refusal.retryAfter);
    const id = body["client_message_id"] ?? "";
    const text = body["text"] ?? `button ${body["button"]}`;
    if (!this.messages.some((message) => message.client_message_id === id)) {
      this.said.push(text);
      this.add({ sender: "customer", text, client_message_id: id });
      this.add({ sender: "bot", text: `echo: ${text}` });
    }
    if (this.losesReplies > 0) {
      this.losesReplies -= 1;
      throw new TypeError("Failed to fetch");
    }
    const index = this.messages.findIndex((message) => message.client_message_id === id);
    return answer(200, { state: "answered", language: this.language, messages: [this.messages[index + 1]] });
  }
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

function refuse(status: number, code: string, retryAfter?: number): Response {
  return answer(status, { error: { code, message: "", fields: {} } }, retryAfter ? { "Retry-After": `${retryAfter}` } : {});
}
