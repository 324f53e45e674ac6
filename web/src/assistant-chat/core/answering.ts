/** Who answers the customer: the assistant, nobody yet while they wait for a person, or that person. */

import { isFields } from "./fields";

export interface Answering {
  readonly owner: "bot" | "queue" | "rep";
  /** The person's name, while one answers. */
  readonly rep: string | null;
  /** The place in the queue from 1, while the customer waits. */
  readonly place: number | null;
}

export const BY_BOT: Answering = { owner: "bot", rep: null, place: null };

/** Who answers as `value` tells it, or undefined when it doesn't. */
export function readAnswering(value: unknown): Answering | undefined {
  if (!isFields(value)) return undefined;
  const { owner, rep, place } = value;
  if (owner !== "bot" && owner !== "queue" && owner !== "rep") return undefined;
  return {
    owner,
    rep: typeof rep === "string" && rep ? rep : null,
    place: Number.isSafeInteger(place) ? (place as number) : null,
  };
}
