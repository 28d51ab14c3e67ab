/** The generic profile of the VC API: anything is signed with a key of its own, and nothing unsound is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { issueGeneric } from '../../src/application/vc-api/issue-generic.js'
import type { JsonObject } from '../../src/domain/json.js'
import { resolveDidKey } from '../../src/domain/published-keys/self-describing-dids.js'
import { openGenericIssuer } from '../../src/main/open-generic-issuer.js'
import { expectProblem } from '../support/http-problems.js'
import { type HttpAnswer, type HttpService, openHttpService } from '../support/http-service.js'
import { isVerifiedByLibrary } from '../support/library-verifier.js'
import { prove } from '../support/signed-badges.js'
import { STRANGER } from '../support/signing-keys.js'
import { call, DID } from '../support/vc-api.js'

const V2 = 'https://www.w3.org/ns/credentials/v2'
const V1 = 'https://www.w3.org/2018/credentials/v1'
const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'
const CREDENTIALS = 'https://www.w3.org/2018/credentials#'
const LINK = 'https://example.org/a'

let http: HttpService
let token: string
let did: string

beforeAll(async () => {
  http = await openHttpService({ env: { VC_API_GENERIC: 'true' } })
  token = await http.token('credentials:issue')
  did = http.service.genericIssuer?.did ?? ''
})
afterAll(() => http.close())

const issue = (credential: unknown, options?: JsonObject) =>
  call(http, 'credentials/issue', { credential, options }, token)
const verify = (verifiableCredential: unknown, options?: JsonObject) =>
  call(http, 'credentials/verify', { verifiableCredential, options })

function plain(change: JsonObject = {}): JsonObject {
  return {
    '@context': [V2, EXAMPLES],
    type: ['VerifiableCredential', 'ExampleCredential'],
    issuer: did,
    credentialSubject: { id: 'did:example:123', alumniOf: 'A school' },
    ...change,
  }
}

function version1(change: JsonObject = {}): JsonObject {
  return {
    '@context': [V1],
    id: 'urn:uuid:6a9c92a9-2530-4e2b-9776-530467e9bbe0',
    type: ['VerifiableCredential'],
    issuer: { id: did },
    issuanceDate: '2026-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:123' },
    ...change,
  }
}

function credentialIn(answer: HttpAnswer): JsonObject {
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return answer.json()['verifiableCredential'] as JsonObject
}

describe('the issuer', () => {
  it('is a did:key that no issuer here has', async () => {
    const keys = await http.service.issuing.database.stores.keys.list()
    expect(did).toMatch(/^did:key:z6Mk\w{44}$/)
    expect(keys.map(({ controller }) => controller)).not.toContain(did)
    expect(keys.map(({ keyId }) => `did:key:${keyId}`)).not.toContain(did)
  })

  it('never signs for the programme', async () => {
    for (const issuer of [DID, { id: DID }, STRANGER.method.controller])
      expect((await issue(plain({ issuer }))).status).toBe(422)
  })
})

describe('a credential is signed as it was sent, and verified', () => {
  const cases: readonly [string, () => JsonObject, JsonObject | undefined, JsonObject][] = [
    ['of version 2.0', () => plain(), undefined, { type: 'DataIntegrityProof' }],
    ['of version 1.1', () => version1(), undefined, { type: 'DataIntegrityProof' }],
    [
      'with the older proof',
      () => plain(),
      { type: 'Ed25519Signature2020' },
      { type: 'Ed25519Signature2020' },
    ],
    [
      'with the cryptosuite named, and an issuer with a name in a language',
      () => plain({ issuer: { id: did, name: { '@value': 'Un', '@language': 'fr' } } }),
      { cryptosuite: 'eddsa-rdfc-2022' },
      { cryptosuite: 'eddsa-rdfc-2022' },
    ],
    [
      'with a context written into it',
      () =>
        plain({
          '@context': [V2, { favourite: 'https://example.org/terms#favourite' }],
          type: ['VerifiableCredential'],
          credentialSubject: { favourite: 'a book' },
        }),
      undefined,
      { proofPurpose: 'assertionMethod' },
    ],
    [
      'with related resources',
      () =>
        plain({
          relatedResource: [
            { id: V2, digestSRI: 'sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=' },
          ],
        }),
      undefined,
      { created: '2026-03-20T12:00:00Z' },
    ],
  ]
  it.each(cases)('%s', async (_name, make, options, members) => {
    const credential = make()
    const signed = credentialIn(await issue(credential, options))
    const { proof, '@context': contexts, ...rest } = signed
    const { '@context': sent, ...content } = credential
    expect(rest).toEqual(content)
    expect(contexts).toEqual(expect.arrayContaining(sent as unknown[]))
    expect(proof).toMatchObject({ ...members, verificationMethod: `${did}#${did.slice(8)}` })
    const answer = await verify(signed)
    expect([answer.status, answer.json()['problemDetails']]).toEqual([200, []])
    const changed = await verify({ ...signed, validUntil: '2099-01-01T00:00:00Z' })
    expectProblem(changed, { status: 400, code: 'CREDENTIAL_NOT_VERIFIED' })
  })
})

describe('what was signed', () => {
  it('is verified by the library of others too', async () => {
    const credentialSubject = { id: 'did:example:123', name: 'A name' }
    const type = ['VerifiableCredential']
    for (const credential of [plain({ '@context': [V2], type, credentialSubject }), version1()]) {
      const signed = credentialIn(await issue(credential))
      const published = resolveDidKey(did) ?? {}
      const now = Date.parse('2026-03-20T12:00:00Z')
      expect(await isVerifiedByLibrary(JSON.stringify(signed), published, now)).toBe(true)
    }
  })

  it('leaves a line in the audit log, and has no address', async () => {
    const before = http.digest()
    const answer = await issue(plain())
    expect(answer.status).toBe(201)
    expect(http.digest()).not.toBe(before)
    expect(answer.headers).not.toHaveProperty('location')
  })
})

/** What neither is signed nor verified, by what is wrong with it. */
const UNSOUND: readonly [string, () => JsonObject][] = [
  ['no context', () => without('@context')],
  ['a context that is no list', () => plain({ '@context': V2 })],
  ['another context first', () => plain({ '@context': [EXAMPLES, V2] })],
  ['an unknown context', () => plain({ '@context': [V2, LINK] })],
  ['no type', () => without('type')],
  ['another type alone', () => plain({ type: ['ExampleCredential'] })],
  ['no issuer', () => without('issuer')],
  ['an issuer that is no URL', () => plain({ issuer: 'somebody' })],
  ['an issuer without id', () => plain({ issuer: { name: 'Somebody' } })],
  ['no subject', () => without('credentialSubject')],
  ['an empty subject', () => plain({ credentialSubject: {} })],
  ['a subject that is text', () => plain({ credentialSubject: 'did:example:123' })],
  ['one empty subject of two', () => plain({ credentialSubject: [{ id: LINK }, {}] })],
  ['an undefined term', () => plain({ '@context': [V2], type: ['VerifiableCredential'] })],
  ['an undefined type', () => plain({ '@context': [V2], credentialSubject: { id: LINK } })],
  ['an id that is no URL', () => plain({ id: 'not-a-url' })],
  ['a subject id that is no URL', () => plain({ credentialSubject: { id: 'x', alumniOf: 'y' } })],
  ['a bad date', () => plain({ validFrom: 'yesterday' })],
  [
    'an end before the beginning',
    () => plain({ validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }),
  ],
  ['a status without type', () => plain({ credentialStatus: { id: LINK } })],
  ['evidence without type', () => plain({ evidence: [{ id: LINK }] })],
  ['a refresh service without type', () => plain({ refreshService: { id: LINK } })],
  ['terms of use without type', () => plain({ termsOfUse: { id: LINK } })],
  ['a schema without type', () => plain({ credentialSchema: { id: LINK } })],
  ['a schema without id', () => plain({ credentialSchema: { type: 'JsonSchema' } })],
  ['a name with another member', () => plain({ name: { '@value': 'a', url: LINK } })],
  ['a name that is a number', () => plain({ name: 3 })],
  ['a related resource that is text', () => plain({ relatedResource: [LINK] })],
  ['a related resource without digest', () => plain({ relatedResource: [{ id: LINK }] })],
  [
    'a related resource twice',
    () => plain({ relatedResource: [resource(LINK, 'A'), resource(LINK, 'B')] }),
  ],
  ['a digest that does not match', () => plain({ relatedResource: [resource(V2, 'A')] })],
  ['a keyword', () => plain({ '@included': [] })],
  [
    'an end of validity under another name',
    () =>
      plain({
        '@context': [V2, { end: { '@id': `${CREDENTIALS}validUntil`, '@type': DATE_TIME } }],
        type: ['VerifiableCredential'],
        credentialSubject: { id: LINK },
        end: '2020-01-01T00:00:00Z',
      }),
  ],
  [
    'an end of validity under another name, and a decoy under its own',
    () =>
      plain({
        '@context': [
          V2,
          EXAMPLES,
          { end: { '@id': `${CREDENTIALS}validUntil`, '@type': DATE_TIME } },
        ],
        credentialSubject: { id: LINK, validUntil: '2099-01-01T00:00:00Z' },
        end: '2020-01-01T00:00:00Z',
      }),
  ],
  [
    'an end of validity in a second description of the same id',
    () =>
      plain({
        id: 'urn:uuid:6a9c92a9-2530-4e2b-9776-530467e9bbe0',
        evidence: {
          id: 'urn:uuid:6a9c92a9-2530-4e2b-9776-530467e9bbe0',
          type: ['VerifiableCredential'],
          validUntil: '2020-01-01T00:00:00Z',
        },
      }),
  ],
  [
    'a status under its IRI',
    () => plain({ [`${CREDENTIALS}credentialStatus`]: { id: LINK, type: 'Other' } }),
  ],
  ['a context within', () => plain({ credentialSubject: { '@context': [V2], id: LINK } })],
  ['version 1.1 without a date', () => version1({ issuanceDate: [] })],
]
const DATE_TIME = 'http://www.w3.org/2001/XMLSchema#dateTime'

