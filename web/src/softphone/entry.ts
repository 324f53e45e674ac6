/** What keys make of an entry: whether it is complete, and what it is. */

import type { Gather } from "./twiml";

/** The entry if it is complete after this key; the finishing key does not belong to it. */
export function completed(entered: string, key: string, gather: Pick<Gather, "finish" | "digits">): string | undefined {
  if (gather.finish !== "" && key === gather.finish) return entered;
  const longer = entered + key;
  return longer.length >= gather.digits ? longer : undefined;
}
