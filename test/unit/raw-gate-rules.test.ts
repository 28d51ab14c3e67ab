/** The rules of the gate on small documents: what must be refused, and what must not. */
import { describe, expect, it } from 'vitest'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { type JsonObject, type JsonValue, member } from '../../src/domain/json.js'
import { gateCredential } from '../../src/domain/raw-gate/credential-gate.js'
import {
  GATE_RULES,
  GateRefusal,
  STATUS_LIST_LIMITS,
} from '../../src/domain/raw-gate/gate-refusal.js'

const VC2 = 'https://www.w3.org/ns/credentials/v2'
const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const pinnedContexts = new Set([VC2, OB3])

const SMALL: JsonObject = { '@context': [VC2, OB3], id: 'urn:x:1', type: ['VerifiableCredential'] }

/** The rule that refuses a small document with further members, or `passes`. */
function judge(members: JsonObject, proofRequired = false): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...SMALL, ...members }))
  try {
    gateCredential(bytes, { pinnedContexts, proofRequired })
    return 'passes'
  } catch (error) {
    if (error instanceof GateRefusal) return error.rule
    throw error
  }
}

const root = { id: 'urn:x:1', type: 'VerifiableCredential', validUntil: '2025-01-01T00:00:00Z' }

describe('one id in several places', () => {
  it.each<[string, JsonObject, string]>([
    ['the credential, described elsewhere', { evidence: [root] }, 'misplaced-credential'],
    ['its end, described elsewhere', { evidence: [{ ...root, type: 'Evidence' }] }, 'split-node'],
    [
      'the credential, named elsewhere',
      { evidence: [{ id: 'urn:x:1', type: 'Evidence' }] },
      'passes',
    ],
    [
      'an issuer described twice, the second time in short',
      {
        issuer: { id: 'urn:i', type: ['Profile'], name: 'A', url: 'https://x.example/' },
        achievement: { creator: { id: 'urn:i', type: ['Profile'], name: 'A' } },
      },
      'passes',
    ],
    [
      'an issuer described twice, the second time at length',
      {
        issuer: { id: 'urn:i', type: ['Profile'], name: 'A' },
        achievement: {
          creator: { id: 'urn:i', type: ['Profile'], name: 'A', url: 'https://x.example/' },
        },
      },
      'split-node',
    ],
    [
      'an issuer under two names',
      {
        issuer: { id: 'urn:i', type: ['Profile'], name: 'A' },
        achievement: { creator: { id: 'urn:i', type: ['Profile'], name: 'B' } },
      },
      'split-node',
    ],
    [
      'an issuer with two endorsements',
      {
        issuer: { id: 'urn:i', type: ['Profile'], name: 'A' },
        a: { id: 'urn:i', type: ['EndorsementSubject'], endorsementComment: 'a' },
        b: { id: 'urn:i', type: ['EndorsementSubject'], endorsementComment: 'b' },
      },
      'passes',
    ],
    [
      'a subject that is its issuer',
      {
        issuer: { id: 'urn:i', type: ['Profile'], name: 'A' },
        credentialSubject: { id: 'urn:i', type: ['AchievementSubject'], role: 'x' },
      },
      'passes',
    ],
    [
      'a subject under two types, one in common',
      {
        issuer: { id: 'urn:i', type: ['Profile', 'AchievementSubject'], name: 'A' },
        credentialSubject: { id: 'urn:i', type: ['AchievementSubject'], name: 'B' },
      },
      'split-node',
    ],
    [
      'an issuer in short, described at length further in',
      {
        issuer: { id: 'urn:i', type: ['Profile'] },
        achievement: { creator: { id: 'urn:i', type: ['Profile'], name: 'A' } },
      },
      'split-node',
    ],
    [
      'an issuer as text, described further in',
      { issuer: 'urn:i', achievement: { creator: { id: 'urn:i', type: ['Profile'], name: 'A' } } },
      'split-node',
    ],
    [
      'an issuer as text, named further in',
      { issuer: 'urn:i', achievement: { creator: { id: 'urn:i', type: ['Profile'] } } },
      'passes',
    ],
    [
      'a type that belongs to another place',
      {
        type: ['VerifiableCredential', 'EndorsementSubject'],
        a: { id: 'urn:x:1', type: ['EndorsementSubject'], endorsementComment: 'a' },
      },
      'split-node',
    ],
    [
      'all types in every place, one of them endorsed',
      {
        issuer: { id: 'urn:i', type: ['Profile', 'EndorsementSubject'], name: 'A' },
        a: { id: 'urn:i', type: ['EndorsementSubject', 'Profile'], endorsementComment: 'a' },
      },
      'split-node',
    ],
    [
      'all types in every place, one of them an earner',
      {
        issuer: { id: 'urn:i', type: ['Profile', 'AchievementSubject'], name: 'A' },
        credentialSubject: { id: 'urn:i', type: ['AchievementSubject', 'Profile'], role: 'x' },
      },
      'split-node',
    ],
    [
      'the same types in another order',
      {
        issuer: { id: 'urn:i', type: ['Profile', 'School'], name: 'A' },
        achievement: { creator: { id: 'urn:i', type: ['School', 'Profile'] } },
      },
      'passes',
    ],
    [
      'criteria with the type of their achievement',
      {
        achievement: { id: 'urn:a', type: ['Achievement'], name: 'A' },
        criteria: { id: 'urn:a', type: ['Achievement'], narrative: 'x' },
      },
      'split-node',
    ],
    [
      'an achievement and its criteria',
      {
        achievement: { id: 'urn:a', type: ['Achievement'], name: 'A' },
        criteria: { id: 'urn:a', narrative: 'x' },
      },
      'passes',
    ],
    [
      'two without a type',
      { a: { id: 'urn:a', name: 'x' }, b: { id: 'urn:a', name: 'y' } },
      'split-node',
    ],
    [
      'twice in one list',
      {
        a: [
          { id: 'urn:a', name: 'x' },
          { id: 'urn:a', name: 'x' },
        ],
      },
      'repeated-item',
    ],
    ['the same twice', { a: { id: 'urn:a', name: 'x' }, b: { name: 'x', id: 'urn:a' } }, 'passes'],
  ])('%s', (_name, members, expected) => {
    expect(judge(members)).toBe(expected)
  })
})

