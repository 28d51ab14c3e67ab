/** Presentations in a token (VC Data Model 2.0 section 4.13, VC-JOSE-COSE section 3.1.2) by the VC API. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/domain/json.js'
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
  tokenOf,
} from '../support/tokens.js'
import { call, DID } from '../support/vc-api.js'

const V2 = 'https://www.w3.org/ns/credentials/v2'
const FOR = { challenge: '3182bdea-63d9', domain: 'relying.example.org' }
const CLAIMS = { nonce: FOR.challenge, aud: FOR.domain }
const refused = { status: 400, code: 'CREDENTIAL_NOT_VERIFIED' }
/** Workers go by the real time. */
const [PAST, FUTURE] = ['2026-03-01T00:00:00Z', '2099-01-01T00:00:00Z'].map(
  (time) => Date.parse(time) / 1000,
) as [number, number]

let http: HttpService
let badge: JsonObject
let token: string

beforeAll(async () => {
  http = await openHttpService()
  const { code } = await http.badge()
  badge = (await http.send({ path: `/badges/${code}.json` })).json() as JsonObject
  token = (await http.send({ path: `/badges/${code}.jwt` })).text
})
afterAll(() => http.close())

const didOf = (alg: TokenAlg) => `did:key:${SIGNERS[alg].multikey}`

function presented(change: Readonly<Record<string, JsonValue>> = {}, alg: TokenAlg = 'ES256') {
  return {
    '@context': [V2],
    type: ['VerifiablePresentation'],
    holder: didOf(alg),
    verifiableCredential: [badge, envelopeOf(token)],
    ...CLAIMS,
    ...change,
  }
}

function presentationToken(
  change: Readonly<Record<string, JsonValue>> = {},
  header: JsonObject = {},
  alg: TokenAlg = 'ES256',
  signers = SIGNERS,
): string {
  const all = { typ: 'vp+jwt', kid: `${didOf(alg)}#${SIGNERS[alg].multikey}`, ...header }
  return tokenOf(signers[alg], all, presented(change, alg))
}

const inEnvelope = (text: string, change: JsonObject = {}): JsonObject => ({
  '@context': V2,
  id: `data:application/vp+jwt,${text}`,
  type: 'EnvelopedVerifiablePresentation',
  ...change,
})
const verify = (verifiablePresentation: unknown, options: unknown = FOR) =>
  call(http, 'presentations/verify', { verifiablePresentation, options })
const codesOf = (answer: HttpAnswer) =>
  (answer.json()['problemDetails'] as { code: string }[]).map(({ code }) => code)

it.each(TOKEN_ALGS)(
  'by its holder, signed with %s, it is verified with what is in it',
  async (alg) => {
    const answer = await verify(inEnvelope(presentationToken({}, {}, alg)))
    expect([answer.status, answer.json()['problemDetails']]).toEqual([200, []])
    expect(answer.json()).toMatchObject({
      verified: true,
      presentationResult: {
        verified: true,
        report: { format: 'Verifiable presentation (VP-JWT)', verdict: 'valid' },
      },
      credentialResults: [{ verified: true }, { verified: true }],
    })
  },
)

it('the holder may be named by a claim or the key alone, and the asker may want nothing', async () => {
  const { holder: _holder, ...rest } = presented()
  const header = { kid: didOf('ES256') }
  for (const payload of [rest, { ...rest, iss: didOf('ES256') }]) {
    const text = tokenOf(SIGNERS.ES256, header, payload as JsonObject)
    expect((await verify(inEnvelope(text))).status).toBe(200)
    expect((await verify(inEnvelope(text), {})).status).toBe(200)
    expect((await verify(inEnvelope(text), { checks: ['credentialStatus'] })).status).toBe(200)
  }
  const several = presentationToken({ aud: ['other.example.org', FOR.domain] })
  expect((await verify(inEnvelope(several))).status).toBe(200)
})

it.each<[string, () => string | Promise<string>, string]>([
  ['another challenge', () => presentationToken({ nonce: 'other' }), 'challenge'],
  ['another domain', () => presentationToken({ aud: 'other.example.org' }), 'domain'],
  ['another claimed holder', () => presentationToken({ iss: 'did:example:x' }), 'claim-mismatch'],
  ['an end that is over', () => presentationToken({ exp: PAST }), 'proof-expired'],
  [
    'an end that is over and said inside too',
    () => presentationToken({ exp: PAST, validUntil: '2026-03-01T00:00:00Z' }),
    'proof-expired',
  ],
  ['a time to come', () => presentationToken({ iat: FUTURE }), 'proof-from-future'],
  [
    'the key of somebody else',
    () => presentationToken({}, {}, 'ES256', STRANGERS),
    'signature-mismatch',
  ],
  ['another holder', () => presentationToken({ holder: DID }), 'issuer-key-mismatch'],
  ['the type of a credential', () => presentationToken({}, { typ: 'vc+jwt' }), 'token-type'],
  ['no type inside', () => presentationToken({ type: ['VerifiableCredential'] }), 'schema'],
  ['a second presentation', () => presentationToken({ vp: {} }), 'token-payload'],
  ['an unchecked algorithm', () => presentationToken({}, { alg: 'ES384' }), 'proof-not-checked'],
  [
    'the algorithm none',
    () => [base64url('{"alg":"none"}'), presentationToken().split('.')[1], 'AA'].join('.'),
    'token-algorithm',
  ],
  ['nothing that is a token', () => 'text', 'malformed-jws'],
  [
    'a proof besides',
    async () => {
      const { nonce: _nonce, aud: _aud, ...document } = presented()
      return presentationToken({
        proof: await prove(document as JsonObject, 'eddsa-rdfc-2022', STRANGER),
      })
    },
    'proof-not-checked',
  ],
])('with %s it is refused', async (_what, make, code) => {
  const answer = await verify(inEnvelope(await make()))
  expectProblem(answer, refused)
  expect(codesOf(answer)).toContain(code)
  expect(answer.json()).toMatchObject({ presentationResult: { verified: false } })
})

it('with a bad badge in it, only that one is refused', async () => {
  const forged = { ...badge, name: 'Another' }
  const answer = await verify(
    inEnvelope(presentationToken({ verifiableCredential: [forged, badge] })),
  )
  expectProblem(answer, refused)
  expect(answer.json()).toMatchObject({
    presentationResult: { verified: true },
    credentialResults: [{ verified: false }, { verified: true }],
  })
})

it('an envelope that says more is none, and one with something else in it is refused', async () => {
  const text = presentationToken()
  for (const change of [
    { holder: DID },
    { type: ['EnvelopedVerifiablePresentation', 'VerifiablePresentation'] },
  ])
    expectProblem(await verify(inEnvelope(text, change)), {
      status: 422,
      code: 'REQUEST_INVALID',
      pointer: '/verifiablePresentation',
    })
  for (const id of [`data:application/vc+jwt,${text}`, 'urn:uuid:1'])
    expect(codesOf(await verify(inEnvelope(text, { id })))).toEqual(['malformed-jws'])
  const texts = presentationToken({ verifiableCredential: [token] })
  expectProblem(await verify(inEnvelope(texts)), { status: 422, code: 'REQUEST_INVALID' })
})
