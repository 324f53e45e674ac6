/** A gateway and its sockets for tests, as strict as the real ones: numbers without gaps, ids processed once. */

export const PASSWORD = "erable2026";
export const PHONE_CODE = "482615";

import type { Surroundings } from "../src/assistant-chat/core/connection";

interface Stored {
  seq: number;
  sender: string;
  text: string;
  lang: string;
  client_message_id?: string;
  card?: object;
  key?: string;
  buttons?: object[];
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
    const frame = JSON.parse(data) as { type: string; token: string; after: number };
    if (frame.type !== "hello") return void this.gateway.frames.push({ ...frame });
    const hello = frame;
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
  /** What clients sent over their connections after the first frame. */
  readonly frames: Record<string, unknown>[] = [];
  readonly callbacks: object[] = [];
  answering: object = { owner: "bot", rep: null, place: null };
  language = "fr";
  isSignedIn = false;
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
    socket.tell({ type: "ready", language: this.language, signed_in: this.isSignedIn, ...this.answering });
    for (const message of this.messages.filter((each) => each.seq > hello.after)) socket.tell({ type: "message", message });
  }

  add(message: Omit<Stored, "seq" | "lang">): Stored {
    const stored = { lang: this.language, ...message, seq: this.messages.length + 1 };
    this.messages.push(stored);
    this.tell({ type: "message", message: stored });
    return stored;
  }

  /** The customer signs in or out somewhere, or the session ends. */
  session(isSignedIn: boolean): void {
    this.isSignedIn = isSignedIn;
    this.tell({ type: "session", signed_in: isSignedIn });
  }

  /** A frame to everyone who is connected. */
  tell(frame: object): void {
    if (this.isLive) for (const socket of this.sockets) socket.tell(frame);
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
    if (url.pathname.endsWith("/resume")) return this.#resume(body);
    const token = (init?.headers as Record<string, string>)["Authorization"];
    if (token !== `Bearer ${this.token}`) return refuse(404, "conversation_not_found");
    if (url.pathname.endsWith("/sign-in")) return this.#signIn(body);
    if (url.pathname.endsWith("/sign-out")) return this.#changeSession(false, "Au revoir!");
    if (url.pathname.endsWith("/phone-code")) return this.#phoneCode();
    if (url.pathname.endsWith("/callback")) return this.#callBack(body);
    if (url.pathname.endsWith(".pdf")) return this.#receipt(url);
    if (init?.method === "GET") {
      const after = Number(url.searchParams.get("after"));
      const messages = this.messages.filter((message) => message.seq > after);
      return answer(200, { language: this.language, signed_in: this.isSignedIn, more: false, messages, ...this.answering });
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

  #phoneCode(): Response {
    const refusal = this.refusals.shift();
    if (refusal) return refuse(refusal.status, refusal.code, refusal.retryAfter);
    return answer(201, { code: PHONE_CODE, expires_at: "2026-11-23T14:05:00+00:00" });
  }

  /** The conversation of a caller, who had signed in and spoke English; what was here before is left alone. */
  #resume(body: Record<string, string>): Response {
    const refusal = this.refusals.shift();
    if (refusal) return refuse(refusal.status, refusal.code, refusal.retryAfter);
    if (body["code"] !== PHONE_CODE) return refuse(404, "code_invalid");
    this.#begin("en");
    this.add({ sender: "bot", text: "What amount did you pay?" });
    this.isSignedIn = true;
    const { language, messages } = this;
    return answer(200, { id: `id-${this.begun}`, token: this.token, language, signed_in: true, messages });
  }

  #signIn(body: Record<string, string>): Response {
    const refusal = this.refusals.shift();
    if (refusal) return refuse(refusal.status, refusal.code, refusal.retryAfter);
    if (body["password"] !== PASSWORD) return refuse(403, "sign_in_failed", undefined, { attempts_left: 2 });
    return this.#changeSession(true, "Merci, Marie.");
  }

  #changeSession(isSignedIn: boolean, text: string): Response {
    this.session(isSignedIn);
    const message = this.add({ sender: "bot", text });
    this.#loseReply();
    return answer(200, { signed_in: isSignedIn, language: this.language, messages: [message] });
  }

  #callBack(body: Record<string, string>): Response {
    this.callbacks.push(body);
    const message = this.add({ sender: "system", text: "Votre demande 12345678", key: "callback_kept" });
    return answer(200, { number: "12345678", messages: [message] });
  }

  #receipt(url: URL): Response {
    if (!this.isSignedIn) return refuse(403, "not_signed_in");
    return new Response(`%PDF ${url.searchParams.get("lang")}`, { status: 200 });
  }

  #loseReply(): void {
    if (this.losesReplies === 0) return;
    this.losesReplies -= 1;
    throw new TypeError("Failed to fetch");
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
    this.#loseReply();
    const index = this.messages.findIndex((message) => message.client_message_id === id);
    return answer(200, { state: "answered", language: this.language, messages: [this.messages[index + 1]] });
  }
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

function refuse(status: number, code: string, retryAfter?: number, fields: object = {}): Response {
  return answer(status, { error: { code, message: "", fields } }, retryAfter ? { "Retry-After": `${retryAfter}` } : {});
}
