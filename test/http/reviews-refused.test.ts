/** Reviews that must not come in: each gets a problem document, and not one row changes. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, expectRefused } from '../support/http-problems.js'
import { type HttpService, openHttpService, reviewRequest } from '../support/http-service.js'
import { aReview, type ReviewInput } from '../support/reviews.js'
import { NOW } from '../support/service.js'

let http: HttpService
let token: string

beforeAll(async () => {
  http = await openHttpService()
  token = await http.token()
  await http.badge({ id: 'known' })
})
afterAll(() => http.close())

function without(name: string): ReviewInput {
  const { [name]: _left, ...rest } = aReview()
  return rest
}

const candidate = aReview()['candidate'] as ReviewInput
const results = (...rows: readonly (readonly [string, string])[]) => ({
  version: '2026-1',
  results: rows.map(([criterion, level]) => ({ criterion, level })),
})
const FILM = 'https://media.example.org/film'
const inFuture = new Date(NOW + 120_000).toISOString()

const INVALID: readonly (readonly [string, ReviewInput, string])[] = [
  ['a wrong type', aReview({ attempt: 'one' }), '/attempt'],
  ['a number for a text', aReview({ candidate: { ...candidate, name: 7 } }), '/candidate/name'],
  ['a list for an object', aReview({ candidate: [] }), '/candidate'],
  ['null', aReview({ consent: null }), '/consent'],
  ['an unknown member', aReview({ approved: true }), '/approved'],
  [
    'an unknown member within',
    aReview({ candidate: { ...candidate, phone: '1' } }),
    '/candidate/phone',
  ],
  ...['source', 'id', 'achievement', 'candidate', 'decision', 'decidedAt', 'reviewers'].map(
    (name) => [`no ${name}`, without(name), `/${name}`] as const,
  ),
  ['no e-mail address', aReview({ candidate: { name: 'Ana Example' } }), '/candidate/email'],
  ['half an e-mail address', withEmail('ana@'), '/candidate/email'],
  ['a name for an e-mail address', withEmail('Ana Example'), '/candidate/email'],
  ['a decision that is none', aReview({ decision: 'maybe' }), '/decision'],
  ['a decision in capitals', aReview({ decision: 'Approved' }), '/decision'],
  ['a time without timezone', aReview({ decidedAt: '2026-03-02T16:20:00' }), '/decidedAt'],
  ['a date without time', aReview({ decidedAt: '2026-03-02' }), '/decidedAt'],
  ['a day that is none', aReview({ decidedAt: '2026-02-30T16:20:00Z' }), '/decidedAt'],
  ['a time in the future', aReview({ decidedAt: inFuture }), '/decidedAt'],
  ['an attempt of 0', aReview({ attempt: 0 }), '/attempt'],
  ['half an attempt', aReview({ attempt: 1.5 }), '/attempt'],
  ['an id with a slash', aReview({ id: 'a/b' }), '/id'],
  ['an empty name', aReview({ candidate: { ...candidate, name: ' ' } }), '/candidate/name'],
  ['no reviewer', aReview({ reviewers: [] }), '/reviewers'],
  ['evidence by plain http', withEvidence('http://example.org/film'), '/evidence/0/url'],
  ['evidence by script', withEvidence('javascript:alert(1)'), '/evidence/0/url'],
  ...[
    'https://example.org/?q[]=1',
    'https://example.org/a[1]',
    'https://example.org/a#b#c',
    'https://[2001:db8::1]/',
    'https://ana:secret@example.org/',
    'https://example.org/\ufffd',
  ].map((url) => [`evidence at ${url}`, withEvidence(url), '/evidence/0/url'] as const),
  [
    'a decision before all programmes',
    aReview({ decidedAt: '0000-01-01T00:00:00+05:00' }),
    '/decidedAt',
  ],
  [
    'a name from a wrong encoding',
    aReview({ candidate: { ...candidate, name: 'Mar\ufffda' } }),
    '/candidate/name',
  ],
  [
    'a link twice',
    withItems({ name: 'Film', url: FILM }, { name: 'Movie', url: FILM }),
    '/evidence/1',
  ],
  [
    'twins of other kinds',
    withItems({ name: 'Film' }, { name: 'Film', kind: 'other' }),
    '/evidence/1',
  ],
]

function withEmail(email: string): ReviewInput {
  return aReview({ candidate: { ...candidate, email } })
}

function withItems(...items: readonly ReviewInput[]): ReviewInput {
  const evidence = items.map((item) => ({ kind: 'documentation', public: true, ...item }))
  return aReview({ evidence })
}

function withEvidence(url: string): ReviewInput {
  return aReview({ evidence: [{ kind: 'documentation', name: 'Film', url, public: true }] })
}

describe('a review with a fault in a member', () => {
  for (const [name, review, pointer] of INVALID) {
    it(`is refused for ${name}, with the pointer`, async () => {
      const expected = { status: 422, code: 'REQUEST_INVALID', pointer }
      await expectRefused(http, reviewRequest(token, review), expected)
    })
  }

  it('is told every fault at once', async () => {
    const review = { ...aReview({ attempt: 0, decision: 'maybe', approved: true }) }
    const answer = await http.send(reviewRequest(token, review))
    expect(answer.json()['errors']).toHaveLength(3)
  })

  it('is refused for an unknown achievement', async () => {
    const request = reviewRequest(token, aReview({ achievement: 'underwater-basketry' }))
    const expected = { status: 422, code: 'ACHIEVEMENT_UNKNOWN', pointer: '/achievement' }
    await expectRefused(http, request, expected)
  })

  const required = [
    ['documentation', 'exemplary'],
    ['student-voice', 'demonstrated'],
  ] as const
  const rubrics = [
    ['an unknown criterion', results(['charm', 'exemplary']), '/rubric/results/0/criterion'],
    ['an unknown level', results(['reflection', 'superb']), '/rubric/results/0/level'],
    ['a level too low', results(['reflection', 'emerging'], ...required), '/rubric/results'],
    ['a criterion left out', results(...required), '/rubric/results'],
    ['no rubric', undefined, '/rubric/results'],
  ] as const
  for (const [name, rubric, pointer] of rubrics) {
    it(`is refused for ${name} in the rubric`, async () => {
      const request = reviewRequest(token, aReview({ rubric }))
      await expectRefused(http, request, { status: 422, code: 'RUBRIC_MISMATCH', pointer })
    })
  }
})

describe('a key that was used before', () => {
  it('is refused with other content', async () => {
    const changes: readonly ReviewInput[] = [
      { candidate: { ...candidate, name: 'Bea Example' } },
      { decision: 'declined' },
      { decidedAt: '2026-03-02T16:20:01Z' },
      { evidence: [] },
      { consent: { name: 'hidden', evidence: 'shown', listed: true } },
      { achievement: 'underwater-basketry' },
    ]
    for (const change of changes) {
      const request = reviewRequest(token, aReview({ id: 'known', ...change }))
      await expectRefused(http, request, { status: 409, code: 'REVIEW_CONFLICT' })
    }
  })
})

describe('a body that is not strict JSON', () => {
  const text = JSON.stringify(aReview())
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  const bodies: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['nothing', '', 'not-json'],
    ['half of it', text.slice(0, -20), 'not-json'],
    ['two documents', `${text}${text}`, 'not-json'],
    ['a comment', `${text}// approved`, 'not-json'],
    ['single quotes', "{'source':'test'}", 'not-json'],
    ['a member twice', text.replace('{', '{"decision":"declined",'), 'duplicate-member'],
    ['latin-1', Buffer.from(text.replace('Ana', 'Añá'), 'latin1'), 'bad-encoding'],
    ['a byte order mark', `\uFEFF${text}`, 'bad-encoding'],
    ['a lone surrogate', text.replace('Ana', '\\ud800'), 'bad-encoding'],
    ['a NUL', text.replace('Ana', '\\u0000'), 'bad-encoding'],
    ['an exponent', text.replace('"attempt":1', '"attempt":1e0'), 'number-not-allowed'],
    ['10,000 levels', deep, 'too-deep'],
    ['10,000 levels in a member', text.replace('"test"', deep), 'too-deep'],
    ['501 items', text.replace('"test"', JSON.stringify(Array(501).fill(1))), 'array-too-long'],
  ]
  for (const [name, body, rule] of bodies) {
    it(`is refused: ${name}`, async () => {
      const expected = { status: 400, code: 'REQUEST_MALFORMED', rule }
      await expectRefused(http, { ...reviewRequest(token, {}), body }, expected)
    })
  }
})

describe('a body of the wrong kind', () => {
  const json = JSON.stringify(aReview({ id: 'wrong-kind' }))
  const typed = (type: string | undefined, body: string | Uint8Array = json) => ({
    method: 'POST',
    path: '/api/v1/reviews',
    headers: {
      Authorization: `Bearer ${token}`,
      ...(type === undefined ? {} : { 'Content-Type': type }),
    },
    body,
  })
  const refusal = { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' }

  for (const type of [
    undefined,
    '',
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'application/ld+json',
    'application/jsonx',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
  ]) {
    it(`is refused as ${type ?? 'nothing'}`, async () => {
      await expectRefused(http, typed(type), refusal)
    })
  }

  it('is refused when compressed', async () => {
    const request = typed('application/json', gzipSync(json))
    for (const coding of ['gzip', 'deflate', 'br', 'zstd']) {
      const headers = { ...request.headers, 'Content-Encoding': coding }
      await expectRefused(http, { ...request, headers }, refusal)
    }
  })

  it('is taken in UTF-8 by whichever spelling', async () => {
    for (const type of ['application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"']) {
      expect([200, 201]).toContain((await http.send(typed(type))).status)
    }
  })

  it('is refused when larger than the limit, with and without a length', async () => {
    const body = JSON.stringify(aReview({ id: 'x'.repeat(600 * 1024) }))
    const expected = { status: 413, code: 'BODY_TOO_LARGE' }
    await expectRefused(http, typed('application/json', body), expected)
    const chunked = { ...typed('application/json', body).headers, 'Transfer-Encoding': 'chunked' }
    const request = { ...typed('application/json', body), headers: chunked }
    await expectRefused(http, request, expected)
  })
})

describe('a request without the right to it', () => {
  it('is refused without a valid token, before its body is looked at', async () => {
    const other = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const values = [
      undefined,
      '',
      'Bearer',
      `Basic ${token}`,
      `Bearer ${other}`,
      `Bearer ${token}x`,
      `Bearer ${'a'.repeat(5000)}`,
      `bearer  ${token}`,
    ]
    for (const value of values) {
      const headers = value === undefined ? {} : { Authorization: value }
      const request = { method: 'POST', path: '/api/v1/reviews', headers, body: 'not JSON' }
      const answer = await expectRefused(http, request, { status: 401, code: 'UNAUTHENTICATED' })
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer /)
    }
  })

  it('is refused for want of the scope, each way', async () => {
    const forbidden = { status: 403, code: 'FORBIDDEN' }
    const writer = await http.token('reviews:write')
    const releaser = await http.token('reviews:release')
    await expectRefused(http, reviewRequest(releaser, aReview()), forbidden)
    const path = '/api/v1/reviews/test/known/1/release'
    const headers = { Authorization: `Bearer ${writer}` }
    await expectRefused(http, { method: 'POST', path, headers }, forbidden)
    const unknown = { method: 'POST', path }
    await expectRefused(http, unknown, { status: 401, code: 'UNAUTHENTICATED' })
  })

  it('never sees its token again', async () => {
    const answer = await http.send(reviewRequest(await http.token('reviews:release'), {}))
    expectProblem(answer, { status: 403, code: 'FORBIDDEN' })
    expect(answer.text + JSON.stringify(answer.headers)).not.toMatch(/imp_[0-9a-z]{5}/)
  })
})
