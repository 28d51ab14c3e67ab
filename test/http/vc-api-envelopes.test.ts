/** Enveloped credentials in the VC API (VC Data Model 2.0 section 4.13), in both profiles, alone and presented. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { toTokenPayload } from '../../src/domain/token-claims.js'
import { badgeDocument } from '../support/badge-documents.js'
import { envelopeOf } from '../support/endorsement-tokens.js'
import { expectProblem } from '../support/http-problems.js'
import { type HttpAnswer, type HttpService, openHttpService } from '../support/http-service.js'
import { prove } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'
import {
  base64url,
  SIGNERS,
  STRANGERS,
  TOKEN_ALGS,
  type TokenAlg,
  type TokenSigner,
  tokenOf,
} from '../support/tokens.js'
import { call } from '../support/vc-api.js'

const V2 = 'https://www.w3.org/ns/credentials/v2'
const V1 = 'https://www.w3.org/2018/credentials/v1'
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'
const FOR = { challenge: '3182bdea-63d9', domain: 'relying.example.org' }
const refused = { status: 400, code: 'CREDENTIAL_NOT_VERIFIED' }

const didOf = (alg: TokenAlg) => `did:key:${SIGNERS[alg].multikey}`

/** A credential that is no badge, by the did:key of the signer. */
function plain(alg: TokenAlg, change: JsonObject = {}): JsonObject {
  return {
    '@context': [V2, EXAMPLES],
    type: ['VerifiableCredential', 'ExampleCredential'],
    issuer: didOf(alg),
    credentialSubject: { id: 'did:example:123', alumniOf: 'A school' },
    ...change,
  }
}

function plainToken(
  change: JsonObject = {},
  alg: TokenAlg = 'ES256',
  signer: TokenSigner = SIGNERS[alg],
): string {
  const header = { typ: 'vc+jwt', kid: `${didOf(alg)}#${SIGNERS[alg].multikey}` }
  return tokenOf(signer, header, plain(alg, change))
}

function asBadge(change: JsonObject = {}): string {
  const { credentialStatus: _status, ...document } = badgeDocument({ issuer: didOf('ES256') })
  const header = { typ: 'JWT', kid: didOf('ES256') }
  return tokenOf(SIGNERS.ES256, header, toTokenPayload({ ...document, ...change }))
}

async function presentation(...tokens: readonly string[]): Promise<JsonObject> {
  const document: JsonObject = {
    '@context': [V2],
    type: ['VerifiablePresentation'],
    holder: STRANGER.method.controller,
    verifiableCredential: tokens.map((token) => envelopeOf(token)),
  }
  const claims = { proofPurpose: 'authentication', ...FOR }
  return { ...document, proof: await prove(document, 'eddsa-rdfc-2022', STRANGER, claims) }
}

const codesOf = (answer: HttpAnswer) =>
  (answer.json()['problemDetails'] as { code: string }[]).map(({ code }) => code)
const formatOf = (answer: HttpAnswer) => (answer.json()['report'] as { format: string }).format

