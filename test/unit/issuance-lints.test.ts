/** Every lint: the good draft passes all, and each fault is found by the lint that is named for it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { createSchemaChecker } from '../../src/adapters/documents/schema-checker.js'
import { createReferenceCanonicalizer } from '../../src/adapters/proofs/reference-canonicalizer.js'
import type { Canonicalizer } from '../../src/application/ports/proofs.js'
import { ISSUANCE_LINTS } from '../../src/domain/issuance-lints/issuance-lints.js'
import type { LintFacts } from '../../src/domain/issuance-lints/lint.js'
import {
  STATUS_LIST_LINTS,
  type StatusListLintFacts,
} from '../../src/domain/issuance-lints/status-list-lints.js'
import { isJsonObject, type JsonObject, type JsonValue, listMember } from '../../src/domain/json.js'
import { buildStatusList } from '../../src/domain/status-list.js'
import { DRAFT, DRAFT_FACTS } from '../support/drafts.js'

const schemaChecker = createSchemaChecker()
let canonicalizer: Canonicalizer
let pinnedContexts: ReadonlySet<string>

beforeAll(async () => {
  const contexts = await loadPinnedContexts()
  canonicalizer = createReferenceCanonicalizer(createDocumentLoader(contexts))
  pinnedContexts = new Set(contexts.urls())
})

/** A copy with the value at a path set, or removed when it is undefined. */
function change(document: JsonValue, path: string, value: JsonValue | undefined): JsonObject {
  const [name = '', ...rest] = path.split('/').filter((token) => token !== '')
  const copy = new Map(Object.entries(document as JsonObject))
  const inner = rest.length === 0 ? value : change(copy.get(name) ?? {}, rest.join('/'), value)
  if (inner === undefined) copy.delete(name)
  else copy.set(name, inner)
  const changed = Object.fromEntries(copy)
  return (Array.isArray(document) ? Object.values(changed) : changed) as JsonObject
}

async function factsOf(document: JsonObject, changed: Partial<LintFacts>): Promise<LintFacts> {
  return {
    ...DRAFT_FACTS,
    pinnedContexts,
    schemaFaults: schemaChecker.check('achievement-credential', document),
    canonical: await canonicalizer.canonicalize(document),
    ...changed,
  }
}

/** Name of the first lint that fails, in the order of issuing. */
async function firstFailure(document: JsonObject, changed: Partial<LintFacts> = {}) {
  const facts = await factsOf(document, changed)
  return ISSUANCE_LINTS.find((lint) => lint.check(document, facts) !== undefined)?.name
}

type Case = readonly [fault: string, lint: string, path: string, value: JsonValue | undefined]

const SUBJECT = '/credentialSubject'
const ACHIEVEMENT = `${SUBJECT}/achievement`
const twin: JsonValue = { type: ['Evidence'], name: 'A talk' }
const email = listMember(DRAFT['credentialSubject'], 'identifier')[0] as JsonObject

