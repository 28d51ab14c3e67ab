/** Work that goes on as long as the server runs: looked for every second, and ended with what it began. */
import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 1000
/** What takes longer is left: it is done again at the next start. */
const STOP_MS = 5000

export type Run = { stop(): Promise<void> }

/**
 * @param work does what there is to do, and returns how much that was; after 0 there is a pause
 * @param onFault told why it failed; it is tried again
 */
export function keepDoing(work: () => Promise<number>, onFault: (error: unknown) => void): Run {
  const stopping = new AbortController()
  const run = (async () => {
    while (!stopping.signal.aborted) {
      const done = await work().catch((error: unknown) => {
        onFault(error)
        return 0
      })
      if (done === 0) await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await Promise.race([run, sleep(STOP_MS, undefined, { ref: false })])
    },
  }
}
