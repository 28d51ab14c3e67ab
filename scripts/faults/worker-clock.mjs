/** Two ways to measure a worker's life. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 2
/** A worker that waits, for a lock or for work, dies after so many times its life by the wall. */
const MAX_WAIT = 10

const CLOCKS = {
  wall: async (_worker, ms) => sleep(ms),
  work: waitForWork,
}

/**
 * @param name `wall`, or `work`: time of the worker's main thread on a processor, which a busy
 *   machine does not shorten (Linux only)
 * @returns a function that waits until a worker has lived so many milliseconds from now
 */
export function chooseClock(name) {
  const clock = CLOCKS[name]
  if (clock === undefined) throw new Error(`--clock must be ${Object.keys(CLOCKS).join(' or ')}`)
  return clock
}

async function waitForWork(worker, ms) {
  const limit = performance.now() + MAX_WAIT * ms
  const start = readWorkMs(worker.pid)
  while (performance.now() < limit && readWorkMs(worker.pid) - start < ms) await sleep(POLL_MS)
}

/** First field of schedstat: nanoseconds on a processor. A process that is gone has lived enough. */
function readWorkMs(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