const CASES: readonly Case[] = [
  ['a proof', 'not-yet-secured', '/proof', [{ type: 'DataIntegrityProof' }]],
  ['no context', 'contexts', '/@context', undefined],
  ['one context as a text', 'contexts', '/@context', 'https://www.w3.org/ns/credentials/v2'],
  ['contexts turned round', 'contexts', '/@context', [...listMember(DRAFT, '@context')].reverse()],
  ['an inline context', 'contexts', '/@context/3', { x: 'https://example.org/x' }],
  ['one type only', 'types', '/type', ['VerifiableCredential']],
  ['types turned round', 'types', '/type', ['OpenBadgeCredential', 'VerifiableCredential']],
  ['a third type', 'types', '/type/2', 'AchievementCredential'],
  ['no id', 'id-is-our-url', '/id', undefined],
  ['another’s id', 'id-is-our-url', '/id', 'https://elsewhere.example/badges/1'],
  ['another badge’s id', 'id-is-our-url', '/id', `${DRAFT['id']}0`],
  ['an issuer as a text', 'issuer-matches-key', '/issuer', DRAFT_FACTS.issuerId],
  ['another issuer', 'issuer-matches-key', '/issuer/id', 'did:web:other.example'],
  ['no beginning', 'dates-ordered', '/validFrom', undefined],
  ['a date without timezone', 'dates-ordered', '/validFrom', '2026-03-20T12:00:00'],
  ['no award date', 'dates-ordered', '/awardedDate', undefined],
  ['an award after the beginning', 'dates-ordered', '/awardedDate', '2026-03-20T12:00:01Z'],
  ['an end before the beginning', 'dates-ordered', '/validUntil', '2026-03-20T11:59:59Z'],
  ['an end at the beginning', 'dates-ordered', '/validUntil', '2026-03-20T12:00:00Z'],
  ['an unreadable end', 'dates-ordered', '/validUntil', 'never'],
  ['a subject without id', 'subject-identified', `${SUBJECT}/id`, undefined],
  ['no identifier', 'subject-identified', `${SUBJECT}/identifier`, undefined],
  [
    'a name only',
    'subject-identified',
    `${SUBJECT}/identifier`,
    [{ ...email, identityType: 'name' }],
  ],
  [
    'an address in the clear',
    'subject-identified',
    `${SUBJECT}/identifier/0/identityHash`,
    'ana@example.org',
  ],
  [
    'an address said not to be hashed',
    'subject-identified',
    `${SUBJECT}/identifier/0/hashed`,
    false,
  ],
  ['a hash without salt', 'subject-identified', `${SUBJECT}/identifier/0/salt`, undefined],
  ['a short salt', 'subject-identified', `${SUBJECT}/identifier/0/salt`, 'abc'],
  [
    'an MD5 hash',
    'subject-identified',
    `${SUBJECT}/identifier/0/identityHash`,
    `md5$${'0'.repeat(32)}`,
  ],
  ['no criteria', 'criteria-present', `${ACHIEVEMENT}/criteria`, undefined],
  ['blank criteria', 'criteria-present', `${ACHIEVEMENT}/criteria/narrative`, ' \n '],
  [
    'a result of another criterion',
    'results-refer',
    `${SUBJECT}/result/0/resultDescription`,
    'https://x.example/1',
  ],
  [
    'a result of another level',
    'results-refer',
    `${SUBJECT}/result/0/achievedLevel`,
    'https://x.example/1',
  ],
  ['a result without level', 'results-refer', `${SUBJECT}/result/0/achievedLevel`, undefined],
  ['no status', 'status-entry', '/credentialStatus', undefined],
  ['an index as a number', 'status-entry', '/credentialStatus/statusListIndex', 94567],
  ['another index', 'status-entry', '/credentialStatus/statusListIndex', '94568'],
  [
    'another list',
    'status-entry',
    '/credentialStatus/statusListCredential',
    'https://badges.example.org/status/1',
  ],
  ['another purpose', 'status-entry', '/credentialStatus/statusPurpose', 'suspension'],
  ['an extra member in the entry', 'status-entry', '/credentialStatus/statusSize', 1],
  ['an unknown member', 'no-unexpected-member', '/nonsense', true],
  ['a wallet’s member', 'no-unexpected-member', '/jti', 'x'],
  ['an endorsement', 'no-unexpected-member', `${ACHIEVEMENT}/endorsementJwt`, ['x']],
  ['an object where the profile has a text', 'no-unexpected-member', '/name', { en: 'Creators' }],
  [
    'a link over http',
    'links-https-or-mailto',
    `${ACHIEVEMENT}/alignment/0/targetUrl`,
    'http://a.example.org/',
  ],
  ['a script for a link', 'links-https-or-mailto', '/evidence/0/id', 'javascript:alert(1)'],
  ['a data link', 'links-https-or-mailto', '/issuer/url', 'data:text/html,x'],
  ['an address for an id', 'links-https-or-mailto', '/evidence/0/id', 'mailto:ana@example.org'],
  ['a relative id', 'links-https-or-mailto', `${ACHIEVEMENT}/image/id`, '/image.svg'],
  [
    'a host that only begins like ours',
    'links-https-or-mailto',
    `${ACHIEVEMENT}/image/id`,
    'http://badges.example.org.evil.example/x',
  ],
  ['twins', 'distinct-siblings', '/evidence', [twin, twin]],
  ['an empty list', 'passes-our-gate', '/evidence', []],
  ['a text that is too long', 'passes-our-gate', '/description', 'x'.repeat(200_000)],
  ['a lone surrogate', 'passes-our-gate', '/name', '\ud800'],
  ['an achievement type that is none', 'schema', `${ACHIEVEMENT}/achievementType`, 'Nonsense'],
  ['an achievement without name', 'schema', `${ACHIEVEMENT}/name`, undefined],
  ['an issuer without class', 'schema', '/issuer/type', ['Person']],
  ['a class that no context defines', 'json-ld-safe-mode', `${SUBJECT}/type/1`, 'Hero'],
]

