/** How long to wait before trying again: longer each time, never all clients at once. */

const FIRST_MS = 400;
const LONGEST_MS = 30_000;

/** Milliseconds before attempt number `attempt` (from 1): exponential, between half and the whole of it. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 16));
  return whole * (0.5 + random() / 2);
}
