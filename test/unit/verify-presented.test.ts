/** Presentations of many credentials, before a verifier that takes its time. */
import { describe, expect, it } from 'vitest'
import type { CredentialVerifier, VerifyResult } from '../../src/application/ports/verifier.js'
import { verifyPresented } from '../../src/application/vc-api/verify-presented.js'
import { IssuerError } from '../../src/domain/issuer-error.js'

const VALID = {
  report: { verdict: 'valid', checks: [] },
} as unknown as VerifyResult

function slowVerifier(eachMs: number) {
  const seen: string[] = []
  const verifier: CredentialVerifier = {
    verify: async (bytes) => {
      seen.push(new TextDecoder().decode(bytes))
      await new Promise((resolve) => setTimeout(resolve, eachMs))
      return VALID
    },
  }
  return { verifier, seen }
}

function presentationOf(count: number) {
  const verifiableCredential = Array.from({ length: count }, (_, at) => ({
    type: 'VerifiableCredential',
    id: `urn:thing:${at}`,
  }))
  return { type: 'VerifiablePresentation', verifiableCredential }
}

describe('verifying what is presented', () => {
  it('begins no credential after its time, and says how many were checked', async () => {
    const { verifier, seen } = slowVerifier(40)
    const policy = { isGeneric: true, countChecks: async () => {}, totalMs: 60 }
    const work = verifyPresented(verifier, presentationOf(16), {}, policy)
    await expect(work).rejects.toMatchObject({
      code: 'VERIFIER_TIMEOUT',
      message: expect.stringMatching(/: 1 of 16 were checked\. Present fewer at once\.$/),
    })
    expect(seen).toHaveLength(2)
  })

  it('is told of all credentials before any is looked at, and can be refused', async () => {
    const { verifier, seen } = slowVerifier(0)
    const counted: number[] = []
    const countChecks = async (credentials: number) => {
      counted.push(credentials)
      throw new IssuerError('RATE_LIMITED', 'Not now.', { retryAfterS: 1 })
    }
    const work = verifyPresented(verifier, presentationOf(3), {}, { isGeneric: true, countChecks })
    await expect(work).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    expect([counted, seen]).toEqual([[3], []])
  })

  it('in time has an answer for each', async () => {
    const { verifier } = slowVerifier(0)
    const policy = { isGeneric: true, countChecks: async () => {} }
    const answer = await verifyPresented(verifier, presentationOf(3), {}, policy)
    expect([answer.verified, answer.credentialResults.length]).toEqual([true, 3])
  })
})
