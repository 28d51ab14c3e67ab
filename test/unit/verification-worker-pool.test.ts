/** The pool with a worker that spins, hoards memory, throws and exits: nothing else is affected. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/adapters/http/app.js'
import { createLogger } from '../../src/adapters/telemetry/logger.js'
import { createWorkerPool, type WorkerPool } from '../../src/adapters/verification/worker-pool.js'
import type { OwnRecords } from '../../src/application/ports/verifier.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import { appParts } from '../../src/main/server.js'
import { NO_RECORDS } from '../support/fixed-records.js'
import { verifierOf } from '../support/one-pass.js'
import { openTestService } from '../support/service.js'

const WORKER_URL = new URL('../support/hostile-worker.mjs', import.meta.url)
const DEADLINE_MS = 1000

const opened: WorkerPool[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.close()))
})

async function openPool(
  workers: number,
  options: { maxQueue?: number; deadlineMs?: number; records?: OwnRecords } = {},
) {
  const pool = createWorkerPool({
    workerUrl: WORKER_URL,
    records: options.records ?? NO_RECORDS,
    trustLists: [],
    workers,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    maxQueue: options.maxQueue ?? 64,
    maxHeapMb: 32,
  })
  opened.push(pool)
  await pool.ready()
  return pool
}

function tell(pool: WorkerPool, deed: string) {
  return verifierOf(pool).verify(new TextEncoder().encode(deed))
}

/** The code with which a job was given up, and how long that took. */
async function failureOf(job: Promise<unknown>): Promise<{ code: string; tookMs: number }> {
  const begun = performance.now()
  const error: unknown = await job.then(
    () => undefined,
    (reason) => reason,
  )
  const code = error instanceof IssuerError ? error.code : String(error)
  return { code, tookMs: performance.now() - begun }
}

