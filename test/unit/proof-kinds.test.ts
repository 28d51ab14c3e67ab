/** Every kind of embedded proof: as others make them, spoilt in every part, and made over one another. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encode } from 'base58-universal'
import { beforeAll, describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { canonizeToNQuads } from '../../src/adapters/proofs/reference-canonicalizer.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import type { JsonObject } from '../../src/domain/json.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { badgeDocument } from '../support/badge-documents.js'
import { NO_RECORDS } from '../support/fixed-records.js'
import {
  badgeOf,
  disclose,
  KINDS,
  type LibraryKey,
  makeKey,
  plainBadgeOf,
  shownBadge,
  signWith,
} from '../support/proof-kinds.js'
import { prove } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const parts = await composeVerifying({ clock: { now: () => NOW }, records: NO_RECORDS })
const loader = createDocumentLoader(await loadPinnedContexts())

async function judge(document: JsonObject) {
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  const { report, refusal } = await verifyCredential(parts, bytes)
  const open = report.checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown')
  const codes = open.flatMap(({ problems }) => problems.map(({ code }) => code))
  return [report.verdict, ...(refusal === undefined ? codes : [refusal.rule])]
}

const proofOf = (document: JsonObject): JsonObject =>
  [document['proof']].flat()[0] as unknown as JsonObject
const withProof = (document: JsonObject, members: JsonObject): JsonObject => ({
  ...document,
  proof: { ...proofOf(document), ...members },
})

describe.each(KINDS)('%s by a key of %s', (kind, curve) => {
  let key: LibraryKey
  let badge: JsonObject
  beforeAll(async () => {
    key = await makeKey(curve)
    badge = await shownBadge(kind, key)
  })

  it('is valid as its library makes it', async () => {
    expect(await judge(badge)).toEqual(['valid'])
  })

  it('is not valid with another word in it', async () => {
    expect(await judge({ ...badge, name: 'Another name' })).toEqual([
      'invalid',
      'signature-mismatch',
    ])
  })

  it('is not valid with another date in its proof', async () => {
    const dated = withProof(badge, { created: '2025-01-11T09:00:00Z' })
    expect(await judge(dated)).toEqual(['invalid', 'signature-mismatch'])
  })

  it('is not valid with a part more', async () => {
    const inLanguage = { ...badge, inLanguage: 'en' }
    expect((await judge(inLanguage))[0]).toBe('invalid')
    const awarded = { ...badge, awardedDate: '2025-01-10T09:00:00Z' }
    expect((await judge(awarded))[0]).toBe('invalid')
  })

  it('is not valid with one letter of the signature changed, wherever', async () => {
    const value = String(proofOf(badge)['proofValue'])
    const places = [5, Math.floor(value.length / 2), value.length - 3]
    for (const at of places) {
      const letter = value[at] === 'A' ? 'B' : 'A'
      const proofValue = value.slice(0, at) + letter + value.slice(at + 1)
      expect((await judge(withProof(badge, { proofValue })))[0]).toBe('invalid')
    }
  })

  it('is not valid under another key of that kind', async () => {
    const other = await makeKey(curve)
    const multibase = other.did.slice('did:key:'.length)
    const taken = withProof(badge, { verificationMethod: `${other.did}#${multibase}` })
    expect((await judge(taken))[0]).toBe('invalid')
  })

  it('is never valid under the name of any other kind', async () => {
    const names = ['eddsa-2022', ...KINDS.map(([name]) => name)].filter((name) => name !== kind)
    for (const cryptosuite of names)
      expect((await judge(withProof(badge, { cryptosuite })))[0]).not.toBe('valid')
  })
})

describe('eddsa-2022, the draft of 2022', () => {
  it('is valid, and not valid under its later name', async () => {
    const document = badgeOf({ did: STRANGER.method.controller, signer: {} })
    const proof = await prove(document, 'eddsa-2022', STRANGER)
    expect(await judge({ ...document, proof })).toEqual(['valid'])
    const renamed = { ...proof, cryptosuite: 'eddsa-rdfc-2022' }
    expect(await judge({ ...document, proof: renamed })).toEqual(['invalid', 'signature-mismatch'])
  })
})

describe('a proof of which parts are left out', () => {
  it('is not for verifiers as the issuer made it', async () => {
    const key = await makeKey('P-256')
    const base = await signWith('ecdsa-sd-2023', key, plainBadgeOf(key))
    expect(await judge(base)).toEqual(['unknown', 'proof-base'])
  })

  it('is valid without a part that its issuer let the earner leave out', async () => {
    const key = await makeKey('P-256')
    const signed = await signWith('ecdsa-sd-2023', key, {
      ...plainBadgeOf(key),
      awardedDate: '2025-01-10T09:00:00Z',
    })
    const shown = await disclose(signed, ['/id', '/type', '/name', '/credentialSubject'])
    expect(shown['awardedDate']).toBeUndefined()
    expect(await judge(shown)).toEqual(['valid'])
  })

  it('is not valid with what is no CBOR, too much or too little of it', async () => {
    const badge = await shownBadge('ecdsa-sd-2023', await makeKey('P-256'))
    const bytes = Buffer.from(String(proofOf(badge)['proofValue']).slice(1), 'base64url')
    const start = bytes.subarray(0, 3)
    for (const spoilt of [
      bytes.subarray(0, -40),
      Buffer.concat([bytes, Buffer.alloc(40)]),
      Buffer.concat([start, Buffer.alloc(20_000, 0x9f)]),
      Buffer.concat([start, Buffer.from('9bffffffffffffffff', 'hex'), Buffer.alloc(80)]),
      Buffer.concat([start, Buffer.alloc(20_000, 0xd8)]),
      Buffer.concat([Buffer.from('d95d03', 'hex'), bytes.subarray(3)]),
    ]) {
      const proofValue = `u${spoilt.toString('base64url')}`
      expect(await judge(withProof(badge, { proofValue }))).toEqual([
        'invalid',
        'signature-mismatch',
      ])
    }
  })

  it('is refused in another base, and beyond 64 KiB', async () => {
    const badge = await shownBadge('ecdsa-sd-2023', await makeKey('P-256'))
    const outcomeOf = (proofValue: string) => judge(withProof(badge, { proofValue }))
    expect(await outcomeOf(`z${'2'.repeat(90)}`)).toEqual(['invalid', 'malformed-value'])
    expect(await outcomeOf(`u${'A'.repeat(70_000)}`)).toEqual(['unknown', 'string-too-long'])
  })
})

describe('contexts that a proof repeats', () => {
  it('must be those of the document', async () => {
    const badge = await shownBadge('eddsa-jcs-2022', await makeKey('Ed25519'))
    expect(proofOf(badge)['@context']).toEqual(badge['@context'])
    const fewer = [(badge['@context'] as string[])[0] ?? '']
    expect(await judge(withProof(badge, { '@context': fewer }))).toEqual([
      'unknown',
      'context-inline',
    ])
  })
})

describe('keys as JWK', () => {
  it.each(['P-256', 'P-384'])('of %s check what they have signed', async (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
    const jwk = Buffer.from(JSON.stringify(publicKey.export({ format: 'jwk' })))
    const did = `did:jwk:${jwk.toString('base64url')}`
    const document = badgeOf({ did, signer: {} })
    const badge = { ...document, proof: await ecdsaProof(document, privateKey, `${did}#0`) }
    expect(await judge(badge)).toEqual(['valid'])
    expect(await judge({ ...badge, name: 'x' })).toEqual(['invalid', 'signature-mismatch'])
  })

  it('are refused when they are on no curve', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x } = publicKey.export({ format: 'jwk' })
    const jwk = Buffer.from(JSON.stringify({ kty: 'EC', crv: 'P-256', x, y: x }))
    const did = `did:jwk:${jwk.toString('base64url')}`
    const document = badgeOf({ did, signer: {} })
    const badge = { ...document, proof: await ecdsaProof(document, privateKey, `${did}#0`) }
    expect(await judge(badge)).toEqual(['invalid', 'signature-mismatch'])
  })
})

async function ecdsaProof(document: JsonObject, key: KeyObject, verificationMethod: string) {
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'ecdsa-rdfc-2019',
    created: '2025-01-10T09:00:00Z',
    verificationMethod,
    proofPurpose: 'assertionMethod',
  }
  const isLong = key.asymmetricKeyDetails?.namedCurve === 'secp384r1'
  const [hash, named] = isLong ? (['sha384', 'SHA-384'] as const) : (['sha256', 'SHA-256'] as const)
  const data: Buffer[] = []
  for (const one of [{ '@context': document['@context'] ?? [], ...proof }, document])
    data.push(
      createHash(hash)
        .update(await canonizeToNQuads(one, loader, named))
        .digest(),
    )
  const signature = sign(hash, Buffer.concat(data), { key, dsaEncoding: 'ieee-p1363' })
  return { ...proof, proofValue: `z${encode(signature)}` }
}

describe('chains', () => {
  const document = badgeDocument({ issuer: STRANGER.method.controller })
  const { credentialStatus: _none, ...bare } = document
  const FIRST = 'urn:uuid:1f5a5c4e-0000-4000-8000-000000000001'
  const SECOND = 'urn:uuid:1f5a5c4e-0000-4000-8000-000000000002'
  const one = (members: JsonObject, over: readonly JsonObject[] = []) =>
    prove(over.length === 0 ? bare : { ...bare, proof: over }, 'eddsa-rdfc-2022', STRANGER, members)

  it('hold when each proof was made over the one before it', async () => {
    const first = await one({ id: FIRST })
    const second = await one({ id: SECOND, previousProof: FIRST }, [first])
    const third = await one({ previousProof: [FIRST, SECOND] }, [first, second])
    expect(await judge({ ...bare, proof: [first, second] })).toEqual(['valid'])
    expect(await judge({ ...bare, proof: [third, second, first] })).toEqual(['valid'])
  })

  it('do not hold when an earlier proof was changed, taken out or made another', async () => {
    const first = await one({ id: FIRST })
    const second = await one({ previousProof: FIRST }, [first])
    const other = await one({ id: FIRST, created: '2025-01-11T09:00:00Z' })
    expect(await judge({ ...bare, proof: [other, second] })).toEqual([
      'invalid',
      'signature-mismatch',
    ])
    expect(await judge({ ...bare, proof: [second] })).toEqual(['invalid', 'proof-chain'])
    expect(await judge({ ...bare, proof: [first, first, second] })).toEqual([
      'invalid',
      'proof-chain',
    ])
  })

  it('do not hold when the later proof was made over the document alone', async () => {
    const proof = [await one({ id: FIRST }), await one({ previousProof: FIRST })]
    expect(await judge({ ...bare, proof })).toEqual(['invalid', 'signature-mismatch'])
  })

  it('do not turn in a ring', async () => {
    const first = await one({ id: FIRST, previousProof: SECOND })
    const second = await one({ id: SECOND, previousProof: FIRST }, [first])
    expect(await judge({ ...bare, proof: [first, second] })).toEqual([
      'invalid',
      'proof-chain',
      'proof-chain',
    ])
    const self = await one({ id: FIRST, previousProof: FIRST })
    expect(await judge({ ...bare, proof: self })).toEqual(['invalid', 'proof-chain'])
  })

  it('leave it open when the earlier proof is of a kind that is not read here', async () => {
    const unread = { type: 'DataIntegrityProof', cryptosuite: 'bbs-2023', id: FIRST }
    const second = await one({ previousProof: FIRST })
    expect(await judge({ ...bare, proof: [unread, second] })).toEqual(['unknown', 'proof-chain'])
  })
})
