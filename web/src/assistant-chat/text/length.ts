/** How long a message may be. */

/** Characters that the gateway takes. */
export const LIMIT = 1000;
/** From how many characters left the counter is shown. */
export const NEAR = 100;

/** Characters as the gateway counts them. */
export function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}
