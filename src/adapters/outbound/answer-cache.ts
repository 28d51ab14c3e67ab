/** Answers that are still good, in memory, within a bound of bytes and of entries. */

import type { Clock } from '../../application/ports/environment.js'
import type { OutboundAnswer } from '../../application/ports/outbound.js'

export type AnswerCache = {
  find(key: string): OutboundAnswer | undefined
  /** @param forMs how long it is good; 0 keeps nothing */
  keep(key: string, answer: OutboundAnswer, forMs: number): void
}

export type CacheLimits = { readonly maxCachedBytes: number; readonly maxEntries: number }

type Entry = { readonly answer: OutboundAnswer; readonly size: number; readonly until: number }

/** What an entry costs beside its text. */
const ENTRY_BYTES = 512

/** The entry that was not asked for the longest goes first. */
export function createAnswerCache(limits: CacheLimits, clock: Clock): AnswerCache {
  const entries = new Map<string, Entry>()
  let bytes = 0
  const remove = (key: string) => {
    bytes -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }
  const makeRoom = () => {
    for (const key of entries.keys()) {
      if (bytes <= limits.maxCachedBytes && entries.size <= limits.maxEntries) return
      remove(key)
    }
  }
  return {
    find(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.until <= clock.now()) {
        remove(key)
        return undefined
      }
      entries.delete(key)
      entries.set(key, entry)
      return entry.answer
    },
    keep(key, answer, forMs) {
      remove(key)
      const size = ENTRY_BYTES + 2 * key.length + sizeOf(answer)
      if (forMs <= 0 || size > limits.maxCachedBytes) return
      entries.set(key, { answer, size, until: clock.now() + forMs })
      bytes += size
      makeRoom()
    },
  }
}

function sizeOf(answer: OutboundAnswer): number {
  return answer.kind === 'document' ? answer.bytes.length + 2 * answer.url.length : 0
}
