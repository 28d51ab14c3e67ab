/** The tamper catalogue: one file a vector, each sent to the whole service over HTTP. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/adapters/http/app.js'
import { createLogger } from '../../src/adapters/telemetry/logger.js'
import { createWorkerPool, type WorkerPool } from '../../src/adapters/verification/worker-pool.js'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import type { DocumentSource } from '../../src/application/verify-with-documents.js'
import type { Check, VerificationReport } from '../../src/domain/verification-report.js'
import { appParts } from '../../src/main/server.js'
import { SAMPLE_RECORDS } from '../support/fixed-records.js'
import { verifierOf } from '../support/one-pass.js'
import { readText } from '../support/repository-files.js'
import { sampleSource } from '../support/sample-lists.js'
import { answerWith } from '../support/served-documents.js'
import { openTestService, type TestService, WORKER_URL } from '../support/service.js'
import { ISSUER_SEED } from '../support/signing-keys.js'
import { bytesOf, VECTORS, type Vector } from '../support/tamper-vectors.js'

/** A second for the worker and half a one for a busy machine. */
const MAX_ANSWER_MS = 1500

/** Rows that must have a vector; the others have tests of their own (test/repo/threats.test.ts). */
const { catalogue: REQUIRED_THREATS } = JSON.parse(readText('test/vectors/threats.json')) as {
  readonly catalogue: readonly string[]
}

let opened: TestService
let verifier: WorkerPool
let server: Server
let address: string
/** What can be fetched while one vector is sent, and what was asked for. */
let standing: ReadonlyMap<string, OutboundAnswer> = new Map()
let asked: string[] = []

const source: DocumentSource = async (wanted) => {
  asked.push(wanted.url)
  return standing.get(wanted.url) ?? sampleSource(wanted)
}

/** Puts up the documents of a vector in place of those of the one before. */
async function putUp({ served = {} }: Vector): Promise<void> {
  const entries = Object.entries(served).map(
    async ([url, document]) => [url, await answerWith(url, document)] as const,
  )
  standing = new Map(await Promise.all(entries))
  asked = []
}

beforeAll(async () => {
  opened = await openTestService({ seed: ISSUER_SEED, withAchievement: false })
  verifier = createWorkerPool({
    workerUrl: WORKER_URL,
    records: SAMPLE_RECORDS,
    trustLists: [],
    workers: 2,
    deadlineMs: 1000,
    maxQueue: 64,
    maxHeapMb: 160,
  })
  await verifier.ready()
  server = createServer(
    createApp(appParts(opened.service, verifierOf(verifier, source), createLogger('silent'))),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await send(await bytesOf({ base: 'good' }), {})
})

afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await verifier.close()
  await opened.close()
})

type Answer = {
  readonly status: number
  readonly type: string
  readonly body: {
    readonly code?: string
    readonly rule?: string
    readonly report?: VerificationReport
  } & Partial<VerificationReport>
}

async function send(bytes: Uint8Array, request: NonNullable<Vector['request']>): Promise<Answer> {
  const { contentType = 'application/json', encoding, chunked } = request
  const body = encoding === 'gzip' ? gzipSync(bytes) : bytes
  const response = await fetch(`${address}/api/v1/verify`, {
    method: 'POST',
    headers: {
      ...(contentType === null ? {} : { 'Content-Type': contentType }),
      ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
    },
    ...(chunked === true
      ? { body: new Blob([Buffer.from(body)]).stream(), duplex: 'half' }
      : { body: Buffer.from(body) }),
  } as RequestInit)
  const type = response.headers.get('Content-Type') ?? ''
  return { status: response.status, type, body: (await response.json()) as Answer['body'] }
}

function codesOf({ status, body }: Answer): readonly string[] {
  if (status === 422 && body.rule !== undefined) return [body.rule]
  if (status !== 200) return [String(body.code)]
  return problemsOf(body.checks, /failed|unknown/)
}