describe('lints for badges', () => {
  it('find nothing in a good draft, each by itself', async () => {
    const facts = await factsOf(DRAFT, {})
    const findings = ISSUANCE_LINTS.map((lint) => [lint.name, lint.check(DRAFT, facts)])
    expect(findings).toEqual(ISSUANCE_LINTS.map((lint) => [lint.name, undefined]))
  })

  it('let the smallest draft of the profile pass', async () => {
    const small = ['/evidence', '/validUntil', `${SUBJECT}/result`, `${ACHIEVEMENT}/alignment`]
    const document = small.reduce((rest, path) => change(rest, path, undefined), DRAFT)
    expect(await firstFailure(document)).toBeUndefined()
  })

  it('let http stand for our own addresses on a laptop', async () => {
    const text = JSON.stringify(DRAFT).replaceAll(
      'https://badges.example.org',
      'http://localhost:3000',
    )
    const [baseUrl, statusListUrl] = ['http://localhost:3000', 'http://localhost:3000/status/0']
    expect(await firstFailure(JSON.parse(text), { baseUrl, statusListUrl })).toBeUndefined()
  })

  it.each(CASES)('find %s (%s)', async (_fault, lint, path, value) => {
    expect(await firstFailure(change(DRAFT, path, value))).toBe(lint)
  })

  it('find a key that is not the issuer’s', async () => {
    const other = 'did:web:other.example#z6Mk'
    expect(await firstFailure(DRAFT, { verificationMethod: other })).toBe('issuer-matches-key')
    const longer = `${DRAFT_FACTS.issuerId}.evil.example#z6Mk`
    expect(await firstFailure(DRAFT, { verificationMethod: longer })).toBe('issuer-matches-key')
  })

  it('find a document that says nothing as linked data', async () => {
    expect(await firstFailure(DRAFT, { canonical: { nquads: '' } })).toBe('json-ld-safe-mode')
  })

  it('are each shown to fail at least once', () => {
    const shown = new Set(CASES.map(([, lint]) => lint))
    expect(ISSUANCE_LINTS.map((lint) => lint.name).filter((name) => !shown.has(name))).toEqual([])
  })

  it('each have a name of their own and a citation', () => {
    const all = [...ISSUANCE_LINTS, ...STATUS_LIST_LINTS]
    expect(new Set(all.map((lint) => lint.name)).size).toBe(all.length)
    for (const { name, citation } of all) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(citation.length).toBeGreaterThan(10)
    }
  })
})

describe('lints for status lists', () => {
  const URL = 'https://badges.example.org/status/0'
  const list = buildStatusList({
    url: URL,
    issuer: { id: DRAFT_FACTS.issuerId, name: 'FRL' },
    encodedList: `u${'A'.repeat(60)}`,
    validFrom: '2026-03-20T12:00:00Z',
    validUntil: '2026-03-22T12:00:00Z',
  }) as JsonObject
  const { issuerId, verificationMethod } = DRAFT_FACTS

  const failureOf = async (document: JsonObject, changed: Partial<StatusListLintFacts> = {}) => {
    const canonical = await canonicalizer.canonicalize(document)
    const facts = { issuerId, verificationMethod, statusListUrl: URL, canonical, ...changed }
    return STATUS_LIST_LINTS.find((lint) => lint.check(document, facts) !== undefined)?.name
  }

  it('find nothing in a good list', async () => {
    expect(await failureOf(list)).toBeUndefined()
  })

  const FAULTS: readonly Case[] = [
    [
      'a badge’s context',
      'status-list-shape',
      '/@context/1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    ['a badge’s type', 'status-list-shape', '/type/1', 'OpenBadgeCredential'],
    ['another id', 'status-list-shape', '/id', `${URL}0`],
    ['another list in it', 'status-list-shape', '/credentialSubject/id', `${URL}#other`],
    ['another purpose', 'status-list-shape', '/credentialSubject/statusPurpose', 'suspension'],
    ['another class', 'status-list-shape', '/credentialSubject/type', 'StatusList2021'],
    ['no bits', 'status-list-shape', '/credentialSubject/encodedList', undefined],
    ['bits in base64', 'status-list-shape', '/credentialSubject/encodedList', `u${'+'.repeat(60)}`],
    ['a proof', 'status-list-shape', '/proof', {}],
    ['another issuer', 'status-list-issuer', '/issuer/id', 'did:web:other.example'],
    ['no end', 'status-list-dates', '/validUntil', undefined],
    ['an end before the beginning', 'status-list-dates', '/validUntil', '2026-03-20T12:00:00Z'],
    ['an unknown member', 'status-list-safe-mode', '/nonsense', true],
  ]

  it.each(FAULTS)('find %s (%s)', async (_fault, lint, path, value) => {
    expect(await failureOf(change(list, path, value))).toBe(lint)
  })

  it('find a key that is not the issuer’s', async () => {
    expect(await failureOf(list, { verificationMethod: 'did:web:other.example#z6Mk' })).toBe(
      'status-list-issuer',
    )
  })

  it('are each shown to fail at least once', () => {
    const shown = new Set(FAULTS.map(([, lint]) => lint))
    expect(STATUS_LIST_LINTS.map((lint) => lint.name).filter((name) => !shown.has(name))).toEqual(
      [],
    )
    expect(isJsonObject(list)).toBe(true)
  })
})
