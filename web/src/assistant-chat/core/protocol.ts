/** What travels between the widget and the gateway, and the one place where foreign data becomes our types. */

import { readAnswering } from "./answering";
import type { Answering } from "./answering";
import { readCard } from "./card";
import type { Card } from "./card";
import { isFields } from "./fields";
import type { Fields } from "./fields";

export type Language = "fr" | "en";
export type Sender = "bot" | "customer" | "system" | "rep";

export interface Button {
  readonly token: string;
  readonly title: string;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

export interface Message {
  readonly seq: number;
  readonly sender: Sender;
  readonly text: string;
  readonly lang: Language;
  readonly createdAt?: string;
  readonly clientMessageId?: string;
  readonly key?: string;
  readonly faqId?: string;
  readonly buttons: readonly Button[];
  readonly links: readonly Link[];
  readonly card?: Card;
  readonly useful?: boolean;
  /** On messages of a person: their name. */
  readonly author?: string;
}

export type Frame =
  | { readonly type: "ready"; readonly language?: Language; readonly isSignedIn?: boolean; readonly answering?: Answering }
  | { readonly type: "message"; readonly message: Message }
  | { readonly type: "typing"; readonly on: boolean }
  /** An answer takes longer than usual: a word to whoever waits for it. */
  | { readonly type: "notice"; readonly text: string; readonly lang: Language }
  /** Somebody else answers now, or the place in the queue is another. */
  | { readonly type: "owner"; readonly answering: Answering }
  /** The customer signed in or out, or the session ended. */
  | { readonly type: "session"; readonly isSignedIn: boolean }
  | { readonly type: "language"; readonly language: Language }
  | { readonly type: "error"; readonly code: string };

export const isLanguage = (value: unknown): value is Language => value === "fr" || value === "en";
const isSender = (value: unknown): value is Sender =>
  value === "bot" || value === "customer" || value === "system" || value === "rep";

/** The message in `value`, or undefined when it isn't one that we could show. */
export function readMessage(value: unknown): Message | undefined {
  if (!isFields(value) || !Number.isSafeInteger(value["seq"]) || typeof value["text"] !== "string") return undefined;
  if (!isSender(value["sender"]) || !isLanguage(value["lang"])) return undefined;
  const card = readCard(value["card"]);
  return {
    seq: value["seq"] as number,
    sender: value["sender"],
    text: value["text"],
    lang: value["lang"],
    buttons: readPairs(value["buttons"], "token").map(([token, title]) => ({ token, title })),
    links: readPairs(value["links"], "url").map(([url, title]) => ({ url, title })),
    ...text("createdAt", value["created_at"]),
    ...text("clientMessageId", value["client_message_id"]),
    ...text("key", value["key"]),
    ...text("faqId", value["faq_id"]),
    ...text("author", value["author"]),
    ...(card ? { card } : {}),
    ...(typeof value["useful"] === "boolean" ? { useful: value["useful"] } : {}),
  };
}

/** Every readable message of a list. */
export function readMessages(value: unknown): Message[] {
  if (!Array.isArray(value)) return [];
  return value.map(readMessage).filter((message) => message !== undefined);
}

/** The frame in a WebSocket text, or undefined for anything we don't know. */
export function readFrame(data: unknown): Frame | undefined {
  const value = parseJson(data);
  if (!isFields(value)) return undefined;
  const answering = readAnswering(value);
  switch (value["type"]) {
    case "ready":
      return {
        type: "ready",
        ...(isLanguage(value["language"]) ? { language: value["language"] } : {}),
        ...(typeof value["signed_in"] === "boolean" ? { isSignedIn: value["signed_in"] } : {}),
        ...(answering ? { answering } : {}),
      };
    case "message": {
      const message = readMessage(value["message"]);
      return message && { type: "message", message };
    }
    case "typing":
      return { type: "typing", on: value["on"] === true };
    case "notice":
      if (typeof value["text"] !== "string" || !isLanguage(value["lang"])) return undefined;
      return { type: "notice", text: value["text"], lang: value["lang"] };
    case "owner":
      return answering && { type: "owner", answering };
    case "session":
      return typeof value["signed_in"] === "boolean" ? { type: "session", isSignedIn: value["signed_in"] } : undefined;
    case "language":
      return isLanguage(value["language"]) ? { type: "language", language: value["language"] } : undefined;
    case "error":
      return { type: "error", code: readErrorCode(value) };
    default:
      return undefined;
  }
}

/** The code in the one error body of the API. */
export function readErrorCode(value: unknown): string {
  const error = isFields(value) ? value["error"] : undefined;
  return isFields(error) && typeof error["code"] === "string" ? error["code"] : "unknown";
}

/** What the error body says to people. */
export function readErrorWords(value: unknown): string {
  const error = isFields(value) ? value["error"] : undefined;
  return isFields(error) && typeof error["message"] === "string" ? error["message"] : "";
}

/** The fields of the error body. */
export function readErrorFields(value: unknown): Fields {
  const error = isFields(value) ? value["error"] : undefined;
  const fields = isFields(error) ? error["fields"] : undefined;
  return isFields(fields) ? fields : {};
}

/** A number among the fields of the error body: seconds to wait, tries left. */
export function readErrorNumber(value: unknown, name: string): number | undefined {
  const fields = readErrorFields(value);
  const number = isFields(fields) ? fields[name] : undefined;
  return typeof number === "number" ? number : undefined;
}

/** The JSON value in a text, or undefined when it is none. */
export function parseJson(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}

function text<Name extends string>(name: Name, value: unknown): { [key in Name]?: string } {
  return typeof value === "string" ? ({ [name]: value } as { [key in Name]: string }) : {};
}

function readPairs(value: unknown, first: string): [string, string][] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isFields)
    .filter((item) => typeof item[first] === "string" && typeof item["title"] === "string")
    .map((item) => [item[first] as string, item["title"] as string]);
}
