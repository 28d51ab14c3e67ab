/** Keys that others publish: what binds them to the issuer, and what only claims to. */
import { describe, expect, it } from 'vitest'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import { judge } from '../../src/application/verification/judge.js'
import type { JsonObject } from '../../src/domain/json.js'
import { toDidDocument } from '../../src/domain/verification-method.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { badgeDocument } from '../support/badge-documents.js'
import { NO_RECORDS } from '../support/fixed-records.js'
import { secure } from '../support/signed-badges.js'
import { ISSUER as OTHER, STRANGER } from '../support/signing-keys.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const parts = await composeVerifying({ clock: { now: () => NOW }, records: NO_RECORDS })

const KEY = STRANGER.method.publicKeyMultibase
const ISSUER = 'https://issuer.example.org/profile'
const WEB = 'did:web:issuer.example.org'
const WEB_URL = 'https://issuer.example.org/.well-known/did.json'

type Published = Readonly<Record<string, JsonObject | string>>

function answersOf(published: Published): Map<string, OutboundAnswer> {
  const entries = Object.entries(published).map(([url, document]) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document)
    const bytes = new TextEncoder().encode(text)
    return [url, { kind: 'document', url, mediaType: 'application/json', bytes }] as const
  })
  return new Map<string, OutboundAnswer>(entries)
}

/** A badge of an issuer, signed by the stranger under the name of a method. */
async function signedAs(issuer: string, methodId: string): Promise<Uint8Array> {
  const signer = { ...STRANGER, method: { ...STRANGER.method, id: methodId } }
  const { credentialStatus: _status, ...document } = badgeDocument({ issuer })
  return new TextEncoder().encode(JSON.stringify(await secure(document, [signer])))
}

/** Verdict, the row of the key with its codes, and what is still wanted. */
async function outcomeOf(issuer: string, methodId: string, published: Published) {
  const bytes = await signedAs(issuer, methodId)
  const { result, wanted } = await judge(parts, bytes, {}, answersOf(published))
  const row = result.report.checks.find(({ name }) => name === 'issuerKey')
  const codes = row?.problems.map(({ code }) => code) ?? []
  return [result.report.verdict, row?.outcome, ...codes, ...wanted.map(({ url }) => url)]
}

const method = (controller: string, id = `${controller}#${KEY}`) => ({
  id,
  controller,
  publicKeyMultibase: KEY,
})
const documentOf = (controller: string) => toDidDocument(controller, [method(controller)])
const keyDocument = { type: 'Multikey', ...method(ISSUER, 'https://issuer.example.org/keys/1') }

describe('a key that an issuer publishes', () => {
  it('is wanted first, and the pass does not count', async () => {
    expect(await outcomeOf(WEB, `${WEB}#${KEY}`, {})).toEqual([
      'unknown',
      'unknown',
      'key-not-at-hand',
      WEB_URL,
    ])
  })

  it.each<[string, string, string, Published]>([
    ['did:web', WEB, `${WEB}#${KEY}`, { [WEB_URL]: documentOf(WEB) }],
    [
      'did:web with port and path',
      `${WEB}%3A8443:a`,
      `${WEB}%3A8443:a#${KEY}`,
      { 'https://issuer.example.org:8443/a/did.json': documentOf(`${WEB}%3A8443:a`) },
    ],
    ['an https document', ISSUER, `${ISSUER}#${KEY}`, { [ISSUER]: documentOf(ISSUER) }],
    [
      'a key document that its controller points to (OB 3.0 section 8.5)',
      ISSUER,
      keyDocument.id,
      {
        [keyDocument.id]: keyDocument,
        [ISSUER]: { id: ISSUER, assertionMethod: [keyDocument.id] },
      },
    ],
    ['did:key', `did:key:${KEY}`, `did:key:${KEY}#${KEY}`, {}],
    ['did:key without fragment', `did:key:${KEY}`, `did:key:${KEY}`, {}],
  ])('makes its badges valid: %s', async (_name, issuer, methodId, published) => {
    expect(await outcomeOf(issuer, methodId, published)).toEqual(['valid', 'passed'])
  })

  it('does not stand in a fragment: the issuer is asked (unlike the validator)', async () => {
    const other = { id: ISSUER, verificationMethod: [], assertionMethod: [] }
    expect(await outcomeOf(ISSUER, `${ISSUER}#${KEY}`, { [ISSUER]: other })).toEqual([
      'invalid',
      'failed',
      'method-not-listed',
    ])
  })
})

