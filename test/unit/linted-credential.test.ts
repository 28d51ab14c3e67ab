/** The token is the only way to the key: who makes it, what it holds, how often it works. */
import { describe, expect, it } from 'vitest'
import type { LintFacts } from '../../src/domain/issuance-lints/lint.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import {
  LintedCredential,
  lintCredential,
  lintStatusList,
} from '../../src/domain/linted-credential.js'
import { buildStatusList } from '../../src/domain/status-list.js'
import { DRAFT, DRAFT_FACTS } from '../support/drafts.js'

const TEXT = JSON.stringify(DRAFT)
const facts: LintFacts = {
  ...DRAFT_FACTS,
  pinnedContexts: new Set(DRAFT['@context'] as readonly string[]),
  schemaFaults: [],
  canonical: { nquads: '<a> <b> <c> .\n' },
}

function refusalOf(work: () => unknown): IssuerError | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof IssuerError) return error
    throw error
  }
}

describe('LintedCredential', () => {
  it('hands out exactly what was linted', () => {
    const redeemed = lintCredential(TEXT, facts).redeem()
    expect(JSON.stringify(redeemed.document)).toBe(TEXT)
    expect(redeemed.nquads).toBe('<a> <b> <c> .\n')
    expect(redeemed.verificationMethod).toBe(facts.verificationMethod)
  })

  it('signs once', () => {
    const linted = lintCredential(TEXT, facts)
    linted.redeem()
    expect(() => linted.redeem()).toThrow(new TypeError('a LintedCredential signs once'))
    expect(() => linted.redeem()).toThrow(TypeError)
  })

  it('signs once in each form, each with its own key', () => {
    const kid = 'https://badges.example.org/keys/zDn1'
    const linted = lintCredential(TEXT, { ...facts, tokenMethod: kid })
    expect(linted.redeem('enveloped').verificationMethod).toBe(kid)
    expect(linted.redeem('embedded').verificationMethod).toBe(facts.verificationMethod)
    expect(() => linted.redeem('enveloped')).toThrow('signs once')
  })

  it('is no token without a key for tokens', () => {
    expect(() => lintCredential(TEXT, facts).redeem('enveloped')).toThrow(
      new TypeError('no key was linted for enveloped'),
    )
  })

  it.each([
    ['a symbol of the same name', Symbol('only the lints make these')],
    ['a registered symbol', Symbol.for('only the lints make these')],
  ])('cannot be made elsewhere with %s', (_name, key) => {
    expect(() => new LintedCredential(key, TEXT, 'x', { embedded: 'y' })).toThrow(TypeError)
  })

  it('shows nothing of what it holds', () => {
    const linted = lintCredential(TEXT, facts)
    expect(Object.getOwnPropertyNames(linted)).toEqual([])
    expect(JSON.stringify(linted)).toBe('{}')
    expect(Object.getOwnPropertySymbols(linted)).toEqual([])
  })

  it('cannot be copied into a second use', () => {
    const linted = lintCredential(TEXT, facts)
    const copy = Object.create(LintedCredential.prototype, Object.getOwnPropertyDescriptors(linted))
    expect(() => copy.redeem()).toThrow(TypeError)
    expect(linted.redeem().document).toEqual(DRAFT)
  })

  it('holds the text as it was, whatever becomes of the parsed document', () => {
    const first = lintCredential(TEXT, facts).redeem().document as Record<string, unknown>
    first['name'] = 'changed'
    expect(lintCredential(TEXT, facts).redeem().document['name']).toBe(DRAFT['name'])
  })
})

describe('lintCredential', () => {
  it('refuses with the lint’s name, citation and sentence', () => {
    const text = JSON.stringify({ ...DRAFT, awardedDate: '2030-01-01T00:00:00Z' })
    expect(refusalOf(() => lintCredential(text, facts))).toMatchObject({
      code: 'LINT_FAILED',
      rule: 'dates-ordered',
      citation: 'VC Data Model 2.0 section 4.9; Open Badges 3.0 appendix B, validFrom',
      message: '“awardedDate” is later than “validFrom”.',
    })
  })

  it('stops at the first lint that fails', () => {
    const text = JSON.stringify({ ...DRAFT, proof: [], type: [], id: 'x' })
    expect(refusalOf(() => lintCredential(text, facts))?.rule).toBe('not-yet-secured')
  })

  it('gives no token for a document without canonical form', () => {
    const canonical = { refusal: 'an undefined term' }
    const refusal = refusalOf(() => lintCredential(TEXT, { ...facts, canonical }))
    expect(refusal?.rule).toBe('json-ld-safe-mode')
    expect(refusal?.message).toContain('an undefined term')
  })

  it('gives no token for a document with a schema fault', () => {
    const schemaFaults = [{ pointer: '', detail: 'must be an object' }]
    const refusal = refusalOf(() => lintCredential(TEXT, { ...facts, schemaFaults }))
    expect(refusal?.rule).toBe('schema')
    expect(refusal?.message).toBe('/ must be an object')
  })

  it.each(['[]', 'null', '"text"', '7'])('takes %s for a bug', (text) => {
    expect(() => lintCredential(text, facts)).toThrow(TypeError)
  })

  it('takes a status list for no badge, and a badge for no status list', () => {
    const list = buildStatusList({
      url: facts.statusListUrl,
      issuer: { id: facts.issuerId, name: 'FRL' },
      encodedList: `u${'A'.repeat(60)}`,
      validFrom: '2026-03-20T12:00:00Z',
      validUntil: '2026-03-22T12:00:00Z',
    })
    const text = JSON.stringify(list)
    expect(refusalOf(() => lintStatusList(text, facts))).toBeUndefined()
    expect(refusalOf(() => lintCredential(text, facts))?.rule).toBe('contexts')
    expect(refusalOf(() => lintStatusList(TEXT, facts))?.rule).toBe('status-list-shape')
  })
})