/** Whether it was refused for what it is, and not for its signature alone. */
function faultyForm(answer: HttpAnswer): boolean {
  const { checks } = answer.json()['report'] as { checks: { name: string; outcome: string }[] }
  const rows = checks.filter(({ name }) => ['readable', 'structure', 'contexts'].includes(name))
  return rows.some(({ outcome }) => outcome === 'failed' || outcome === 'unknown')
}

function without(name: string): JsonObject {
  const { [name]: _left, ...rest } = plain()
  return rest
}

function resource(id: string, sign: string): JsonObject {
  return { id, digestSRI: `sha256-${sign.repeat(43)}=` }
}

describe('is neither signed nor verified:', () => {
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-03-20T12:00:00Z',
    verificationMethod: STRANGER.method.id,
    proofPurpose: 'assertionMethod',
    proofValue: `z${'2'.repeat(87)}`,
  }
  it.each(UNSOUND)('%s', async (_name, make) => {
    const before = http.digest()
    const credential = make()
    const refused = await issue(credential)
    expect([refused.status, refused.text]).toEqual([422, expect.any(String)])
    const answer = await verify({ ...credential, proof })
    if (answer.status !== 422) expect([answer.status, faultyForm(answer)]).toEqual([400, true])
    expect(http.digest()).toBe(before)
  })

  it('a credential with a proof, another proof, or none at all', async () => {
    for (const [credential, options] of [
      [plain({ proof }), undefined],
      [plain(), { cryptosuite: 'ecdsa-rdfc-2019' }],
      [plain(), { type: 'Other' }],
      [undefined, undefined],
      ['text', undefined],
    ] as const)
      expectProblem(await issue(credential, options), { status: 422, code: 'REQUEST_INVALID' })
  })
})