describe('parts without id that look alike', () => {
  const leaf = { type: ['Alignment'], targetName: 'x' }
  const holding = (...alignment: JsonObject[]) => ({ type: ['Result'], alignment })
  it.each<[string, JsonObject, string]>([
    ['may stand flat, however many', { a: Array(250).fill(leaf) }, 'passes'],
    ['may be two with two', { a: [holding(leaf, leaf), holding(leaf, leaf)] }, 'passes'],
    [
      'may hang on what differs',
      { a: [1, 2, 3].map((n) => ({ n, b: Array(9).fill(leaf) })) },
      'passes',
    ],
    ['may hang on what has an id', { id: 'urn:y', a: Array(20).fill(leaf) }, 'passes'],
    ['not two with seven', { a: [1, 2].map(() => holding(...Array(7).fill(leaf))) }, 'look-alikes'],
    [
      'not where references are spelled in two ways',
      { a: ['urn:z', { id: 'urn:z' }].map((image) => ({ image, b: Array(7).fill(leaf) })) },
      'look-alikes',
    ],
    ['not as a list of repeats', { allowedValue: ['x', 'y', 'x'] }, 'look-alikes'],
    ['not forty with one', { a: Array(40).fill(holding(leaf)) }, 'look-alikes'],
    [
      'not in another order of the same',
      {
        a: [
          { tag: ['x', 'y'], b: Array(7).fill(leaf) },
          { tag: ['y', 'x'], b: Array(7).fill(leaf) },
        ],
      },
      'look-alikes',
    ],
    [
      'not with leaves that differ, when what holds them is alike',
      { a: [1, 2, 3, 4, 5, 6, 7].map((n) => holding({ ...leaf, n })).map((one) => holding(one)) },
      'passes',
    ],
  ])('%s', (_name, members, expected) => {
    expect(judge(members)).toBe(expected)
  })
})

describe('member names', () => {
  it.each(['@id', '@graph', 'a:b', 'https://x.example/', '', ' ', 'a b', 'Criteria', 'X', 'a\n'])(
    '%j is refused at any depth',
    (name) => {
      expect(judge({ [name]: 'x' })).toBe('key-not-allowed')
      expect(judge({ a: [{ b: { [name]: 'x' } }] })).toBe('key-not-allowed')
    },
  )

  it.each(['name', 'endorsementJwt', 'größe', '1st'])('%j is not', (name) => {
    expect(judge({ [name]: 'x' })).toBe('passes')
  })

  it('that contexts define for classes cannot stand for a member', async () => {
    const contexts = await loadPinnedContexts()
    const classes = contexts.urls().flatMap((url) => {
      const context = contexts.find(url)?.['@context']
      return typeof context === 'object' ? Object.keys(context ?? {}) : []
    })
    const capitals = classes.filter((name) => /^[A-Z]/.test(name))
    expect(capitals.length).toBeGreaterThan(20)
    expect(capitals.filter((name) => judge({ [name]: 'x' }) !== 'key-not-allowed')).toEqual([])
  })
})

/** Every term with its definition, those of nested contexts too. */
function termsOf(context: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(context)) return context.flatMap(termsOf)
  if (typeof context !== 'object' || context === null) return []
  return Object.entries(context).flatMap(([term, definition]) => [
    [term, definition] as const,
    ...termsOf(member(definition, '@context')),
  ])
}

