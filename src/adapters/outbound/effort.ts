/** What one document may cost, over all its redirects: time and bytes. */
import { addAbortSignal, type Readable } from 'node:stream'

export type Effort = {
  /** Ends with the deadline or with the client. */
  readonly signal: AbortSignal
  /** Bytes of answers, heads included, that may still come. */
  bytesLeft: number
}

export type EffortLimits = { readonly deadlineMs: number; readonly maxBytes: number }

/**
 * Runs the work with a fresh effort. Nothing that was opened for it outlives it.
 * @param endings where the way to end it early stands meanwhile
 * @returns what the work gave, or undefined when the deadline or an early end came first
 */
export async function withEffort<T>(
  { deadlineMs, maxBytes }: EffortLimits,
  endings: Set<() => void>,
  work: (effort: Effort) => Promise<T>,
): Promise<T | undefined> {
  const ending = new AbortController()
  const end = () => ending.abort()
  const ended = new Promise<undefined>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  const deadline = setTimeout(end, deadlineMs)
  endings.add(end)
  try {
    return await Promise.race([ended, work({ signal: ending.signal, bytesLeft: maxBytes })])
  } finally {
    clearTimeout(deadline)
    endings.delete(end)
    end()
  }
}

/** Ends the stream with the effort. */
export function bindTo<T extends Readable>(effort: Effort, stream: T): T {
  return addAbortSignal(effort.signal, stream)
}
