/** `ecdsa-sd-2023`: what is derived verifies, and nothing that a holder could make of it beyond that. */
import { decode, encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { formOfProofValue } from '../../src/adapters/proofs/derived-proof-value.js'
import { createProofVerifier } from '../../src/adapters/proofs/proof-verifier.js'
import { checkProofs } from '../../src/application/verification/proof-check.js'
import type { JsonObject } from '../../src/domain/json.js'
import { supportedProofs } from '../../src/domain/proof.js'
import type { PublishedKey } from '../../src/domain/published-keys/published-key.js'
import { disclose, makeKey, signWith } from '../support/proof-kinds.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const ISSUER = 'did:web:badges.example.org'
const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0'

const DOCUMENT: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2', `${OB3}/context-3.0.3.json`],
  id: 'urn:uuid:0a54d8a0-4a0e-4b87-8f0b-3f6c5c1a6f09',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Sample',
  issuer: { id: ISSUER, type: ['Profile'], name: 'Sample issuer' },
  validFrom: '2025-01-10T09:00:00Z',
  validUntil: '2098-01-01T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    licenseNumber: '7',
    role: 'Maker',
    achievement: {
      id: 'https://badges.example.org/achievements/sample/1',
      type: ['Achievement'],
      name: 'Sample achievement',
      description: 'What was learnt.',
      criteria: { narrative: 'Do it well.' },
    },
  },
  evidence: [
    { type: ['Evidence'], name: 'Reflection', narrative: 'I changed.' },
    { type: ['Evidence'], name: 'Storyboards', genre: 'documentation' },
  ],
}

const KEY = await makeKey('P-256')
const BASE = await signWith('ecdsa-sd-2023', KEY, DOCUMENT, ['/issuer', '/validUntil'])
const DERIVED = await disclose(BASE, ['/credentialSubject', '/evidence/0', '/name'])
const VALUE = String((DERIVED['proof'] as JsonObject)['proofValue'])

const verifier = createProofVerifier(createDocumentLoader(await loadPinnedContexts()))

async function judge(document: JsonObject, proofValue?: string): Promise<readonly string[]> {
  const proof = { ...(document['proof'] as JsonObject), ...(proofValue && { proofValue }) }
  const secured = { ...document, proof }
  const keys = supportedProofs(secured).map((entry) => {
    return { kind: 'found', proof: entry, method: KEY.published as PublishedKey } as const
  })
  const { outcome, problems } = await checkProofs(secured, keys, verifier, NOW)
  return [outcome, ...problems.map(({ code, pointer }) => `${code} ${pointer}`)]
}

const MISMATCH = ['failed', 'signature-mismatch /proof']
/** With the warning that there may be more. */
const SHOWN = ['passed', 'proof-selective /proof']

describe('a derived proof', () => {
  it('verifies for what is shown', async () => {
    expect(DERIVED['evidence']).toHaveLength(1)
    expect(DERIVED['validUntil']).toBe(DOCUMENT['validUntil'])
    expect(await judge(DERIVED)).toEqual(SHOWN)
  })

  it.each([
    ['nothing but the mandatory parts', []],
    ['everything', ['/credentialSubject', '/evidence', '/name', '/validFrom', '/id']],
    ['one member', ['/credentialSubject/role']],
  ])('verifies for %s', async (_name, pointers) => {
    expect(await judge(await disclose(BASE, pointers))).toEqual(SHOWN)
  })

  it('does not verify without a mandatory part', async () => {
    const { validUntil: _end, ...shown } = DERIVED
    expect(await judge(shown)).toEqual(MISMATCH)
  })

  it('does not verify with a part from elsewhere', async () => {
    const other = await disclose(BASE, ['/credentialSubject', '/evidence/1', '/name'])
    expect(await judge({ ...DERIVED, evidence: other['evidence'] ?? [] })).toEqual(MISMATCH)
    expect(await judge({ ...DERIVED, description: 'New' })).toEqual(MISMATCH)
  })
})

describe('a base proof', () => {
  it('is refused with a sentence of its own', async () => {
    expect(await judge(BASE)).toEqual(['unknown', 'proof-base /proof'])
  })

  it('is not read as a derived one', async () => {
    const bytes = Buffer.from(
      String((BASE['proof'] as JsonObject)['proofValue']).slice(1),
      'base64url',
    )
    bytes[2] = 1
    expect(await judge(BASE, `u${bytes.toString('base64url')}`)).toEqual(MISMATCH)
  })
})

type Parts = [Uint8Array, Uint8Array, Uint8Array[], Map<number, Uint8Array>, number[]]

/** The proof value with other parts. */
function rewritten(change: (parts: Parts) => unknown): string {
  const bytes = Buffer.from(VALUE.slice(1), 'base64url')
  const parts = decode(bytes.subarray(3), { useMaps: true }) as Parts
  const changed = change(parts) ?? parts
  return withParts(encode(changed))
}