describe.each([
  { profile: 'badges only', env: {} },
  { profile: 'the generic profile too', env: { VC_API_GENERIC: 'true' } },
])('with $profile', ({ env }) => {
  const isGeneric = 'VC_API_GENERIC' in env
  let http: HttpService
  let badge: string
  beforeAll(async () => {
    http = await openHttpService({ env })
    const { code } = await http.badge()
    badge = (await http.send({ path: `/badges/${code}.jwt` })).text
  })
  afterAll(() => http.close())

  const verify = (verifiableCredential: unknown, options?: JsonObject) =>
    call(http, 'credentials/verify', { verifiableCredential, options })
  const present = async (...tokens: readonly string[]) =>
    call(http, 'presentations/verify', {
      verifiablePresentation: await presentation(...tokens),
      options: FOR,
    })

  it('a badge is verified by all rules of badges', async () => {
    for (const options of [{}, { checks: ['proof', 'credentialStatus'] }]) {
      const answer = await verify(envelopeOf(badge), options)
      expect([answer.status, answer.json()['problemDetails']]).toEqual([200, []])
      expect(formatOf(answer)).toBe('Open Badges 3.0 credential (VC-JWT, VC Data Model 2.0)')
      expect(answer.json()['checks']).toEqual([
        'readable',
        'structure',
        'contexts',
        'issuerKey',
        'proof',
        'keyState',
        'status',
        'dates',
        'issuerTrust',
      ])
    }
    for (const change of [
      { '@context': [V2] },
      { type: ['EnvelopedVerifiableCredential'] },
      { id: `data:application/vc+ld+json+jwt,${badge}` },
    ])
      expect((await verify(envelopeOf(badge, change))).status).toBe(200)
  })

  it('a badge is verified in a presentation', async () => {
    const answer = await present(badge)
    expect([answer.status, answer.json()['problemDetails']]).toEqual([200, []])
    expect(answer.json()).toMatchObject({
      presentationResult: { verified: true },
      credentialResults: [{ verified: true, report: { verdict: 'valid' } }],
    })
    const many = await present(badge, `${badge.slice(0, -6)}AAAAAA`)
    expectProblem(many, refused)
    expect(many.json()).toMatchObject({
      presentationResult: { verified: true },
      credentialResults: [{ verified: true }, { verified: false }],
    })
    const taken = { ...(await presentation(badge)), verifiableCredential: [envelopeOf(asBadge())] }
    const body = { verifiablePresentation: taken, options: FOR }
    expect(codesOf(await call(http, 'presentations/verify', body))).toEqual(['signature-mismatch'])
  })

  it('a badge of another issuer with endorsements in it is verified too', async () => {
    expect((await verify(envelopeOf(asBadge()))).status).toBe(200)
  })

  it.each<[string, () => string | JsonObject, string]>([
    [
      'a badge without achievement',
      () => asBadge({ credentialSubject: { type: ['AchievementSubject'] } }),
      'schema',
    ],
    ['a badge that expired', () => asBadge({ validUntil: '2025-06-01T00:00:00Z' }), 'expired'],
    ['no token', () => 'text', 'malformed-jws'],
    ['another media type', () => ({ id: 'data:text/plain,a.b.c' }), 'malformed-jws'],
    ['an SD-JWT', () => ({ id: 'data:application/vc+sd-jwt,a.b.c~' }), 'sd-jwt'],
    ['no credential', () => `${base64url('{"alg":"ES256"}')}.${base64url('{}')}.AA`, ''],
    [
      'a presentation',
      () => `${base64url('{"alg":"ES256"}')}.${base64url('{"vp":{}}')}.AA`,
      'token-payload',
    ],
    [
      'a badge behind the payload of another in a parameter',
      () => ({
        id: `data:application/vc+jwt;a=.${base64url('{"type":"OpenBadgeCredential"}')}.,${plainToken({ credentialSubject: {} })}`,
      }),
      '',
    ],
  ])('%s is refused', async (_what, make, code) => {
    const made = make()
    const envelope = typeof made === 'string' ? envelopeOf(made) : envelopeOf('', made)
    const answer = await verify(envelope)
    expectProblem(answer, refused)
    expect(codesOf(answer).join(' ')).toContain(code)
  })

  it('one that says more than what is in it is none', async () => {
    for (const change of [
      { name: 'Another' },
      { type: ['EnvelopedVerifiableCredential', 'Image'] },
    ])
      expectProblem(await verify(envelopeOf(badge, change)), {
        status: 422,
        code: 'REQUEST_INVALID',
        pointer: '/verifiableCredential',
      })
  })

  it(`a credential that is no badge is ${isGeneric ? 'judged by the generic rules' : 'refused'}`, async () => {
    for (const alg of TOKEN_ALGS) {
      const token = plainToken({}, alg)
      const [alone, presented] = [await verify(envelopeOf(token)), await present(token)]
      if (!isGeneric) {
        expectProblem(alone, refused)
        expectProblem(presented, refused)
        continue
      }
      expect([alone.status, presented.status, alone.text]).toEqual([200, 200, expect.any(String)])
      expect(formatOf(alone)).toBe('Verifiable credential (VC-JWT, VC Data Model 2.0)')
      expect(alone.json()['report']).toMatchObject({
        badge: { issuerId: didOf(alg), proofs: [{ type: 'JWT', checked: true }] },
      })
    }
  })

  it('a revoked badge is not verified', async () => {
    const { code } = await http.badge({ id: 'revoked' })
    const { text } = await http.send({ path: `/badges/${code}.jwt` })
    expect((await verify(envelopeOf(text))).status).toBe(200)
    await http.send({
      method: 'POST',
      path: `/api/v1/badges/${code}/status`,
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await http.token('badges:status')}`,
      },
      body: JSON.stringify({ change: 'revoke', reason: 'Issued in error.' }),
    })
    for (const answer of [await verify(envelopeOf(text)), await present(text)]) {
      expectProblem(answer, refused)
      expect(codesOf(answer)).toEqual(['revoked'])
    }
  })

  if (!isGeneric) return

  describe('of a credential that is no badge,', () => {
    it('the older data model is verified in its claim', async () => {
      const vc = {
        '@context': [V1],
        type: ['VerifiableCredential'],
        credentialSubject: {},
      }
      const claims = {
        iss: didOf('EdDSA'),
        sub: 'did:example:123',
        jti: 'urn:uuid:6a9c92a9-2530-4e2b-9776-530467e9bbe0',
        nbf: Date.parse('2026-01-01T00:00:00Z') / 1000,
      }
      const token = tokenOf(SIGNERS.EdDSA, { typ: 'JWT', kid: didOf('EdDSA') }, { ...claims, vc })
      const answer = await verify(envelopeOf(token))
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
      expect(formatOf(answer)).toContain('(VC-JWT, VC Data Model 1.1)')
    })

    it('contexts may be written into it, and a proof in it counts too', async () => {
      const inline = { '@context': [V2, { '@vocab': 'https://example.org/v#' }] }
      expect((await verify(envelopeOf(plainToken(inline)))).status).toBe(200)
      const change = {
        '@context': [V2],
        type: ['VerifiableCredential'],
        credentialSubject: { id: 'did:example:123' },
      }
      const proof = await prove(plain('ES256', change), 'eddsa-rdfc-2022', STRANGER)
      const answer = await verify(envelopeOf(plainToken({ ...change, proof })))
      expect([answer.status, codesOf(answer)]).toEqual([400, ['issuer-key-mismatch']])
    })

    it.each<[string, () => string, string]>([
      ['form', () => plainToken({ credentialSubject: {} }), 'schema'],
      ['vocabulary', () => plainToken({ '@context': [V2] }), 'not-transformable'],
      [
        'context',
        () => plainToken({ '@context': [V2, 'https://example.org/c'] }),
        'context-not-pinned',
      ],
      ['issuer', () => plainToken({ issuer: STRANGER.method.controller }), 'issuer-key-mismatch'],
      ['key', () => plainToken({}, 'ES256', STRANGERS.ES256), 'signature-mismatch'],
      ['end', () => plainToken({ validUntil: '2025-06-01T00:00:00Z' }), 'expired'],
      ['beginning', () => plainToken({ validFrom: '2099-01-01T00:00:00Z' }), 'not-yet-valid'],
      ['signature’s own end', () => plainToken({ exp: 1_700_000_000 }), 'proof-expired'],
      ['claim', () => plainToken({ iss: 'did:example:other' }), 'claim-mismatch'],
      [
        'status',
        () => plainToken({ credentialStatus: { id: `${V2}#1`, type: 'Other' } }),
        'status-type',
      ],
      [
        'algorithm',
        () => [base64url('{"alg":"none"}'), plainToken().split('.')[1], 'AA'].join('.'),
        'token-algorithm',
      ],
    ])('a bad %s is found', async (_what, make, code) => {
      const token = make()
      const answer = await verify(envelopeOf(token))
      expectProblem(answer, refused)
      expect(codesOf(answer)).toContain(code)
      expectProblem(await present(token), refused)
    })

    it('who calls it a badge has it judged by the rules of badges', async () => {
      const type = ['VerifiableCredential', 'OpenBadgeCredential']
      const answer = await verify(envelopeOf(plainToken({ type })))
      expectProblem(answer, refused)
      expect(codesOf(answer)).toEqual(['context-not-pinned'])
    })
  })
})