describe('the signer', () => {
  it('is refused when its key is that of an issuer here', async () => {
    const { genericIssuer, issuing } = http.service
    if (genericIssuer === undefined) throw new Error('the generic profile is off')
    const { stores } = issuing.database
    const key = await stores.keys.findActive('default', 'Ed25519')
    const parts = {
      ...issuing,
      issuer: { ...genericIssuer, keyId: key?.keyId ?? '' },
      verifier: http.verifier,
    }
    const request = { credential: plain(), options: {} }
    await expect(issueGeneric(parts, { name: 'test' }, request)).rejects.toMatchObject({
      code: 'KEY_UNAVAILABLE',
    })
  })

  it('is not held up by a graph that is costly on purpose', async () => {
    const ring = Array.from({ length: 14 }, (_one, index) => ({
      id: `did:example:${index}`,
      knows: Array.from({ length: 14 }, () => ({ knows: [{ knows: {} }, { knows: {} }] })),
    }))
    const before = http.digest()
    const refused = await issue(plain({ credentialSubject: ring }))
    expect([422, 503]).toContain(refused.status)
    expect(http.digest()).toBe(before)
  })

  it('keeps its name over a restart', async () => {
    const again = await openGenericIssuer(
      http.settings,
      await loadPinnedContexts(),
      http.service.issuing.clock,
    )
    expect(again.did).toBe(did)
  })
})

describe('a proof', () => {
  it.each<[string, JsonObject]>([
    ['of another type', { type: 'Other' }],
    ['of another cryptosuite', { cryptosuite: 'other' }],
    ['for another purpose', { proofPurpose: 'authentication' }],
    ['by another method', { verificationMethod: `${LINK}#key` }],
    ['with another value', { proofValue: `z${'2'.repeat(87)}` }],
    ['in another base', { proofValue: `u${'2'.repeat(87)}` }],
    ['that has ended', { expires: '2020-01-01T00:00:00Z' }],
    ['of a time that is none', { created: 'yesterday' }],
    ['after another one', { previousProof: 'urn:uuid:none' }],
  ])('%s is refused', async (_name, members) => {
    const signed = credentialIn(await issue(plain()))
    const answer = await verify({
      ...signed,
      proof: { ...(signed['proof'] as object), ...members },
    })
    expectProblem(answer, { status: 400, code: 'CREDENTIAL_NOT_VERIFIED' })
  })

  it('by somebody else is verified under their own name only', async () => {
    const own = plain({
      '@context': [V2],
      type: ['VerifiableCredential'],
      issuer: STRANGER.method.controller,
      credentialSubject: { id: 'did:example:123', name: 'A name' },
    })
    const sign = async (one: JsonObject) => ({
      ...one,
      proof: await prove(one, 'eddsa-rdfc-2022', STRANGER),
    })
    expect((await verify(await sign(own))).status).toBe(200)
    expect((await verify(await sign({ ...own, issuer: did }))).status).toBe(400)
  })
})