/** Codes of the checks with such an outcome, each once. */
function problemsOf(checks: readonly Check[] = [], outcomes: RegExp): readonly string[] {
  const meant = checks.filter(({ outcome }) => outcomes.test(outcome))
  return [...new Set(meant.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort()
}

/** Hostile vectors that were called valid, of all that were answered. */
const answered = { hostile: 0, valid: [] as string[] }

function note({ id, threat, harmless }: Vector, verdict: string | undefined): void {
  if (threat === 'control' || harmless !== undefined) return
  answered.hostile += 1
  if (verdict === 'valid') answered.valid.push(id)
}

describe.each(VECTORS)('$threat $id', (vector) => {
  it(`is answered ${vector.expect.status} ${vector.expect.verdict ?? 'without verdict'}`, async () => {
    const bytes = await bytesOf(vector)
    await putUp(vector)
    const begun = performance.now()
    const answer = await send(bytes, vector.request ?? {})
    const tookMs = performance.now() - begun
    const { verdict } = answer.body.report ?? answer.body
    const { maxMs: _limit, says, hides, asked: addresses, ...expected } = vector.expect
    note(vector, verdict)
    expect({ status: answer.status, verdict, codes: codesOf(answer) }).toEqual({
      verdict: undefined,
      ...expected,
    })
    const text = JSON.stringify(answer.body)
    if (says !== undefined) expect(text).toContain(says)
    if (hides !== undefined) expect(text).not.toContain(hides)
    if (addresses !== undefined) expect([...new Set(asked)].sort()).toEqual(addresses)
    expect(answer.type).toContain(answer.status === 200 ? 'application/json' : 'problem+json')
    expect(tookMs).toBeLessThan(MAX_ANSWER_MS)
  })
})

const HOSTILE_COUNT = VECTORS.filter(
  ({ threat, harmless }) => threat !== 'control' && harmless === undefined,
).length

describe('the catalogue', () => {
  it('has a vector for every threat that can be sent', () => {
    const threats = new Set(VECTORS.map((vector) => vector.threat))
    threats.delete('control')
    expect([...threats].sort()).toEqual(REQUIRED_THREATS.toSorted())
    expect(VECTORS.length).toBeGreaterThanOrEqual(700)
  })

  it('names each vector as its file and changes what it says it changes', async () => {
    for (const vector of VECTORS) {
      const { file, id, threat, base, mutation, signedChange, raw, token } = vector
      expect(`${id}.json`).toBe(file)
      expect(id.startsWith(`${threat}-`)).toBe(true)
      expect([base, raw, token].filter((start) => start !== undefined)).toHaveLength(1)
      const changes = [mutation ?? [], signedChange ?? []].flat()
      if (base === undefined || changes.length === 0) continue
      expect(Buffer.compare(await bytesOf(vector), await bytesOf({ base })), id).not.toBe(0)
    }
  })

  it('says why a vector is valid, and finds none that is hostile', () => {
    const harmless = VECTORS.filter((vector) => vector.harmless !== undefined)
    expect(harmless.filter(({ expect: { verdict } }) => verdict !== 'valid')).toEqual([])
    expect(answered).toEqual({ hostile: HOSTILE_COUNT, valid: [] })
  })

  it('leaves nothing behind in the process', () => {
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('the page', () => {
  const shown = VECTORS.filter(
    ({ threat, request, expect: { status, verdict } }) =>
      /^[BC]/.test(threat) && request === undefined && status < 500 && verdict !== 'valid',
  ).filter((_vector, index) => index % 8 === 0)

  it.each(shown)('never stamps $id as valid', async (vector) => {
    const credential = new TextDecoder().decode(await bytesOf(vector))
    await putUp(vector)
    const body = new FormData()
    body.set('credential', credential)
    const response = await fetch(`${address}/verify`, { method: 'POST', body })
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toMatch(/class="verdict verdict-(invalid|unknown)"/)
    expect(html).not.toContain('verdict-valid')
  })
})
