/** What travels between the widget and the gateway, and the one place where foreign data becomes our types. */

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
  readonly useful?: boolean;
}

export type Frame =
  | { readonly type: "ready"; readonly language?: Language }
  | { readonly type: "message"; readonly message: Message }
  | { readonly type: "typing"; readonly on: boolean }
  | { readonly type: "language"; readonly language: Language }
  | { readonly type: "error"; readonly code: string };

type Fields = Record<string, unknown>;

export const isLanguage = (value: unknown): value is Language => value === "fr" || value === "en";
const isSender = (value: unknown): value is Sender =>
  value === "bot" || value === "customer" || value === "system" || value === "rep";
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** The message in `value`, or undefined when it isn't one that we could show. */
export function readMessage(value: unknown): Message | undefined {
  if (!isFields(value) || !Number.isSafeInteger(value["seq"]) || typeof value["text"] !== "string") return undefined;
  if (!isSender(value["sender"]) || !isLanguage(value["lang"])) return undefined;
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
  switch (value["type"]) {
    case "ready":
      return isLanguage(value["language"]) ? { type: "ready", language: value["language"] } : { type: "ready" };
    case "message": {
      const message = readMessage(value["message"]);
      return message && { type: "message", message };
    }
    case "typing":
      return { type: "typing", on: value["on"] === true };
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
