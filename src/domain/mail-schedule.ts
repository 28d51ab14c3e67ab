/** When a mail is tried again, and when it is given up. */

const MINUTE_MS = 60_000
const FIRST_PAUSE_MS = MINUTE_MS
const LONGEST_PAUSE_MS = 120 * MINUTE_MS

/**
 * When a mail that has failed is tried next: after 1, 2, 4 … minutes, two hours at most.
 * @param attempts how often it was tried, 1 or more
 * @param giveUpAt milliseconds; after that nobody has use for it
 * @returns milliseconds, or undefined when it is given up
 */
export function nextAttempt(attempts: number, now: number, giveUpAt: number): number | undefined {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS)
  return now + pause <= giveUpAt ? now + pause : undefined
}
