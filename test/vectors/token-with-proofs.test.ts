/** Badges that were signed inside first and then put into a token: both signatures count. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { toTokenPayload } from '../../src/domain/token-claims.js'
import { badgeDocument } from '../support/badge-documents.js'
import { prove, secure } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'
import { SIGNERS, summary, tokenOf, verifyWith } from '../support/tokens.js'

const { key, multikey } = SIGNERS.EdDSA
const DID = `did:key:${multikey}`
const ISSUER = {
  key,
  method: { id: `${DID}#${multikey}`, controller: DID, publicKeyMultibase: multikey },
}
const { credentialStatus: _status, ...DOCUMENT } = badgeDocument({ issuer: DID })

/** The proofs stay, with the context that they need. */
async function judged(signed: JsonObject): Promise<string> {
  const payload = { ...toTokenPayload(signed), '@context': signed['@context'] ?? [] }
  const report = await verifyWith({}, tokenOf(SIGNERS.EdDSA, { kid: DID }, payload))
  return summary(report)
}

describe('a token around a signed badge', () => {
  it('is valid when both signatures hold', async () => {
    expect(await judged(await secure(DOCUMENT, [ISSUER]))).toBe('valid')
  })

  it('is not valid when the inner one does not hold', async () => {
    const signed = await secure(DOCUMENT, [ISSUER])
    expect(await judged({ ...signed, name: 'Another' })).toBe(
      'invalid, proof:signature-mismatch /proof/0',
    )
  })

  it('is not valid when a stranger made the inner one', async () => {
    expect(await judged(await secure(DOCUMENT, [STRANGER]))).toBe(
      'invalid, issuerKey:issuer-key-mismatch /proof/0',
    )
  })

  it('is not valid when the outer one does not hold, whatever stands inside', async () => {
    const signed = await secure(DOCUMENT, [ISSUER])
    const payload = { ...toTokenPayload(signed), '@context': signed['@context'] ?? [] }
    const token = tokenOf(SIGNERS.EdDSA, { kid: DID }, payload)
    const at = token.lastIndexOf('.') + 1
    const other = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect(summary(await verifyWith({}, other))).toBe('invalid, proof:signature-mismatch')
  })

  it('is judged without an inner one of a kind that is not checked', async () => {
    const proof = await prove(DOCUMENT, 'eddsa-rdfc-2022', ISSUER)
    expect(await judged({ ...DOCUMENT, proof: [{ ...proof, cryptosuite: 'other-2030' }] })).toBe(
      'valid',
    )
  })

  it.each([
    ['empty', []],
    ['a text', 'x'],
    ['no proof', [{}]],
  ])('may not have %s in its place', async (_name, proof) => {
    expect(await judged({ ...DOCUMENT, proof } as JsonObject)).toMatch(/^invalid, readable:/)
  })
})