/** Whether a term could hide a member from code that reads JSON. */
function isOdd(term: string, definition: unknown): boolean {
  if (term.startsWith('@')) return !/^@(version|protected)$/.test(term)
  const iri = typeof definition === 'string' ? definition : member(definition, '@id')
  const isKeyword = String(iri).startsWith('@')
  const isUsual = (term === 'id' && iri === '@id') || (term === 'type' && iri === '@type')
  const isCleared = definition === null || iri === null
  const text = JSON.stringify(definition)
  const isHiding = /@nest|@reverse|@included|"@index"|"@language"/.test(text)
  return (isKeyword && !isUsual) || isCleared || isHiding
}

describe('the pinned contexts', () => {
  it('define no further name for a keyword, no indexes and no nesting', async () => {
    const contexts = await loadPinnedContexts()
    const all = contexts.urls().flatMap((url) => termsOf(contexts.find(url)?.['@context']))
    const odd = all.filter(([term, definition]) => isOdd(term, definition))
    expect(all.length).toBeGreaterThan(500)
    expect(odd).toEqual([])
  })

  it('define the members that a verdict depends on for one class each', async () => {
    const contexts = await loadPinnedContexts()
    const bearing = [
      'validFrom',
      'validUntil',
      'issuanceDate',
      'expirationDate',
      'credentialStatus',
    ]
    const global = contexts.urls().flatMap((url) => {
      const context = contexts.find(url)?.['@context']
      return [context]
        .flat()
        .flatMap((one) => (typeof one === 'object' ? Object.keys(one ?? {}) : []))
    })
    expect(bearing.filter((name) => global.includes(name))).toEqual([])
  })
})

describe('values', () => {
  it.each<[string, JsonObject, string]>([
    ['a list in a list', { a: [['x']] }, 'malformed-value'],
    ['a list in a list, deeper', { a: [{ b: ['x', ['y']] }] }, 'malformed-value'],
    ['a blank-node label', { a: '_:b0' }, 'malformed-value'],
    ['a blank-node label in a list', { a: ['x', '_:'] }, 'malformed-value'],
    ['an underscore in a text', { a: '_ : x' }, 'passes'],
    ['null', { a: null }, 'empty-value'],
    ['an empty list', { a: { b: [] } }, 'empty-value'],
    ['an empty object', { a: {} }, 'passes'],
    ['a type named twice', { a: { type: ['x', 'x'] } }, 'duplicate-type'],
    ['a type that is an object', { a: { type: { id: 'x' } } }, 'malformed-value'],
    ['a relative id', { a: { id: 'x' } }, 'malformed-value'],
    ['an id that is a list', { a: { id: ['x'] } }, 'malformed-value'],
    ['a date as a number', { validUntil: 1 }, 'malformed-value'],
    ['a date deep inside', { a: [{ expires: 'x' }] }, 'malformed-value'],
  ])('%s', (_name, members, expected) => {
    expect(judge(members)).toBe(expected)
  })
})

describe('the rules', () => {
  it('each have a sentence', () => {
    expect(Object.values(GATE_RULES).filter((sentence) => !/^[A-Z].+\.$/.test(sentence))).toEqual([
      GATE_RULES['empty-value'],
    ])
  })

  it('ask for a proof only of what is to be verified', () => {
    expect(judge({})).toBe('passes')
    expect(judge({}, true)).toBe('proof-missing')
  })
})

describe('a list of statuses', () => {
  const judgeList = (contexts: JsonValue, padding = 0) => {
    const list = { ...SMALL, '@context': contexts, encodedList: 'A'.repeat(padding) }
    const bytes = new TextEncoder().encode(JSON.stringify(list))
    const options = { limits: STATUS_LIST_LIMITS, badgeContextRequired: false }
    try {
      gateCredential(bytes, { pinnedContexts, proofRequired: false, ...options })
      return 'passes'
    } catch (error) {
      if (error instanceof GateRefusal) return error.rule
      throw error
    }
  }

  it.each<[JsonValue, string]>([
    [[VC2], 'passes'],
    [[VC2, OB3], 'passes'],
    [[OB3], 'context-not-allowed'],
    [[VC2, VC2], 'context-not-allowed'],
    [[VC2, { encodedList: 'urn:x' }], 'context-inline'],
    [VC2, 'context-not-allowed'],
  ])('needs no context of Open Badges, and still only known ones: %j', (contexts, rule) => {
    expect(judgeList(contexts)).toBe(rule)
  })

  it('may be twice as large as a badge', () => {
    expect(judgeList([VC2], 2 * 1024 * 1024 - 300)).toBe('passes')
    expect(judgeList([VC2], 2 * 1024 * 1024)).toBe('too-large')
  })
})
