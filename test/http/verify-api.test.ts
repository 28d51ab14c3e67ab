/** POST /api/v1/verify: a report for what can be judged, a problem for what cannot. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { isBeyondThisVerifier } from '../../src/domain/raw-gate/gate-refusal.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { expectProblem, expectRefused } from '../support/http-problems.js'
import {
  type BadgeAnswer,
  type HttpAnswer,
  type HttpService,
  openHttpService,
  openWithBadge,
} from '../support/http-service.js'

const LIMIT = 1024 * 1024

let http: HttpService
let badge: BadgeAnswer
let stored: string

beforeAll(async () => {
  ;({ http, badge, stored } = await openWithBadge())
})
afterAll(() => http.close())

const asking = (body: unknown, type = 'application/json') => ({
  method: 'POST',
  path: '/api/v1/verify',
  headers: { 'Content-Type': type },
  body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
})

const verify = (body: unknown): Promise<HttpAnswer> => http.send(asking(body))

function reportOf(answer: HttpAnswer): VerificationReport {
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  expect(answer.headers['cache-control']).toBe('no-store')
  return answer.json() as unknown as VerificationReport
}

const failuresOf = (report: VerificationReport) =>
  report.checks.filter((check) => check.outcome === 'failed')

/** The stored credential with some members changed. */
const changed = (change: (document: JsonObject) => object) =>
  ({ ...change(JSON.parse(stored)) }) as JsonObject

