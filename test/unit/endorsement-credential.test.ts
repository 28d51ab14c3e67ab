import { describe, expect, it } from 'vitest'
import {
  type Endorsements,
  embedEndorsements,
  withEndorsements,
} from '../../src/domain/embedded-endorsements.js'
import {
  buildEndorsement,
  endorsementUrl,
  readComment,
} from '../../src/domain/endorsement-credential.js'
import type { EndorsementLintFacts } from '../../src/domain/issuance-lints/endorsement-lints.js'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
import { member } from '../../src/domain/json.js'
import { lintEndorsement } from '../../src/domain/linted-credential.js'
import { gateCredential } from '../../src/domain/raw-gate/credential-gate.js'
import { DRAFT } from '../support/drafts.js'

const BASE_URL = 'https://badges.example.org'
const ISSUER = `did:web:badges.example.org:issuers:vista`
const CODE = '3f7k2m9qx0v8c4t1hgz6w5ynrj'
const url = endorsementUrl(BASE_URL, CODE)
const subjectId = `${BASE_URL}/achievements/sample/1`

const endorsement = buildEndorsement({
  url,
  issuer: { id: ISSUER, name: 'Vista', url: 'https://vista.example.org/' },
  validFrom: '2026-03-20T12:00:00Z',
  subjectId,
  subjectName: 'Sample',
  comment: 'Good.',
}) as unknown as JsonObject

const facts: EndorsementLintFacts = {
  baseUrl: BASE_URL,
  url,
  issuerId: ISSUER,
  verificationMethod: `${ISSUER}#z6Mk`,
  subjectId,
  comment: 'Good.',
  pinnedContexts: new Set(endorsement['@context'] as string[]),
  schemaFaults: [],
  canonical: { nquads: 'a' },
}

describe('buildEndorsement', () => {
  it('says who endorses what in which words, and nothing else', () => {
    expect(endorsement).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: `${BASE_URL}/endorsements/${CODE}`,
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'Endorsement of Sample',
      issuer: { id: ISSUER, type: ['Profile'], name: 'Vista', url: 'https://vista.example.org/' },
      validFrom: '2026-03-20T12:00:00Z',
      credentialSubject: {
        id: subjectId,
        type: ['EndorsementSubject'],
        endorsementComment: 'Good.',
      },
    })
  })
})

describe('readComment', () => {
  it('trims, and writes every line end in one way', () => {
    expect(readComment('  a\r\nb\rc\n ')).toEqual({ text: 'a\nb\nc' })
  })

  it('counts characters, not code units', () => {
    expect(readComment('🏅'.repeat(2000))).toEqual({ text: '🏅'.repeat(2000) })
    expect(readComment('🏅'.repeat(2001))).toHaveProperty('fault')
  })

  it.each([[undefined], [7], [''], [' \n '], ['a\u0000b'], ['a\tb'], ['a\u202eb'], ['a\ufffeb']])(
    'refuses %j',
    (input) => {
      expect(readComment(input)).toHaveProperty('fault')
    },
  )

  it('refuses a very long one at once', () => {
    const begun = performance.now()
    expect(readComment('\r'.repeat(50_000_000))).toHaveProperty('fault')
    expect(performance.now() - begun).toBeLessThan(500)
  })
})

