/** The frames of the live connection, read where they come in. */

import { isFields } from "../../assistant-chat/core/fields";
import { parseJson, readErrorCode, readErrorWords } from "../../assistant-chat/core/protocol";
import { readLine } from "./types";
import type { Frame, Item, Presence, Queue } from "./types";

/** The frame in a WebSocket text, or undefined for anything we don't know. */
export function readFrame(data: unknown): Frame | undefined {
  const value = parseJson(data);
  if (!isFields(value)) return undefined;
  const conversation = typeof value["conversation"] === "string" ? value["conversation"] : undefined;
  switch (value["type"]) {
    case "ready":
      return { type: "ready" };
    case "queue":
      return isFields(value["queue"]) ? { type: "queue", queue: value["queue"] as unknown as Queue } : undefined;
    case "reps":
      return Array.isArray(value["reps"]) ? { type: "reps", reps: value["reps"] as Presence[] } : undefined;
    case "deliveries":
      return { type: "deliveries" };
    case "error":
      return { type: "error", conversation, code: readErrorCode(value), words: readErrorWords(value) };
    default:
      return conversation === undefined ? undefined : readAbout(conversation, value);
  }
}

function readAbout(conversation: string, value: Record<string, unknown>): Frame | undefined {
  switch (value["type"]) {
    case "message": {
      const line = readLine(value["message"]);
      return line && { type: "message", conversation, line };
    }
    case "changed":
      return isFields(value["item"]) ? { type: "changed", conversation, item: value["item"] as unknown as Item } : undefined;
    case "typing":
      return { type: "typing", conversation, on: value["on"] === true, who: value["who"] === "bot" ? "bot" : "customer" };
    default:
      return undefined;
  }
}
