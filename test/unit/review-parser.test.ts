import { describe, expect, it } from 'vitest'
import { createReviewParser } from '../../src/adapters/documents/review-parser.js'
import { type Fault, IssuerError } from '../../src/domain/issuer-error.js'
import { aReview } from '../support/reviews.js'

const parser = createReviewParser()

function faultsOf(input: unknown): readonly Fault[] {
  try {
    parser.parse(input)
    return []
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    expect(error.code).toBe('REQUEST_INVALID')
    expect(error.pointer).toBe(error.faults[0]?.pointer)
    return error.faults
  }
}

const without = (name: string) => {
  const { [name]: _left, ...rest } = aReview()
  return rest
}
const candidate = { name: 'Ana Example', email: 'ana@example.org' }
const item = { kind: 'reflection', name: 'Reflection', public: true }
const reviewer = { name: 'Ada Assessor', role: 'assessor' }

describe('a good review', () => {
  it('comes out as it went in, with times in UTC', () => {
    expect(parser.parse(aReview())).toEqual(aReview())
    const moved = aReview({ decidedAt: '2026-03-02T17:20:00.500+01:00' })
    expect(parser.parse(moved).decidedAt).toBe('2026-03-02T16:20:00Z')
  })

  it('gets the defaults that hide: no consent is hidden, hidden, not listed', () => {
    const { consent, evidence, attempt } = parser.parse({
      source: 'test',
      id: '1',
      achievement: 'creators',
      candidate,
      decision: 'declined',
      decidedAt: '2026-03-02T16:20:00Z',
      reviewers: [reviewer],
    })
    expect(consent).toEqual({ name: 'hidden', evidence: 'hidden', listed: false })
    expect({ evidence, attempt }).toEqual({ evidence: [], attempt: 1 })
  })

  it('fills in each part of consent and publicity by itself', () => {
    const parsed = parser.parse(
      aReview({ consent: { name: 'initials' }, evidence: [{ kind: 'a', name: 'A' }] }),
    )
    expect(parsed.consent).toEqual({ name: 'initials', evidence: 'hidden', listed: false })
    expect(parsed.evidence).toEqual([{ kind: 'a', name: 'A', public: false }])
  })

  it('puts the name into one spelling', () => {
    const named = aReview({ candidate: { ...candidate, name: '  Jose\u0301  Example ' } })
    expect(parser.parse(named).candidate.name).toBe('José  Example')
  })

  it('leaves the input alone', () => {
    const input = without('consent')
    parser.parse(input)
    expect(input).toEqual(without('consent'))
  })

  it.each(['approved', 'declined', 'needs-revision', 'withdrawn'])('may be %s', (decision) => {
    expect(parser.parse(aReview({ decision })).decision).toBe(decision)
  })
})