const listed = documentOf(WEB)['verificationMethod'] as JsonObject[]
const many = Array.from({ length: 10_000 }, (_, index) => method(WEB, `${WEB}#${index}`))

describe('what is no such key', () => {
  it.each<[string, Published, readonly string[]]>([
    [
      'the document of another',
      { [WEB_URL]: documentOf('did:web:other.example') },
      ['invalid', 'failed', 'method-controller'],
    ],
    ['a document without keys', { [WEB_URL]: { id: WEB } }, ['invalid', 'method-not-listed']],
    [
      'a key for logging in',
      { [WEB_URL]: { id: WEB, verificationMethod: listed, authentication: [`${WEB}#${KEY}`] } },
      ['invalid', 'method-not-for-assertion'],
    ],
    [
      'a key of another controller',
      {
        [WEB_URL]: {
          ...documentOf(WEB),
          verificationMethod: [{ ...method(WEB), controller: 'x' }],
        },
      },
      ['invalid', 'method-controller'],
    ],
    [
      'a key with another form',
      {
        [WEB_URL]: {
          ...documentOf(WEB),
          verificationMethod: [{ ...method(WEB), publicKeyMultibase: 'z1' }],
        },
      },
      ['invalid', 'method-key-form'],
    ],
    ['a web page', { [WEB_URL]: '<!doctype html><p>Not here</p>' }, ['unknown', 'key-not-at-hand']],
    ['a list', { [WEB_URL]: '[]' }, ['unknown', 'key-not-at-hand']],
    ['nothing', { [WEB_URL]: '' }, ['unknown', 'key-not-at-hand']],
    [
      'a document that says it twice',
      { [WEB_URL]: `{"id":"x",${JSON.stringify(documentOf(WEB)).slice(1)}` },
      ['unknown', 'key-not-at-hand'],
    ],
    [
      'a document with the names of a prototype',
      { [WEB_URL]: `{"id":"${WEB}","__proto__":${JSON.stringify(documentOf(WEB))}}` },
      ['invalid', 'method-not-listed'],
    ],
    [
      'deep nesting',
      { [WEB_URL]: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
      ['unknown', 'key-not-at-hand'],
    ],
    [
      'ten thousand keys',
      { [WEB_URL]: { ...documentOf(WEB), verificationMethod: [...many, ...listed] } },
      ['unknown', 'key-not-at-hand'],
    ],
  ])('%s', async (_name, published, expected) => {
    const begun = performance.now()
    const outcome = await outcomeOf(WEB, `${WEB}#${KEY}`, published)
    expect(outcome).toEqual(expect.arrayContaining([...expected]))
    expect(outcome[0]).not.toBe('valid')
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  it('a key document that names an honest controller (threat C2)', async () => {
    const published = { [keyDocument.id]: keyDocument, [ISSUER]: documentOf(ISSUER) }
    const outcome = await outcomeOf(ISSUER, keyDocument.id, published)
    expect(outcome).toEqual(['invalid', 'failed', 'method-not-listed'])
  })

  it.each<[string, JsonObject, readonly string[]]>([
    ['has ended', { revoked: '2025-06-01T00:00:00Z' }, ['invalid', 'failed', 'method-over']],
    [
      'has under another controller',
      { controller: 'x' },
      ['invalid', 'failed', 'method-controller'],
    ],
    [
      'has with another key',
      { publicKeyMultibase: OTHER.method.publicKeyMultibase },
      ['invalid', 'passed'],
    ],
  ])(
    'a key document that the issuer %s, whatever the key’s address says',
    async (_name, change, expected) => {
      const published = {
        [keyDocument.id]: keyDocument,
        [ISSUER]: {
          id: ISSUER,
          verificationMethod: [{ ...keyDocument, ...change }],
          assertionMethod: [keyDocument.id],
        },
      }
      expect(await outcomeOf(ISSUER, keyDocument.id, published)).toEqual(expected)
    },
  )

  it('a key document elsewhere than where it says', async () => {
    const published = {
      [keyDocument.id]: { ...keyDocument, id: 'https://other.example/1' },
      [ISSUER]: { id: ISSUER, assertionMethod: [keyDocument.id] },
    }
    const outcome = await outcomeOf(ISSUER, keyDocument.id, published)
    expect(outcome).toEqual(['invalid', 'failed', 'method-controller'])
  })

  it('a did:web that would lead out of its folder: nothing is asked for', async () => {
    const did = `${WEB}:..:a`
    expect(await outcomeOf(did, `${did}#${KEY}`, {})).toEqual([
      'invalid',
      'failed',
      'did-malformed',
    ])
  })
})
