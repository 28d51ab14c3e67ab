/** Presentations by the VC API: who presents, for whom, and each credential in it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { expectProblem } from '../support/http-problems.js'
import { type HttpService, openHttpService } from '../support/http-service.js'
import { prove } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'
import { BASE_URL, call } from '../support/vc-api.js'

const V2 = 'https://www.w3.org/ns/credentials/v2'
const HOLDER = STRANGER.method.controller
const FOR = { challenge: '3182bdea-63d9', domain: 'relying.example.org' }

let http: HttpService
let badge: JsonObject

beforeAll(async () => {
  http = await openHttpService()
  const { code } = await http.badge()
  badge = (await http.send({ path: `/badges/${code}.json` })).json() as JsonObject
})
afterAll(() => http.close())

function unsigned(change: JsonObject = {}): JsonObject {
  return {
    '@context': [V2],
    type: ['VerifiablePresentation'],
    holder: HOLDER,
    verifiableCredential: [badge],
    ...change,
  }
}

async function signed(change: JsonObject = {}, members: JsonObject = {}): Promise<JsonObject> {
  const document = unsigned(change)
  const claims = { proofPurpose: 'authentication', ...FOR, ...members }
  return { ...document, proof: await prove(document, 'eddsa-rdfc-2022', STRANGER, claims) }
}

const verify = (verifiablePresentation: unknown, options: unknown = FOR) =>
  call(http, 'presentations/verify', { verifiablePresentation, options })

const refused = { status: 400, code: 'CREDENTIAL_NOT_VERIFIED' }

describe('a presentation', () => {
  it('by its holder, for this asker, with a good badge is verified', async () => {
    const answer = await verify(await signed(), { ...FOR, checks: ['proof', 'credentialStatus'] })
    expect([answer.status, answer.json()['problemDetails']]).toEqual([200, []])
    expect(answer.json()).toMatchObject({
      verified: true,
      presentationResult: { verified: true },
      credentialResults: [{ verified: true, report: { verdict: 'valid' } }],
    })
  })

  it('without credentials is verified for its holder', async () => {
    const { verifiableCredential: _none, ...document } = unsigned()
    const claims = { proofPurpose: 'authentication', ...FOR }
    const proof = await prove(document, 'eddsa-rdfc-2022', STRANGER, claims)
    expect((await verify({ ...document, proof })).status).toBe(200)
  })

  it.each<[string, JsonObject, string]>([
    ['another challenge', { challenge: 'other' }, 'challenge'],
    ['another domain', { domain: 'other.example.org' }, 'domain'],
    ['another purpose', { proofPurpose: 'assertionMethod' }, 'proof-purpose'],
    ['a proof that has ended', { expires: '2020-01-01T00:00:00Z' }, 'proof-expired'],
    ['a proof from the future', { created: '2099-01-01T00:00:00Z' }, 'proof-from-future'],
  ])('with %s is refused', async (_name, members, code) => {
    const answer = await verify(await signed({}, members))
    expectProblem(answer, refused)
    const { problemDetails } = answer.json() as { problemDetails: { code: string }[] }
    expect(problemDetails.map((one) => one.code)).toContain(code)
  })

  it('is refused when it was changed, taken from another holder, or holds a bad badge', async () => {
    const good = await signed()
    expectProblem(await verify({ ...good, id: 'urn:uuid:1' }), refused)
    expectProblem(await verify(await signed({ holder: 'did:example:other' })), refused)
    const forged = { ...badge, name: 'Another' }
    const answer = await verify(await signed({ verifiableCredential: [badge, forged] }))
    expectProblem(answer, refused)
    expect(answer.json()).toMatchObject({
      presentationResult: { verified: true },
      credentialResults: [{ verified: true }, { verified: false }],
    })
  })

  it('without proof is accepted only where no proof is asked for', async () => {
    expectProblem(await verify(unsigned()), refused)
    expectProblem(await verify(unsigned(), {}), refused)
    expectProblem(await verify(unsigned(), { ...FOR, checks: ['credentialStatus'] }), refused)
    expectProblem(await verify(unsigned(), { checks: ['proof'] }), refused)
    const answer = await verify(unsigned(), { checks: ['credentialStatus'] })
    expect(answer.status).toBe(200)
    const bad = unsigned({ verifiableCredential: [{ ...badge, name: 'Another' }] })
    expectProblem(await verify(bad, { checks: ['credentialStatus'] }), refused)
  })

  it.each<[string, () => JsonObject, number]>([
    ['no type', () => ({ '@context': [V2] }), 422],
    ['credentials that are none', () => unsigned({ verifiableCredential: ['text', {}] }), 422],
    ['too many credentials', () => unsigned({ verifiableCredential: Array(17).fill(badge) }), 422],
    ['another context first', () => unsigned({ '@context': [`${BASE_URL}/x`, V2] }), 400],
    [
      'the context of examples, while the generic profile is off',
      () => unsigned({ '@context': [V2, 'https://www.w3.org/ns/credentials/examples/v2'] }),
      400,
    ],
    ['a holder without id', () => unsigned({ holder: { name: 'Somebody' } }), 400],
  ])('with %s is refused', async (_name, make, status) => {
    expect((await verify(make(), { checks: ['credentialStatus'] })).status).toBe(status)
  })

  it('is refused when challenge or domain are no text, or nothing was sent', async () => {
    for (const [presentation, options] of [
      [await signed(), { challenge: 3 }],
      [await signed(), { domain: ['a'] }],
      [await signed(), 'text'],
      [undefined, {}],
    ])
      expectProblem(await verify(presentation, options), { status: 422, code: 'REQUEST_INVALID' })
  })
})

describe('a credential that is no badge', () => {
  it('is verified in a presentation only where the generic profile is on', async () => {
    const credential: JsonObject = {
      '@context': [V2],
      type: ['VerifiableCredential'],
      issuer: HOLDER,
      credentialSubject: { id: 'did:example:123', name: 'A name' },
    }
    const proof = await prove(credential, 'eddsa-rdfc-2022', STRANGER)
    const presentation = await signed({ verifiableCredential: [{ ...credential, proof }] })
    expectProblem(await verify(presentation), refused)
    const generic = await openHttpService({ env: { VC_API_GENERIC: 'true' } })
    try {
      const body = { verifiablePresentation: presentation, options: FOR }
      expect((await call(generic, 'presentations/verify', body)).status).toBe(200)
    } finally {
      await generic.close()
    }
  })
})
