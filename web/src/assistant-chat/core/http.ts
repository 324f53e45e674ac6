/** Requests to the gateway: one way to ask, one kind of error for refusals and one for a network that fails. */

import { parseJson, readErrorCode, readErrorFields, readErrorNumber, readErrorWords } from "./protocol";
import type { Fields } from "./fields";

const ANSWER_MS = 30_000;
const READ_MS = 10_000;

export interface Asking {
  readonly token?: string;
  readonly body?: object;
  /** How long to wait, in milliseconds. */
  readonly timeout?: number;
}

/** The gateway understood us and said no; `retryAfter` in seconds, `attemptsLeft` where it counts them. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfter?: number | undefined,
    readonly attemptsLeft?: number | undefined,
    /** The gateway's own words for people. */
    readonly words = "",
    readonly fields: Fields = {},
  ) {
    super(`${status} ${code}`);
  }

  /** The conversation is unknown or its token has expired: only a new one helps. */
  get isGone(): boolean {
    const isAboutToken = this.code === "token_missing" || this.code === "unknown";
    return this.code === "conversation_not_found" || (this.status === 401 && isAboutToken);
  }
}

/** Nobody answered: offline, cut off, or too slow. */
export class NetworkFailure extends Error {}

/** How the gateway knows who asks, besides a token. */
export interface Asker {
  readonly credentials: RequestCredentials;
  headers(method: string): Record<string, string>;
}

const NOBODY: Asker = { credentials: "omit", headers: () => ({}) };

export class Http {
  readonly #base: URL;

  constructor(
    base: string | URL,
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
    private readonly asker: Asker = NOBODY,
  ) {
    const url = new URL(base);
    if (!url.pathname.endsWith("/")) url.pathname += "/";
    this.#base = url;
  }

  url(path: string): URL {
    return new URL(path, this.#base);
  }

  /** The JSON object that is answered. */
  async json(method: string, path: string, asking: Asking = {}): Promise<Record<string, unknown>> {
    const value = parseJson(await this.#ask(method, path, asking, (response) => response.text()));
    if (typeof value !== "object" || value === null) throw new Refusal(502, "unreadable");
    return value as Record<string, unknown>;
  }

  /** The file that is answered. */
  async file(path: string, asking: Asking): Promise<Blob> {
    return this.#ask("GET", path, { timeout: ANSWER_MS, ...asking }, (response) => response.blob());
  }

  async #ask<T>(method: string, path: string, asking: Asking, read: (response: Response) => Promise<T>): Promise<T> {
    const { token, body, timeout = method === "GET" ? READ_MS : ANSWER_MS } = asking;
    const headers = this.asker.headers(method);
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeout);
    try {
      const response = await this.fetcher(this.url(path), {
        method,
        headers,
        cache: "no-store",
        credentials: this.asker.credentials,
        signal: abort.signal,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!response.ok) throw refusal(response, await response.text());
      return await read(response);
    } catch (error) {
      throw error instanceof Refusal ? error : new NetworkFailure(String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}

function refusal(response: Response, text: string): Refusal {
  const body = parseJson(text);
  const seconds = Number(response.headers.get("Retry-After") ?? readErrorNumber(body, "retry_after"));
  const wait = seconds > 0 ? seconds : undefined;
  const left = readErrorNumber(body, "attempts_left");
  return new Refusal(response.status, readErrorCode(body), wait, left, readErrorWords(body), readErrorFields(body));
}
