/** The chat API over HTTP: one method a call, one kind of error for refusals and one for a network that fails. */

import { isLanguage, parseJson, readErrorCode, readMessages } from "./protocol";
import type { Language, Message } from "./protocol";

const ANSWER_MS = 30_000;
const READ_MS = 10_000;

/** What opens one conversation. */
export interface Access {
  readonly id: string;
  readonly token: string;
}

export interface Begun extends Access {
  readonly language: Language;
  readonly messages: Message[];
}

/** What is said under a client message id: words or a pressed button. */
export interface Saying {
  readonly id: string;
  readonly text: string;
  readonly button?: string | undefined;
}

export interface Reply {
  readonly failed: boolean;
  readonly language: Language | undefined;
  readonly messages: Message[];
}

export interface Page {
  readonly more: boolean;
  readonly language: Language | undefined;
  readonly messages: Message[];
}

/** The gateway understood us and said no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfter?: number,
  ) {
    super(`${status} ${code}`);
  }

  /** The conversation is unknown or its token has expired: only a new one helps. */
  get isGone(): boolean {
    return this.status === 401 || this.code === "conversation_not_found";
  }
}

/** Nobody answered: offline, cut off, or too slow. */
export class NetworkFailure extends Error {}

export class ChatApi {
  readonly #base: URL;

  constructor(
    base: string | URL,
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {
    const url = new URL(base);
    if (!url.pathname.endsWith("/")) url.pathname += "/";
    this.#base = url;
  }

  /** The address that same-site paths in messages are relative to. */
  get site(): string {
    return this.#base.origin;
  }

  async begin(language: Language): Promise<Begun> {
    const body = await this.#call("POST", "conversations", { body: { language } });
    const { id, token } = body;
    if (typeof id !== "string" || typeof token !== "string") throw new Refusal(502, "unreadable");
    return { id, token, language: languageOf(body) ?? language, messages: readMessages(body["messages"]) };
  }

  async say(access: Access, saying: Saying): Promise<Reply> {
    const what = saying.button === undefined ? { text: saying.text } : { button: saying.button };
    const body = await this.#call("POST", `conversations/${access.id}/messages`, {
      access,
      body: { client_message_id: saying.id, ...what },
    });
    return {
      failed: body["state"] === "failed",
      language: languageOf(body),
      messages: readMessages(body["messages"]),
    };
  }

  async read(access: Access, after: number): Promise<Page> {
    const body = await this.#call("GET", `conversations/${access.id}/messages?after=${after}`, { access });
    return { more: body["more"] === true, language: languageOf(body), messages: readMessages(body["messages"]) };
  }

  async changeLanguage(access: Access, language: Language): Promise<void> {
    await this.#call("PUT", `conversations/${access.id}/language`, { access, body: { language } });
  }

  async rate(access: Access, seq: number, useful: boolean, comment?: string): Promise<void> {
    const body = comment ? { useful, comment } : { useful };
    await this.#call("POST", `conversations/${access.id}/messages/${seq}/feedback`, { access, body });
  }

  /** Where the live connection of a conversation is. */
  liveUrl(access: Access): string {
    const url = new URL(`conversations/${access.id}/live`, this.#base);
    url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
    return url.href;
  }

  async #call(
    method: string,
    path: string,
    options: { access?: Access; body?: object },
  ): Promise<Record<string, unknown>> {
    const headers: Record<string, string> = {};
    if (options.access) headers["Authorization"] = `Bearer ${options.access.token}`;
    if (options.body) headers["Content-Type"] = "application/json";
    const response = await this.#fetch(new URL(path, this.#base), {
      method,
      headers,
      cache: "no-store",
      credentials: "omit",
      timeout: method === "GET" ? READ_MS : ANSWER_MS,
      ...(options.body ? { body: JSON.stringify(options.body) } : {}),
    });
    const value = parseJson(response.text);
    if (!response.ok) throw new Refusal(response.status, readErrorCode(value), response.retryAfter);
    if (typeof value !== "object" || value === null) throw new Refusal(502, "unreadable");
    return value as Record<string, unknown>;
  }

  async #fetch(url: URL, init: RequestInit & { timeout: number }): Promise<{ ok: boolean; status: number; text: string; retryAfter?: number }> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), init.timeout);
    try {
      const response = await this.fetcher(url, { ...init, signal: abort.signal });
      const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
      const text = await response.text();
      return { ok: response.ok, status: response.status, text, ...(seconds > 0 ? { retryAfter: seconds } : {}) };
    } catch (error) {
      throw new NetworkFailure(String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}

function languageOf(body: Record<string, unknown>): Language | undefined {
  return isLanguage(body["language"]) ? body["language"] : undefined;
}