describe('a document that never ends', () => {
  it('is given up at the deadline, and the next is answered by a new worker', async () => {
    const pool = await openPool(1)
    const { code, tookMs } = await failureOf(tell(pool, 'spin'))
    expect(code).toBe('VERIFIER_TIMEOUT')
    expect(tookMs).toBeGreaterThan(DEADLINE_MS - 50)
    expect(tookMs).toBeLessThan(DEADLINE_MS + 500)
    const begun = performance.now()
    expect((await tell(pool, 'answer')).report.format).toBe('test')
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  it('holds up neither the main thread nor the other worker', async () => {
    const pool = await openPool(2)
    const spinning = failureOf(tell(pool, 'spin'))
    const begun = performance.now()
    for (let count = 0; count < 20; count += 1) await tell(pool, 'answer')
    expect(performance.now() - begun).toBeLessThan(DEADLINE_MS - 100)
    expect((await spinning).code).toBe('VERIFIER_TIMEOUT')
  })

  it('many in a row do not wear the pool out', async () => {
    const pool = await openPool(2, { deadlineMs: 100 })
    const codes = await Promise.all(Array.from({ length: 8 }, () => failureOf(tell(pool, 'spin'))))
    expect(new Set(codes.map(({ code }) => code))).toEqual(new Set(['VERIFIER_TIMEOUT']))
    expect((await tell(pool, 'answer')).report.format).toBe('test')
  })
})

describe('a worker that breaks', () => {
  it.each(['hoard', 'throw', 'exit'])('by “%s” is replaced', async (deed) => {
    const pool = await openPool(1, { deadlineMs: 20_000 })
    expect((await failureOf(tell(pool, deed))).code).toBe('VERIFIER_TIMEOUT')
    expect((await tell(pool, 'answer')).report.format).toBe('test')
  })

  it('by a bug of ours says so, and stays', async () => {
    const pool = await openPool(1)
    expect((await failureOf(tell(pool, 'broken'))).code).toContain('as told')
    expect((await tell(pool, 'answer')).report.format).toBe('test')
  })

  it('at its start makes ready() reject', async () => {
    const workerUrl = new URL('../support/no-such-worker.mjs', import.meta.url)
    const limits = { workers: 1, deadlineMs: 100, maxQueue: 1, maxHeapMb: 32 }
    const pool = createWorkerPool({ workerUrl, records: NO_RECORDS, trustLists: [], ...limits })
    await expect(pool.ready()).rejects.toThrow('no-such-worker')
    await pool.close()
  })
})

describe('a worker that asks about a status', () => {
  const told = async (pool: WorkerPool) =>
    JSON.parse((await tell(pool, 'ask')).report.format) as Record<string, unknown>
  const answering = (findStatus: OwnRecords['findStatus']) => ({ ...NO_RECORDS, findStatus })

  it('is told what the records say', async () => {
    const records = answering(async (url, index) => ({
      kind: 'found',
      credentialId: `${url}/${index}`,
      issuer: 'did:web:example.org',
      state: 'revoked',
    }))
    const found = await records.findStatus('list', 5)
    const pool = await openPool(1, { records })
    expect(await told(pool)).toEqual({ kind: 'answer', number: 7, found })
  })

  it('is told when the records cannot be asked, and when they take too long', async () => {
    const records = answering(async () => {
      throw new IssuerError('STORE_UNAVAILABLE', 'not now')
    })
    const expected = { kind: 'answer', number: 7, unavailable: true }
    expect(await told(await openPool(1, { records }))).toEqual(expected)
    const silent = answering(() => new Promise(() => {}))
    const begun = performance.now()
    expect(await told(await openPool(1, { records: silent }))).toEqual(expected)
    expect(performance.now() - begun).toBeLessThan(DEADLINE_MS)
  })

  it('is told of a bug of ours', async () => {
    const records = answering(async () => {
      throw new TypeError('no such column')
    })
    const broken = { kind: 'answer', number: 7, broken: 'no such column' }
    expect(await told(await openPool(1, { records }))).toEqual(broken)
  })

  it('is told nothing when its job is over: the answer is dropped', async () => {
    let answer: (status: { kind: 'foreign-list' }) => void = () => {}
    const records = answering(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    const pool = await openPool(1, { records })
    expect((await tell(pool, 'ask and end')).report.format).toBe('test')
    const spinning = failureOf(tell(pool, 'spin'))
    answer({ kind: 'foreign-list' })
    expect((await spinning).code).toBe('VERIFIER_TIMEOUT')
    expect((await tell(pool, 'answer')).report.format).toBe('test')
  })
})

describe('a full queue', () => {
  it('is answered VERIFIER_BUSY at once, and drains', async () => {
    const pool = await openPool(1, { maxQueue: 2, deadlineMs: 300 })
    const spinning = failureOf(tell(pool, 'spin'))
    const waiting = [tell(pool, 'answer'), tell(pool, 'answer')]
    const { code, tookMs } = await failureOf(tell(pool, 'answer'))
    expect(code).toBe('VERIFIER_BUSY')
    expect(tookMs).toBeLessThan(50)
    expect((await spinning).code).toBe('VERIFIER_TIMEOUT')
    expect(await Promise.all(waiting)).toHaveLength(2)
  })

  it('is given up with the pool, and nothing is taken after it', async () => {
    const pool = await openPool(1)
    const running = failureOf(tell(pool, 'spin'))
    const waiting = failureOf(tell(pool, 'answer'))
    await pool.close()
    expect((await running).code).toBe('VERIFIER_BUSY')
    expect((await waiting).code).toBe('VERIFIER_BUSY')
    expect((await failureOf(tell(pool, 'answer'))).code).toBe('VERIFIER_BUSY')
  })
})

describe('over HTTP', () => {
  it('both are 503 problems that say when to come back, and other addresses answer', async () => {
    const test = await openTestService({ withAchievement: false })
    const pool = await openPool(1, { maxQueue: 1, deadlineMs: 400 })
    const app = createApp(appParts(test.service, verifierOf(pool), createLogger('silent')))
    const server: Server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const post = (body: string) =>
      fetch(`${address}/api/v1/verify`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      })
    const spinning = [post('spin'), post('spin'), post('spin')]
    const alive = await fetch(`${address}/healthz`)
    const answers = await Promise.all(spinning)
    const problems = await Promise.all(answers.map((answer) => answer.json()))
    expect(alive.status).toBe(200)
    expect(answers.map((answer) => answer.status)).toEqual([503, 503, 503])
    expect(answers.every((answer) => Number(answer.headers.get('Retry-After')) > 0)).toBe(true)
    const codes = problems.map((problem) => Reflect.get(problem as object, 'code')).sort()
    expect(codes).toEqual(['VERIFIER_BUSY', 'VERIFIER_TIMEOUT', 'VERIFIER_TIMEOUT'])
    server.close()
    server.closeAllConnections()
    await test.close()
  })
})
