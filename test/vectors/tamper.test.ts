/** The tamper catalogue: one file a vector, each sent to the whole service over HTTP. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/adapters/http/app.js'
import { createLogger } from '../../src/adapters/telemetry/logger.js'
import { createWorkerPool, type WorkerPool } from '../../src/adapters/verification/worker-pool.js'
import type { Check, VerificationReport } from '../../src/domain/verification-report.js'
import { appParts } from '../../src/main/server.js'
import { SAMPLE_RECORDS } from '../support/fixed-records.js'
import { verifierOf } from '../support/one-pass.js'
import { sampleSource } from '../support/sample-lists.js'
import { openTestService, type TestService, WORKER_URL } from '../support/service.js'
import { type BaseName, signedBadge } from '../support/signed-badges.js'
import { ISSUER_SEED } from '../support/signing-keys.js'
import { type Change, type RawPart, rawBytes, tamper } from '../support/tampering.js'

/** One file of the catalogue. */
type Vector = {
  readonly id: string
  /** Row of the threat list, or `control`. */
  readonly threat: string
  /** The signed badge to change; or `raw` bytes instead. */
  readonly base?: BaseName
  readonly mutation?: Change | readonly Change[]
  readonly raw?: readonly RawPart[]
  readonly request?: {
    /** null sends none. */
    readonly contentType?: string | null
    readonly encoding?: 'gzip'
    /** Sends the body in pieces, without saying how long it is. */
    readonly chunked?: true
  }
  readonly expect: {
    readonly status: number
    /** Absent where no verdict is given. */
    readonly verdict?: 'valid' | 'invalid' | 'unknown'
    /** The gate's rule, the problem's code, or the codes of every check that did not pass; sorted. */
    readonly codes: readonly string[]
    /** On an idle machine; here it is only held to the limit for any answer. */
    readonly maxMs: number
  }
}

const FOLDER = fileURLToPath(new URL('tamper', import.meta.url))
/** A second for the worker and half a one for a busy machine. */
const MAX_ANSWER_MS = 1500

const VECTORS = readdirSync(FOLDER).map((file) => {
  const vector = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Vector
  return { file, ...vector }
})

const REQUIRED_THREATS = [
  ...['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10', 'A12', 'A13', 'A17', 'A18'],
  ...['A19', 'A20', 'A21', 'A22', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9', 'B10'],
  ...['B11', 'B12', 'B13', 'B14', 'B15', 'B17', 'B18', 'B19', 'B20', 'B21', 'C1', 'C2', 'C3'],
  ...['C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10', 'C13', 'C14', 'C16', 'C19', 'C29', 'C30', 'C31'],
]

let opened: TestService
let verifier: WorkerPool
let server: Server
let address: string

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
    createApp(appParts(opened.service, verifierOf(verifier, sampleSource), createLogger('silent'))),
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

type Source = Pick<Vector, 'base' | 'mutation' | 'raw'>

async function bytesOf({ base, mutation = [], raw }: Source): Promise<Uint8Array> {
  if (base === undefined) return rawBytes(raw ?? [])
  return new TextEncoder().encode(tamper(await signedBadge(base), [mutation].flat()))
}

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
  const open = (body.checks ?? []).filter(({ outcome }: Check) => /failed|unknown/.test(outcome))
  return [...new Set(open.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort()
}

describe.each(VECTORS)('$threat $id', (vector) => {
  it(`is answered ${vector.expect.status} ${vector.expect.verdict ?? 'without verdict'}`, async () => {
    const bytes = await bytesOf(vector)
    const begun = performance.now()
    const answer = await send(bytes, vector.request ?? {})
    const tookMs = performance.now() - begun
    const { verdict } = answer.body.report ?? answer.body
    expect({ status: answer.status, verdict, codes: codesOf(answer) }).toEqual({
      status: vector.expect.status,
      verdict: vector.expect.verdict,
      codes: vector.expect.codes,
    })
    expect(answer.type).toContain(answer.status === 200 ? 'application/json' : 'problem+json')
    expect(tookMs).toBeLessThan(MAX_ANSWER_MS)
  })
})

describe('the catalogue', () => {
  it('has a vector for every threat that JSON can carry', () => {
    const threats = new Set(VECTORS.map((vector) => vector.threat))
    expect(REQUIRED_THREATS.filter((threat) => !threats.has(threat))).toEqual([])
    expect(VECTORS.length).toBeGreaterThanOrEqual(120)
  })

  it('names each vector as its file and changes what it says it changes', async () => {
    for (const { file, id, threat, base, mutation, raw } of VECTORS) {
      expect(`${id}.json`).toBe(file)
      expect(id.startsWith(`${threat}-`)).toBe(true)
      expect((base === undefined) === (raw !== undefined)).toBe(true)
      if (base === undefined || [mutation ?? []].flat().length === 0) continue
      const original = JSON.stringify(await signedBadge(base))
      expect(tamper(await signedBadge(base), [mutation ?? []].flat()), id).not.toBe(original)
    }
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
    const body = new FormData()
    body.set('credential', credential)
    const response = await fetch(`${address}/verify`, { method: 'POST', body })
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toMatch(/class="verdict verdict-(invalid|unknown)"/)
    expect(html).not.toContain('verdict-valid')
  })
})
