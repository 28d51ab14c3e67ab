import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { findAssertionMethod } from '../../src/domain/published-keys/assertion-method.js'
import { isEd25519Multikey } from '../../src/domain/published-keys/multikey.js'
import { resolveDidKey } from '../../src/domain/published-keys/self-describing-dids.js'
import { issuerDid, toDidDocument } from '../../src/domain/verification-method.js'

const KEY = 'z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi'
const P256 = 'zDnaekGZTbQBerwcehBSXLqAg6s55hVEBms1zFy89VHXtJSa9'
const NOW = Date.parse('2026-03-20T12:00:00Z')

describe('isEd25519Multikey', () => {
  it.each([
    ['an Ed25519 key', KEY, true],
    ['a P-256 key', P256, false],
    ['one character less', KEY.slice(0, -1), false],
    ['one character more', `${KEY}1`, false],
    ['a character that base58 lacks', `${KEY.slice(0, -1)}0`, false],
    ['a line break at the end', `${KEY.slice(0, -1)}\n`, false],
    ['nothing', '', false],
    ['a very long text', KEY.repeat(100_000), false],
  ])('%s: %s', (_name, text, expected) => {
    expect(isEd25519Multikey(text)).toBe(expected)
  })
})

describe('issuerDid', () => {
  it.each([
    ['https://badges.example.org', 'did:web:badges.example.org'],
    ['https://badges.example.org:8443', 'did:web:badges.example.org%3A8443'],
    ['https://badges.example.org:443', 'did:web:badges.example.org'],
    ['https://BADGES.example.org', 'did:web:badges.example.org'],
    ['https://bücher.example', 'did:web:xn--bcher-kva.example'],
    ['https://example.org/badges/frl', 'did:web:example.org:badges:frl'],
    ['http://localhost:3000', `did:key:${KEY}`],
    ['http://127.0.0.1:3000', `did:key:${KEY}`],
  ])('%s → %s', (baseUrl, did) => {
    expect(issuerDid(baseUrl, KEY)).toBe(did)
  })
})

describe('toDidDocument', () => {
  it('has full ids, and strings in assertionMethod', () => {
    const did = 'did:web:badges.example.org'
    const id = `${did}#${KEY}`
    expect(toDidDocument(did, [{ id, controller: did, publicKeyMultibase: KEY }])).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: KEY }],
      assertionMethod: [id],
    })
  })
})

describe('resolveDidKey', () => {
  it('gives the document with the one method', () => {
    const did = `did:key:${KEY}`
    const document = resolveDidKey(did)
    expect(document).toMatchObject({ id: did, assertionMethod: [`${did}#${KEY}`] })
    expect(findAssertionMethod(document ?? {}, `${did}#${KEY}`, NOW).kind).toBe('found')
  })

  it.each([
    `did:key:${P256}1`,
    `did:key:${KEY}#${KEY}`,
    `did:key:${KEY}?x`,
    `did:web:${KEY}`,
    KEY,
    '',
  ])('does not take %j for one', (did) => {
    expect(resolveDidKey(did)).toBeUndefined()
  })
})

describe('findAssertionMethod', () => {
  const did = 'did:web:issuer.example'
  const id = `${did}#${KEY}`
  const entry = { id, type: 'Multikey', controller: did, publicKeyMultibase: KEY }
  const document: JsonObject = { id: did, verificationMethod: [entry], assertionMethod: [id] }
  const withEntry = (change: JsonObject): JsonObject => ({
    ...document,
    verificationMethod: [{ ...entry, ...change }],
  })

  it('finds a listed method', () => {
    expect(findAssertionMethod(document, id, NOW)).toEqual({
      kind: 'found',
      method: { id, controller: did, keyType: 'Ed25519', publicKeyMultibase: KEY },
    })
  })

  it('finds it among others, and where one value stands for a list', () => {
    const other = { ...entry, id: `${did}#other` }
    const several = { ...document, verificationMethod: ['text', other, entry] }
    expect(findAssertionMethod(several, id, NOW).kind).toBe('found')
    const single = { ...document, verificationMethod: entry, assertionMethod: id }
    expect(findAssertionMethod(single, id, NOW).kind).toBe('found')
  })

  it('finds it by names without the controller before them (DID Core 3.2.2)', () => {
    const relative = { ...withEntry({ id: `#${KEY}` }), assertionMethod: [`#${KEY}`] }
    expect(findAssertionMethod(relative, id, NOW)).toEqual(findAssertionMethod(document, id, NOW))
  })

  it('finds a method that stands in assertionMethod itself', () => {
    const embedded = { id: did, assertionMethod: [entry] }
    expect(findAssertionMethod(embedded, id, NOW)).toEqual(findAssertionMethod(document, id, NOW))
  })

  it('keeps when it was made', () => {
    const found = findAssertionMethod(withEntry({ created: '2026-01-01T00:00:00Z' }), id, NOW)
    expect(found).toMatchObject({ kind: 'found', method: { created: '2026-01-01T00:00:00Z' } })
  })

  it('finds a method that expires later', () => {
    expect(findAssertionMethod(withEntry({ expires: '2026-03-20T12:00:01Z' }), id, NOW).kind).toBe(
      'found',
    )
  })

  const { assertionMethod: _assertion, ...unusable } = document
  it.each<[string, JsonObject, string, string]>([
    ['an unlisted id', document, `${did}#other`, 'method-not-listed'],
    ['the relative id of another', withEntry({ id: `#other` }), id, 'method-not-listed'],
    ['half of the id', withEntry({ id: KEY }), id, 'method-not-listed'],
    ['an empty document', {}, id, 'method-not-listed'],
    ['the key of another', withEntry({ controller: 'did:web:x' }), id, 'method-controller'],
    ['no controller', withEntry({ controller: 1 }), id, 'method-controller'],
    ['no purpose at all', unusable, id, 'method-not-for-assertion'],
    ['another purpose', { ...unusable, authentication: [id] }, id, 'method-not-for-assertion'],
    [
      'a purpose for another bare fragment',
      { ...document, assertionMethod: ['#other'] },
      id,
      'method-not-for-assertion',
    ],
    ['a broken P-256 key', withEntry({ publicKeyMultibase: `${P256}1` }), id, 'method-key-form'],
    ['no key', withEntry({ publicKeyMultibase: {} }), id, 'method-key-form'],
    ['a revoked key', withEntry({ revoked: '2026-03-20T11:59:59Z' }), id, 'method-over'],
    [
      'a key revoked at this moment',
      withEntry({ revoked: '2026-03-20T12:00:00Z' }),
      id,
      'method-over',
    ],
    ['an expired key', withEntry({ expires: '2025-01-01T00:00:00Z' }), id, 'method-over'],
    ['an unreadable end', withEntry({ revoked: 'soon' }), id, 'method-over'],
    ['an end that is no text', withEntry({ revoked: true }), id, 'method-over'],
  ])('refuses %s', (_name, given, methodId, code) => {
    expect(findAssertionMethod(given, methodId, NOW)).toMatchObject({ kind: 'refused', code })
  })
})
