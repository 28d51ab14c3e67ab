/** Single checks of the verifier at their edges. */
import { verify } from 'node:crypto'
import { decode } from 'base58-universal'
import { describe, expect, it } from 'vitest'
import {
  checkIssuerKey,
  findIssuerDocument,
  findKeys,
} from '../../src/application/verification/issuer-key-check.js'
import { checkDates } from '../../src/application/verification/life-checks.js'
import type { JsonObject } from '../../src/domain/json.js'
import { member, textMember } from '../../src/domain/json.js'
import { isWeakKey } from '../../src/domain/published-keys/weak-keys.js'
import { fixedControllers } from '../support/fixed-records.js'
import { signedBadge } from '../support/signed-badges.js'
import {
  CONTROLLER_DOCUMENTS,
  ISSUER_DID,
  MALFORMED_KEYS,
  PARTNER,
} from '../support/signing-keys.js'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString()

describe('dates', () => {
  it.each([
    ['without an end', { validFrom: at(-10) }, 'passed'],
    ['starting within the skew of clocks', { validFrom: at(59) }, 'passed'],
    ['starting at the edge of the skew', { validFrom: at(60) }, 'passed'],
    ['starting beyond the skew', { validFrom: at(61) }, 'not-yet-valid'],
    ['ended within the skew', { validFrom: at(-100), validUntil: at(-59) }, 'passed'],
    ['ended at the edge of the skew', { validFrom: at(-100), validUntil: at(-60) }, 'passed'],
    ['ended beyond the skew', { validFrom: at(-100), validUntil: at(-61) }, 'expired'],
    ['ending before the start', { validFrom: at(-10), validUntil: at(-11) }, 'dates-reversed'],
    ['ending at the start', { validFrom: at(-10), validUntil: at(-10) }, 'passed'],
    ['without a start', { validUntil: at(100) }, 'no-start'],
    ['with an unreadable start', { validFrom: 'soon' }, 'no-start'],
    ['of the older model', { issuanceDate: at(-10), expirationDate: at(10) }, 'passed'],
    ['expired in the older name', { issuanceDate: at(-99), expirationDate: at(-61) }, 'expired'],
    ['expired in the newer name', { issuanceDate: at(-99), validUntil: at(-61) }, 'expired'],
    [
      'expired in one of two names',
      { issuanceDate: at(-99), validUntil: at(-61), expirationDate: at(999) },
      'expired',
    ],
    [
      'not begun in one of two names',
      { issuanceDate: at(-99), validFrom: at(61) },
      'not-yet-valid',
    ],
    ['in another zone', { validFrom: '2026-03-20T14:00:30+02:00' }, 'passed'],
  ])('%s', (_name, document, expected) => {
    const check = checkDates(document, NOW)
    expect(check.problems[0]?.code ?? check.outcome).toBe(expected)
  })
})

describe('the issuer’s key', () => {
  const controllers = (documents: Readonly<Record<string, JsonObject>>) =>
    fixedControllers((id) => documents[id])
  const judge = async (document: JsonObject, documents = CONTROLLER_DOCUMENTS) =>
    checkIssuerKey(
      document,
      await findKeys(document, controllers(documents), NOW),
      await findIssuerDocument(document, controllers(documents)),
    )

  it('is found in the document of its own controller', async () => {
    expect((await judge(await signedBadge('good'))).outcome).toBe('passed')
  })

  it('is not taken from a document that says it is another’s', async () => {
    const own = CONTROLLER_DOCUMENTS[ISSUER_DID] ?? {}
    const check = await judge(await signedBadge('partner'), { [PARTNER]: own })
    expect([check.outcome, check.problems[0]?.code]).toEqual(['failed', 'method-controller'])
  })

  it('is out of reach when its document is not at hand: unknown, never failed', async () => {
    const check = await judge(await signedBadge('partner'), {})
    expect([check.outcome, check.problems[0]?.code]).toEqual(['unknown', 'key-not-at-hand'])
  })

  it('does not count when an object of the language has its name', async () => {
    const document = { issuer: '__proto__', proof: { type: 'DataIntegrityProof' } }
    expect((await judge(document)).outcome).not.toBe('passed')
  })

  it('fails with every proof that has no good key, also beside a good one', async () => {
    const badge = await signedBadge('good')
    const proofs = [member(badge, 'proof')].flat()
    const spoilt = { ...(proofs[0] as JsonObject), verificationMethod: `${PARTNER}#x25519` }
    const check = await judge({ ...badge, proof: [...proofs, spoilt] as JsonObject[] })
    expect(check.outcome).toBe('failed')
    expect(check.problems).toMatchObject([{ code: 'method-key-form', pointer: '/proof/2' }])
  })
})

describe('weak keys', () => {
  it('make one signature fit every text, unless the runtime itself refuses them', async () => {
    const badge = await signedBadge('key-low-order')
    const signature = decode((textMember(member(badge, 'proof'), 'proofValue') ?? '').slice(1))
    const raw = decode(MALFORMED_KEYS['low-order'].slice(1)).subarray(2)
    const x = Buffer.from(raw).toString('base64url')
    const key = { key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' } as const
    const fits = (text: string) => verify(null, Buffer.from(text), key, signature)
    const runtimeAccepts = Number(process.versions.node.split('.')[0]) < 24
    expect([fits('one'), fits('another')]).toEqual([runtimeAccepts, runtimeAccepts])
  })

  it('are known in every spelling, and no other key is', () => {
    expect(isWeakKey(MALFORMED_KEYS['low-order'])).toBe(true)
    expect(isWeakKey(MALFORMED_KEYS.zero)).toBe(true)
    const did = CONTROLLER_DOCUMENTS[ISSUER_DID]
    const [method] = [member(did, 'verificationMethod') ?? []].flat()
    expect(isWeakKey(textMember(method, 'publicKeyMultibase') ?? '')).toBe(false)
  })
})
