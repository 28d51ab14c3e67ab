/** Processes that have loaded everything and wait for work, so that a kill costs no time to load. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Loaded at a time. */
const PARALLEL = 2
/** So short a life gains nothing from optimised code, and making it takes half the time to load. */
const NODE_FLAGS = ['--no-opt']
/** Node 22 and later keep compiled modules here, which halves the time to load them. */
const COMPILED = { NODE_COMPILE_CACHE: path.join(tmpdir(), 'imprimatur-compiled') }

/**
 * Loading takes much longer than a worker lives, and would take the processors from the workers. So
 * standbys are loaded in batches, and work rests meanwhile.
 * @param script the worker's module; it sends 'ready'
 * @param size of a batch
 * @returns `take()`, which resolves with a ready worker that is the caller's from then on, and
 *   `close()`
 */
export function createStandbys(script, env, size) {
  const loading = new Set()
  const ready = []
  let filling
  const fill = async () => {
    const batch = []
    const lane = async () => {
      while (batch.length + loading.size < size) batch.push(await load(script, env, loading))
    }
    await Promise.all(Array.from({ length: PARALLEL }, lane))
    ready.push(...batch)
    filling = undefined
  }
  return {
    take: async () => {
      for (;;) {
        const worker = ready.pop()
        if (worker !== undefined) return worker
        filling ??= fill()
        await filling
      }
    },
    close: () => {
      for (const worker of [...ready, ...loading]) worker.kill('SIGKILL')
    },
  }
}

async function load(script, env, loading) {
  const worker = fork(script, { env: { ...env, ...COMPILED }, execArgv: NODE_FLAGS })
  loading.add(worker)
  const failure = new Promise((_, reject) => {
    worker.once('exit', () => reject(new Error('a worker ended before it was ready')))
  })
  await Promise.race([once(worker, 'message'), failure])
  loading.delete(worker)
  failure.catch(() => {}) // from now on its end is expected
  return worker
}
