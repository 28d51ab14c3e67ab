/** A limit of time for work that cannot be interrupted from within: decoders of pictures. */
import { runInNewContext } from 'node:vm'

export const TOO_LONG = Symbol('too long')

/**
 * Runs `work` to its end, or stops it in the middle.
 * @param work synchronous, and pure: nothing may depend on its end having been reached
 * @param limitMs time on the clock, in milliseconds
 * @returns what `work` returns, or TOO_LONG; throws what `work` throws
 */
export function withinTime<T>(work: () => T, limitMs: number): T | typeof TOO_LONG {
  try {
    return runInNewContext('work()', { work }, { timeout: limitMs }) as T
  } catch (error) {
    // Made in the other context, it is no Error of this one.
    if ((error as { code?: unknown } | null)?.code === TIMED_OUT) return TOO_LONG
    throw error
  }
}

const TIMED_OUT = 'ERR_SCRIPT_EXECUTION_TIMEOUT'
