/** The chat API over HTTP: one method a call. */

import { Http, Refusal } from "./http";
import { readAnswering } from "./answering";
import type { Answering } from "./answering";
import { isLanguage, readMessages } from "./protocol";
import type { Language, Message } from "./protocol";

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

/** A conversation begun by telephone, gone on with here. */
export interface Resumed extends Begun {
  readonly isSignedIn: boolean;
}

/** A code to dial, and until when it is of use. */
export interface PhoneCode {
  readonly digits: string;
  readonly until: string;
}

export interface Reply {
  readonly failed: boolean;
  readonly language: Language | undefined;
  readonly messages: Message[];
}

/** How somebody wants to be reached, and what about; the same id again leaves it once. */
export interface Callback {
  readonly id: string;
  readonly reachBy: "telephone" | "email";
  readonly reachAt: string;
  readonly message: string;
}

export interface Page {
  readonly more: boolean;
  readonly isSignedIn: boolean;
  readonly answering: Answering | undefined;
  readonly language: Language | undefined;
  readonly messages: Message[];
}

export class ChatApi {
  readonly #http: Http;

  constructor(base: string | URL, fetcher?: typeof fetch) {
    this.#http = new Http(base, fetcher);
  }

  /** The address that same-site paths in messages are relative to. */
  get site(): string {
    return this.#http.url("").origin;
  }

  async begin(language: Language): Promise<Begun> {
    return begunOf(await this.#http.json("POST", "conversations", { body: { language } }), language);
  }

  async phoneCode(access: Access): Promise<PhoneCode> {
    const asking = { token: access.token, body: {} };
    const { code, expires_at: until } = await this.#http.json("POST", `conversations/${access.id}/phone-code`, asking);
    if (typeof code !== "string" || typeof until !== "string") throw new Refusal(502, "unreadable");
    return { digits: code, until };
  }

  async resume(code: string): Promise<Resumed> {
    const body = await this.#http.json("POST", "conversations/resume", { body: { code } });
    return { ...begunOf(body, "fr"), isSignedIn: body["signed_in"] === true };
  }

  async say(access: Access, saying: Saying): Promise<Reply> {
    const what = saying.button === undefined ? { text: saying.text } : { button: saying.button };
    const body = await this.#http.json("POST", `conversations/${access.id}/messages`, {
      token: access.token,
      body: { client_message_id: saying.id, ...what },
    });
    return replyOf(body);
  }

  async read(access: Access, after: number): Promise<Page> {
    const body = await this.#http.json("GET", `conversations/${access.id}/messages?after=${after}`, { token: access.token });
    return {
      more: body["more"] === true,
      isSignedIn: body["signed_in"] === true,
      answering: readAnswering(body),
      language: languageOf(body),
      messages: readMessages(body["messages"]),
    };
  }

  async changeLanguage(access: Access, language: Language): Promise<void> {
    await this.#http.json("PUT", `conversations/${access.id}/language`, { token: access.token, body: { language } });
  }

  async rate(access: Access, seq: number, useful: boolean, comment?: string): Promise<void> {
    const body = comment ? { useful, comment } : { useful };
    await this.#http.json("POST", `conversations/${access.id}/messages/${seq}/feedback`, { token: access.token, body });
  }

  /** Straight to the account service behind the gateway; what is said next comes back. */
  async signIn(access: Access, userId: string, password: string): Promise<Reply> {
    const body = { user_id: userId, password };
    return replyOf(await this.#http.json("POST", `conversations/${access.id}/sign-in`, { token: access.token, body }));
  }

  async signOut(access: Access): Promise<Reply> {
    return replyOf(await this.#http.json("POST", `conversations/${access.id}/sign-out`, { token: access.token }));
  }

  /** Leave a message and a way to be reached. */
  async callBack(access: Access, { id, reachBy, reachAt, message }: Callback): Promise<Reply> {
    const body = { client_message_id: id, reach_by: reachBy, reach_at: reachAt, message };
    return replyOf(await this.#http.json("POST", `conversations/${access.id}/callback`, { token: access.token, body }));
  }

  /** The PDF of one receipt of the customer who is signed in. */
  async receiptPdf(access: Access, number: string, language: Language): Promise<Blob> {
    const path = `conversations/${access.id}/receipts/${number}.pdf?lang=${language}`;
    return this.#http.file(path, { token: access.token });
  }

  /** Where the live connection of a conversation is. */
  liveUrl(access: Access): string {
    const url = this.#http.url(`conversations/${access.id}/live`);
    url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
    return url.href;
  }
}

function begunOf(body: Record<string, unknown>, language: Language): Begun {
  const { id, token } = body;
  if (typeof id !== "string" || typeof token !== "string") throw new Refusal(502, "unreadable");
  return { id, token, language: languageOf(body) ?? language, messages: readMessages(body["messages"]) };
}

function replyOf(body: Record<string, unknown>): Reply {
  return {
    failed: body["state"] === "failed",
    language: languageOf(body),
    messages: readMessages(body["messages"]),
  };
}

function languageOf(body: Record<string, unknown>): Language | undefined {
  return isLanguage(body["language"]) ? body["language"] : undefined;
}
