/** The VC API for badges: what its clients may have issued, verified and revoked, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken } from '../../src/application/tokens.js'
import { expectProblem } from '../support/http-problems.js'
import { type HttpService, openHttpService } from '../support/http-service.js'
import { call, DID, requestedBadge, SLUG } from '../support/vc-api.js'

type Json = Readonly<Record<string, unknown>>

let http: HttpService
let token: string
let issued: Json
let issuedText: string

beforeAll(async () => {
  http = await openHttpService()
  token = await createToken(http.service.issuing, 'Coordinator 1', [
    'credentials:issue',
    'credentials:status',
  ])
  const answer = await issue(await requestedBadge(http))
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  issuedText = answer.text
  issued = answer.json()['verifiableCredential'] as Json
})
afterAll(() => http.close())

const issue = (credential: unknown, options?: unknown) =>
  call(http, 'credentials/issue', { credential, options }, token)
const verify = (verifiableCredential: unknown, options?: unknown) =>
  call(http, 'credentials/verify', { verifiableCredential, options })

describe('issuing', () => {
  it('gives the badge of an approval of its own, which is stored like any other', async () => {
    const code = String(issued['id']).split('/').at(-1) ?? ''
    const { stores } = http.service.issuing.database
    const stored = await stores.badges.find(code)
    expect(issuedText).toBe(`{"verifiableCredential":${stored?.securedJson}}`)
    expect(issued['issuer']).toMatchObject({ id: DID })
    const key = { source: 'Coordinator-1', id: '6a9c92a9-2530-4e2b-9776-530467e9bbe0', attempt: 1 }
    const approval = await stores.reviews.find(key)
    expect(approval?.recordId).toBe(stored?.reviewRecordId)
    expect(approval).toMatchObject({
      state: 'released',
      review: {
        ...key,
        achievement: SLUG,
        candidate: { name: 'Ana Example', email: 'ana@example.org' },
        decision: 'approved',
        decidedAt: '2026-03-02T16:20:00Z',
        consent: { name: 'hidden', evidence: 'hidden', listed: false },
      },
    })
  })

  it('gives the same badge for the same call, and none for another under its id', async () => {
    const before = http.digest()
    const again = await issue(await requestedBadge(http))
    expect([again.status, again.text]).toEqual([201, issuedText])
    const other = await requestedBadge(http, { validFrom: '2026-03-03T16:20:00Z' })
    expectProblem(await issue(other), { status: 409, code: 'REVIEW_CONFLICT' })
    expect(http.digest()).toBe(before)
  })
})

describe('verifying', () => {
  it('answers 200 for a badge that is valid', async () => {
    const answer = await verify(issued, { checks: ['proof', 'credentialStatus'] })
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ verified: true, problemDetails: [], warnings: [] })
    expect(answer.json()).not.toHaveProperty('errors')
  })

  it('answers 400 for a badge that was changed', async () => {
    const answer = await verify({ ...issued, name: 'Another' })
    expectProblem(answer, { status: 400, code: 'CREDENTIAL_NOT_VERIFIED' })
    expect(answer.json()).toMatchObject({
      verified: false,
      problemDetails: [
        {
          type: 'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
          code: 'signature-mismatch',
        },
        {},
      ],
      report: { verdict: 'invalid' },
    })
  })
})