function withParts(cbor: Uint8Array): string {
  const bytes = Buffer.concat([Buffer.from([0xd9, 0x5d, 0x01]), cbor])
  return `u${bytes.toString('base64url')}`
}

const MALFORMED: readonly (readonly [string, string])[] = [
  ['no parts', withParts(new Uint8Array())],
  ['a number', withParts(encode(7))],
  ['a map', withParts(encode(new Map([[0, 1]])))],
  ['four parts', rewritten((parts) => parts.slice(0, 4))],
  ['six parts', rewritten((parts) => [...parts, 1])],
  ['a short base signature', rewritten((parts) => [new Uint8Array(63), ...parts.slice(1)])],
  ['a text for a signature', rewritten(([base, key, , ...rest]) => [base, key, ['x'], ...rest])],
  ['a long signature', rewritten(([, , signatures]) => void signatures.push(new Uint8Array(65)))],
  ['a short key', rewritten(([base, , ...rest]) => [base, new Uint8Array(34), ...rest])],
  ['one label for two nodes', rewritten(({ 3: labels }) => void labels.set(1, first(labels)))],
  ['a gap in the labels', rewritten(({ 3: labels }) => void labels.set(99, new Uint8Array(32)))],
  ['a short label', rewritten(({ 3: labels }) => void labels.set(0, new Uint8Array(31)))],
  ['an index twice', rewritten(({ 4: indexes }) => void indexes.push(indexes.at(-1) ?? 0))],
  ['indexes out of order', rewritten(({ 4: indexes }) => void indexes.reverse())],
  ['a negative index', rewritten(({ 4: indexes }) => void indexes.unshift(-1))],
  ['half an index', rewritten(({ 4: indexes }) => void indexes.push(1e6 + 0.5))],
  ['lists a hundred thousand deep', withParts(new Uint8Array(70_000).fill(0x81))],
  [
    'a list that promises four thousand million',
    withParts(Uint8Array.of(0x9a, 255, 255, 255, 255)),
  ],
  ['bytes that promise as many', withParts(Uint8Array.of(0x85, 0x5a, 255, 255, 255, 255))],
  ['other bytes behind', `${VALUE}AAAA`],
  ['another tag', `u${Buffer.from([0xd9, 0x5d, 0x02, 0x80]).toString('base64url')}`],
  ['a base58 value', `z${VALUE.slice(1)}`],
  ['an empty value', 'u'],
]

function first(labels: ReadonlyMap<number, Uint8Array>): Uint8Array {
  return labels.get(0) ?? new Uint8Array()
}

describe('a proof value with', () => {
  it.each(MALFORMED)('%s is malformed, and does not verify', async (_name, value) => {
    expect(formOfProofValue(value)).toBe('malformed')
    expect(await judge(DERIVED, value)).toEqual(MISMATCH)
  })

  it('more signatures than are checked is left open', async () => {
    const signatures = Array.from({ length: 1001 }, () => new Uint8Array(64))
    const value = rewritten(([base, key, , ...rest]) => [base, key, signatures, ...rest])
    expect(await judge(DERIVED, value)).toEqual(['unknown', 'too-costly undefined'])
  })

  it.each([
    ['one signature less', rewritten(({ 2: signatures }) => void signatures.pop())],
    ['one signature twice', rewritten(({ 2: all }) => void all.push(all[0] ?? new Uint8Array(64)))],
    ['its signatures turned round', rewritten(({ 2: signatures }) => void signatures.reverse())],
    ['one index less', rewritten(({ 4: indexes }) => void indexes.pop())],
    ['one index more', rewritten(({ 4: indexes }) => void indexes.push(1000))],
    ['a label more', rewritten(({ 3: labels }) => void labels.set(labels.size, randomLabel()))],
    ['no label', rewritten(({ 3: labels }) => labels.clear())],
    ['two labels exchanged', rewritten(exchangeLabels)],
    ['another key', rewritten(([base, , ...rest]) => [base, otherKey(), ...rest])],
  ])('%s does not verify, or says the same', async (name, value) => {
    const saysTheSame = name === 'one index more' || name === 'a label more'
    expect(await judge(DERIVED, value)).toEqual(saysTheSame ? SHOWN : MISMATCH)
  })

  it('any bytes is never a reason to fail in another way', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 })
    await fc.assert(
      fc.asyncProperty(bytes, async (cbor) => {
        expect(await judge(DERIVED, withParts(cbor))).toEqual(MISMATCH)
      }),
      { numRuns: 200, seed: 7 },
    )
  })
})

function exchangeLabels({ 3: labels }: Parts): void {
  const [one, other] = [labels.get(0), labels.get(1)]
  if (one === undefined || other === undefined) throw new TypeError('needs two labels')
  labels.set(0, other).set(1, one)
}

function randomLabel(): Uint8Array {
  return new Uint8Array(32).fill(9)
}

function otherKey(): Uint8Array {
  const key = new Uint8Array(35).fill(7)
  key.set([0x80, 0x24, 2])
  return key
}