describe('a badge of ours', () => {
  it('is valid as it was given out, under each media type', async () => {
    for (const type of ['application/json', 'application/ld+json', 'application/vc']) {
      const report = reportOf(await http.send(asking(stored, type)))
      expect([type, report.verdict, failuresOf(report)]).toEqual([type, 'valid', []])
    }
  })

  it('is found by its address and by its code, however they are typed', async () => {
    const spellings = [
      badge.url,
      ` ${badge.url}\n`,
      badge.credential,
      `${badge.url}/`,
      `${badge.url}?from=linkedin#top`,
      badge.code,
      badge.code.toUpperCase(),
      badge.code.replace(/^(.{6})/, '$1-'),
    ]
    for (const url of spellings) {
      const report = reportOf(await verify({ url }))
      expect([url, report.verdict, report.badge?.id]).toEqual([url, 'valid', badge.url])
    }
  })

  it('is reported on without the name, the address or the hash of who earned it', async () => {
    for (const answer of [await verify(stored), await verify({ url: badge.url })])
      expect(answer.text).not.toMatch(/Ana|Example"|ana@|sha256\$|salt|Ada Assessor/)
    expect(stored).toMatch(/Ana Example.*sha256\$|sha256\$.*Ana Example/)
  })

  it('is not valid with a changed leaf, and the report says which proof fails', async () => {
    const leaves: readonly ((text: string) => string)[] = [
      (text) => text.replace('"Empowering Students', '"Empowering Pupils'),
      (text) => text.replace('"Ana Example"', '"Eve Example"'),
      (text) => text.replace(/"awardedDate":"2026-03-02/, '"awardedDate":"2025-03-02'),
      (text) =>
        text.replace(/(proofValue":"z.{20})(.)/, (_all, a, b) => a + (b === '2' ? '3' : '2')),
    ]
    for (const change of leaves) {
      const text = change(stored)
      expect(text).not.toBe(stored)
      const report = reportOf(await verify(text))
      const [failure] = failuresOf(report)
      expect([report.verdict, failure?.name]).toEqual(['invalid', 'proof'])
      expect(failure?.problems).toContainEqual({
        code: 'signature-mismatch',
        type: 'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
        pointer: '/proof/0',
      })
    }
  })

  it('is not valid with a term that its contexts do not define', async () => {
    const report = reportOf(await verify(changed((document) => ({ ...document, sparkle: 'yes' }))))
    expect(report.verdict).toBe('invalid')
    const problems = failuresOf(report).flatMap((check) => check.problems)
    expect(problems.map(({ code }) => code)).toContain('not-transformable')
  })

  it('is not valid under the name of another issuer', async () => {
    const issuer = { id: 'did:web:elsewhere.example.org', type: ['Profile'], name: 'Elsewhere' }
    const report = reportOf(await verify(changed((document) => ({ ...document, issuer }))))
    expect(report.verdict).toBe('invalid')
  })
})

describe('an address', () => {
  const foreign = [
    'https://elsewhere.example.org/badges/0123456789abcdefghjkmnpqrs',
    'http://127.0.0.1:22/',
    'http://169.254.169.254/latest/meta-data/',
    'https://badges.example.org.evil.example.org/badges/0123456789abcdefghjkmnpqrs',
    'https://badges.example.org/status/x',
    'https://badges.example.org/badges/',
  ]
  for (const url of foreign) {
    it(`that leads to no badge leaves the verdict open: ${url.slice(0, 60)}`, async () => {
      const report = reportOf(await verify({ url }))
      expect([report.verdict, report.input, report.badge]).toEqual(['unknown', ['url'], undefined])
      const [readable] = report.checks
      expect([readable?.name, readable?.outcome, readable?.problems]).toEqual([
        'readable',
        'unknown',
        [expect.objectContaining({ code: 'input-unreachable' })],
      ])
    })
  }

  it.each([
    ['address-malformed', 'file:///etc/passwd'],
    ['address-malformed', ''],
    ['address-too-long', 'x'.repeat(4000)],
  ])('is refused by the rule %s: %.30s', async (rule, url) => {
    await expectRefused(http, asking({ url }), { status: 422, code: 'CREDENTIAL_REFUSED', rule })
  })

  it('of a badge that there is not is not found', async () => {
    const code = '0123456789abcdefghjkmnpqrs'
    for (const url of [code, `https://badges.example.org/badges/${code}`])
      await expectRefused(http, asking({ url }), { status: 404, code: 'NOT_FOUND' })
  })
})

describe('a document that cannot be judged', () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
  const refused: readonly (readonly [string, () => unknown, string, string?])[] = [
    ['nothing', () => '', 'not-json', ''],
    ['half of it', () => stored.slice(0, -9), 'not-json'],
    ['a list', () => `[${stored}]`, 'not-an-object', ''],
    ['10,000 levels', () => deep, 'too-deep'],
    ['10,000 levels in a member', () => stored.replace('{', `{"a":${deep},`), 'too-deep'],
    ['a member twice', () => stored.replace('{', '{"id":"urn:x",'), 'duplicate-member', '/id'],
    ['no proof', () => changed(({ proof: _proof, ...rest }) => rest), 'proof-missing', '/proof'],
    [
      'an emptied list',
      () => changed((document) => ({ ...document, evidence: [] })),
      'empty-value',
      '/evidence',
    ],
    [
      'a keyword',
      () => changed((document) => ({ ...document, '@id': 'urn:x' })),
      'key-not-allowed',
      '',
    ],
    [
      'a blank node id',
      () => changed((document) => ({ ...document, id: '_:b0' })),
      'malformed-value',
      '/id',
    ],
    ['a clique of blank nodes', () => clique(30), 'malformed-value', '/evidence/0/id'],
  ]
  for (const [name, make, rule, pointer] of refused) {
    it(`is refused: ${name}`, async () => {
      const expected = { status: 422, code: 'CREDENTIAL_REFUSED', rule }
      const answer = await expectRefused(http, asking(make()), {
        ...expected,
        ...(pointer === undefined ? {} : { pointer }),
      })
      const verdict = isBeyondThisVerifier(rule) ? 'unknown' : 'invalid'
      expect(answer.json()['report']).toMatchObject({ verdict })
    })
  }

  /** Every blank node points at every other: the costliest graph to put in canonical order. */
  function clique(size: number): JsonObject {
    const ids = Array.from({ length: size }, (_one, index) => `_:b${index}`)
    const evidence = ids.map((id) => ({ id, type: ['Evidence'], audience: ids.join(' ') }))
    return changed((document) => ({ ...document, evidence }))
  }

  it('is refused for a context that is not kept here', async () => {
    const contexts = JSON.parse(stored)['@context'] as readonly string[]
    const unknown = 'https://elsewhere.example.org/context.jsonld'
    for (const list of [
      [...contexts, unknown],
      [contexts[0], unknown],
    ]) {
      const document = changed((rest) => ({ ...rest, '@context': list }))
      const expected = { status: 422, code: 'CONTEXT_NOT_PINNED' }
      const answer = await expectRefused(http, asking(document), expected)
      expect(answer.json()['pointer']).toMatch(/^\/@context/)
      expect(answer.text).toContain(unknown)
    }
  })

  it('is refused for a context within it', async () => {
    const inline = { sparkle: 'https://elsewhere.example.org/sparkle' }
    const document = changed((rest) => {
      const contexts = [...(rest['@context'] as readonly string[]), inline]
      return { ...rest, '@context': contexts, sparkle: 'yes' }
    })
    const answer = await verify(document)
    expect([400, 422]).toContain(answer.status)
    expectProblem(answer, { status: 422, code: 'CREDENTIAL_REFUSED', rule: 'context-inline' })
  })
})

describe('a document that is meant to be costly', () => {
  /** Nameless nodes that differ in nothing: their order can only be found by trying. */
  function lookalikes(count: number): JsonObject {
    const evidence = Array.from({ length: count }, () => ({ type: ['Evidence'] }))
    return changed(({ id: _id, credentialSubject, ...rest }) => {
      const { id: _subject, ...subject } = credentialSubject as JsonObject
      return { ...rest, credentialSubject: subject, evidence }
    })
  }

  it('gets an answer in time, and holds up nobody', async () => {
    const start = performance.now()
    const costly = [9, 40, 250].map((count) => verify(lookalikes(count)))
    const other = http.send({ path: '/healthz' })
    expect((await other).status).toBe(200)
    for (const answer of await Promise.all(costly)) {
      if (answer.status === 200) expect(reportOf(answer).verdict).toBe('invalid')
      else expectProblem(answer, { status: 503, code: 'VERIFIER_TIMEOUT' })
    }
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(reportOf(await verify(stored)).verdict).toBe('valid')
  })
})

describe('a body of the wrong kind', () => {
  it('is refused as another media type, charset or coding', async () => {
    const refusal = { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' }
    for (const type of ['text/xml', 'application/pdf', 'application/json; charset=utf-16'])
      await expectRefused(http, asking(stored, type), refusal)
    await expectRefused(http, { ...asking(stored), headers: {} }, refusal)
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }
    await expectRefused(http, { ...asking(gzipSync(stored)), headers }, refusal)
  })

  it('is refused when larger than the limit', async () => {
    const expected = { status: 413, code: 'BODY_TOO_LARGE' }
    await expectRefused(http, asking(stored.padEnd(LIMIT + 1)), expected)
    expect(reportOf(await verify(stored.padEnd(LIMIT))).verdict).toBe('valid')
  })
})

describe('a key that is younger than the signature', () => {
  it('did not make it, though the issuer publishes it', async () => {
    const early = await openHttpService({
      clock: { now: () => Date.parse('2025-06-01T12:00:00Z') },
    })
    try {
      const { url } = await early.badge({ decidedAt: '2025-05-01T12:00:00Z' })
      const body = (await early.send({ path: new URL(url).pathname })).text
      const headers = { 'Content-Type': 'application/json' }
      const answer = await early.send({ method: 'POST', path: '/api/v1/verify', headers, body })
      const report = answer.json() as unknown as VerificationReport
      expect(report.verdict).toBe('invalid')
      const problems = failuresOf(report).flatMap((check) => check.problems)
      expect(problems.map(({ code }) => code)).toEqual(['key-not-valid-then'])
    } finally {
      await early.close()
    }
  })
})