describe('faults', () => {
  it.each<[string, unknown, string]>([
    ['a list', [], ''],
    ['null', null, ''],
    ['a text', 'review', ''],
    ...['source', 'id', 'achievement', 'candidate', 'decision', 'decidedAt', 'reviewers'].map(
      (name): [string, unknown, string] => [`no ${name}`, without(name), `/${name}`],
    ),
    ['an unknown member', aReview({ verdict: 'yes' }), '/verdict'],
    ['a member with a slash', aReview({ 'a/b~c': 1 }), '/a~1b~0c'],
    [
      'a prototype',
      JSON.parse(`{"__proto__":{},${JSON.stringify(aReview()).slice(1)}`),
      '/__proto__',
    ],
    ['a key with a slash', aReview({ id: 'a/b' }), '/id'],
    ['a key that is a path', aReview({ source: '../x' }), '/source'],
    ['a number for a key', aReview({ id: 1 }), '/id'],
    ['a very long key', aReview({ id: 'a'.repeat(101) }), '/id'],
    ['attempt 0', aReview({ attempt: 0 }), '/attempt'],
    ['half an attempt', aReview({ attempt: 1.5 }), '/attempt'],
    ['an attempt as text', aReview({ attempt: '1' }), '/attempt'],
    ['an unknown decision', aReview({ decision: 'Approved' }), '/decision'],
    ['a date without timezone', aReview({ decidedAt: '2026-03-02T16:20:00' }), '/decidedAt'],
    ['a day that does not exist', aReview({ decidedAt: '2026-02-30T00:00:00Z' }), '/decidedAt'],
    ['no reviewers', aReview({ reviewers: [] }), '/reviewers'],
    ['a reviewer without role', aReview({ reviewers: [{ name: 'A' }] }), '/reviewers/0/role'],
    ['a blank reviewer', aReview({ reviewers: [{ ...reviewer, name: ' ' }] }), '/reviewers/0/name'],
    ['a blank name', aReview({ candidate: { ...candidate, name: ' \t ' } }), '/candidate/name'],
    [
      'a name with a bell',
      aReview({ candidate: { ...candidate, name: 'A\u0007' } }),
      '/candidate/name',
    ],
    [
      'half a character',
      aReview({ candidate: { ...candidate, name: 'A\ud800' } }),
      '/candidate/name',
    ],
    [
      'a name of 201 letters',
      aReview({ candidate: { ...candidate, name: 'a'.repeat(201) } }),
      '/candidate/name',
    ],
    ['no e-mail address', aReview({ candidate: { name: 'Ana' } }), '/candidate/email'],
    [
      'a bad e-mail address',
      aReview({ candidate: { ...candidate, email: 'ana@' } }),
      '/candidate/email',
    ],
    [
      'two e-mail addresses',
      aReview({ candidate: { ...candidate, email: 'a@b.org,c@d.org' } }),
      '/candidate/email',
    ],
    [
      'an extra about the candidate',
      aReview({ candidate: { ...candidate, age: 40 } }),
      '/candidate/age',
    ],
    [
      'a result without level',
      aReview({ rubric: { version: '1', results: [{ criterion: 'a' }] } }),
      '/rubric/results/0/level',
    ],
    ['a rubric without version', aReview({ rubric: { results: [] } }), '/rubric/version'],
    [
      'evidence over http',
      aReview({ evidence: [{ ...item, url: 'http://a.example.org/' }] }),
      '/evidence/0/url',
    ],
    [
      'evidence that is a script',
      aReview({ evidence: [{ ...item, url: 'javascript:alert(1)' }] }),
      '/evidence/0/url',
    ],
    [
      'evidence with a space in its link',
      aReview({ evidence: [{ ...item, url: 'https://a.example.org/a b' }] }),
      '/evidence/0/url',
    ],
    ['a relative link', aReview({ evidence: [{ ...item, url: '/a' }] }), '/evidence/0/url'],
    ['the same evidence twice', aReview({ evidence: [item, item] }), '/evidence'],
    [
      '21 pieces of evidence',
      aReview({ evidence: Array.from({ length: 21 }, (_, n) => ({ ...item, name: `${n}` })) }),
      '/evidence',
    ],
    [
      'publicity as text',
      aReview({ evidence: [{ ...item, public: 'yes' }] }),
      '/evidence/0/public',
    ],
    ['a kind in capitals', aReview({ evidence: [{ ...item, kind: 'Film' }] }), '/evidence/0/kind'],
    ['consent to something unknown', aReview({ consent: { photo: 'shown' } }), '/consent/photo'],
    ['consent in other words', aReview({ consent: { name: 'yes' } }), '/consent/name'],
    ['listed as text', aReview({ consent: { listed: 'true' } }), '/consent/listed'],
  ])('%s', (_name, input, pointer) => {
    expect(faultsOf(input).map((fault) => fault.pointer)).toContain(pointer)
  })

  it('are told all at once, each with its place and what to do', () => {
    const faults = faultsOf({ ...without('source'), decision: 'maybe', extra: 1 })
    expect(faults).toEqual(
      expect.arrayContaining([
        { pointer: '/source', detail: 'is missing; add it' },
        { pointer: '/extra', detail: 'is not a known member; remove it' },
        {
          pointer: '/decision',
          detail: 'must be one of approved, declined, needs-revision, withdrawn',
        },
      ]),
    )
    expect(faults).toHaveLength(3)
  })

  it('are at most twenty', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`extra${n}`, n]))
    expect(faultsOf(aReview(many))).toHaveLength(20)
  })

  it('stand in the sentence too', () => {
    expect(() => parser.parse({ ...without('id'), extra: 1 })).toThrow(
      /^\/id is missing; add it \(and 1 more\)\.$/,
    )
  })
})