describe('the lints for endorsements', () => {
  it('let the built document pass', () => {
    expect(() => lintEndorsement(JSON.stringify(endorsement), facts)).not.toThrow()
  })

  it.each<[string, JsonObject, Partial<EndorsementLintFacts>]>([
    ['not-yet-secured', { proof: [{ type: 'DataIntegrityProof' }] }, {}],
    ['endorsement-shape', { '@context': [...(endorsement['@context'] as string[])].reverse() }, {}],
    ['endorsement-shape', { type: ['VerifiableCredential', 'OpenBadgeCredential'] }, {}],
    ['endorsement-shape', { id: `${url}x` }, {}],
    ['endorsement-shape', { name: '' }, {}],
    ['endorsement-shape', { validFrom: 'yesterday' }, {}],
    ['endorsement-subject', {}, { subjectId: 'urn:other' }],
    ['endorsement-subject', {}, { comment: 'Other.' }],
    ['issuer-matches-key', {}, { issuerId: 'did:web:other.example.org' }],
    ['issuer-matches-key', {}, { verificationMethod: 'did:web:other.example.org#z6Mk' }],
    ['endorsement-members', { description: 'More.' }, {}],
    ['endorsement-members', { evidence: [{ type: ['Evidence'], name: 'More' }] }, {}],
    [
      'links-https-or-mailto',
      { issuer: { ...(endorsement['issuer'] as JsonObject), url: 'http://vista.example.org/' } },
      {},
    ],
    ['passes-our-gate', {}, { pinnedContexts: new Set<string>() }],
    ['schema', {}, { schemaFaults: [{ pointer: '/name', detail: 'must be there' }] }],
    ['json-ld-safe-mode', {}, { canonical: { refusal: 'An undefined term.' } }],
  ])('%s stops what it is for (%j, %j)', (rule, change, others) => {
    const text = JSON.stringify({ ...endorsement, ...change })
    expect(() => lintEndorsement(text, { ...facts, ...others })).toThrow(
      expect.objectContaining({ code: 'LINT_FAILED', rule }),
    )
  })

  it('give a token that signs once', () => {
    const linted = lintEndorsement(JSON.stringify(endorsement), facts)
    expect(linted.redeem()).toMatchObject({ document: endorsement, nquads: 'a' })
    expect(() => linted.redeem()).toThrow('signs once')
  })
})

describe('embedEndorsements', () => {
  const many = (count: number, change: JsonObject = {}): readonly JsonObject[] =>
    Array.from({ length: count }, (_, n) => ({
      ...endorsement,
      id: `${url.slice(0, -2)}${String(n).padStart(2, '0')}`,
      ...change,
    }))
  const embed = (all: Endorsements, document: JsonObject = DRAFT) =>
    embedEndorsements(document as never, all) as JsonObject
  const counts = (document: JsonObject) => {
    const achievement = member(member(document, 'credentialSubject'), 'achievement')
    return [achievement, member(document, 'issuer')].map(
      (node) => (member(node, 'endorsement') as readonly JsonValue[] | undefined)?.length,
    )
  }

  it('leaves a badge without endorsements as it is', () => {
    expect(JSON.stringify(embed({ achievement: [], issuer: [] }))).toBe(JSON.stringify(DRAFT))
    expect(withEndorsements({ id: 'x' }, [])).toEqual({ id: 'x' })
  })

  it('puts each where it belongs, in order', () => {
    const [first, second] = [many(2), many(1)]
    const document = embed({ achievement: first, issuer: second })
    const achievement = member(member(document, 'credentialSubject'), 'achievement')
    expect(member(achievement, 'endorsement')).toEqual(first)
    expect(member(member(document, 'issuer'), 'endorsement')).toEqual(second)
  })

  it('takes 16 at most, those of the achievement first', () => {
    expect(counts(embed({ achievement: many(10), issuer: many(10) }))).toEqual([10, 6])
    expect(counts(embed({ achievement: many(20), issuer: many(10) }))).toEqual([16, undefined])
  })

  it('never takes more than our own gate reads', () => {
    const tag = Array.from({ length: 200 }, (_, n) => `tag ${n}`)
    const padded = many(16, { tag })
    const document = embed({ achievement: padded, issuer: padded })
    const [taken = 0] = counts(document)
    expect(taken).toBeGreaterThan(2)
    expect(taken).toBeLessThan(16)
    const pinnedContexts = new Set(document['@context'] as string[])
    const bytes = new TextEncoder().encode(JSON.stringify(document))
    expect(() => gateCredential(bytes, { pinnedContexts, proofRequired: false })).not.toThrow()
  })
})
