/** The VC API for badges: what its clients may have issued, verified and revoked, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken } from '../../src/application/tokens.js'
import { expectProblem } from '../support/http-problems.js'
import { type HttpService, openHttpService } from '../support/http-service.js'
import { call, DID, identity, requestedBadge, SLUG } from '../support/vc-api.js'

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

type Change = (badge: Json) => Json

const subject =
  (change: Json): Change =>
  (badge) => ({
    ...badge,
    credentialSubject: { ...(badge['credentialSubject'] as Json), ...change },
  })
const set =
  (change: Json): Change =>
  (badge) => ({ ...badge, ...change })
const achievement =
  (change: Json): Change =>
  (badge) => {
    const { achievement: one } = badge['credentialSubject'] as { achievement: Json }
    return subject({ achievement: { ...one, ...change } })(badge)
  }
const without =
  (name: string): Change =>
  ({ [name]: _left, ...badge }) =>
    badge

const INVALID = 'REQUEST_INVALID'
const AT = '/credential'
const SUBJECT = '/credential/credentialSubject'

describe('issuing is refused, and nothing recorded,', () => {
  it.each<[string, Change, string, string]>([
    ['without contexts', without('@context'), 'CREDENTIAL_REFUSED', `${AT}/@context`],
    [
      'with a context of its own',
      set({ '@context': [{}] }),
      'CREDENTIAL_REFUSED',
      `${AT}/@context/0`,
    ],
    [
      'with a context that is not kept',
      set({ '@context': ['https://example.org/c'] }),
      'CONTEXT_NOT_PINNED',
      '/@context/0',
    ],
    ['without an id', without('id'), INVALID, AT],
    ['without a type', without('type'), INVALID, AT],
    ['without an issuer', without('issuer'), INVALID, AT],
    ['without a date', without('validFrom'), INVALID, AT],
    ['without a subject', without('credentialSubject'), INVALID, AT],
    ['with a proof', set({ proof: { type: 'DataIntegrityProof' } }), INVALID, `${AT}/proof`],
    [
      'for another issuer',
      set({ issuer: { id: 'did:web:elsewhere.example.org', type: ['Profile'] } }),
      INVALID,
      `${AT}/issuer/id`,
    ],
    [
      'with another name of the issuer',
      set({ issuer: { id: DID, type: ['Profile'], name: 'Other' } }),
      INVALID,
      `${AT}/issuer/name`,
    ],
    ['with an end', set({ validUntil: '2030-01-01T00:00:00Z' }), INVALID, `${AT}/validUntil`],
    ['with another name', set({ name: 'Other' }), INVALID, `${AT}/name`],
    ['dated in the future', set({ validFrom: '2027-01-01T00:00:00Z' }), INVALID, '/decidedAt'],
    [
      'with another schema',
      set({
        credentialSchema: [{ id: 'https://example.org/s', type: '1EdTechJsonSchemaValidator2019' }],
      }),
      INVALID,
      `${AT}/credentialSchema`,
    ],
    [
      'for an achievement elsewhere',
      achievement({ id: 'https://example.org/a' }),
      'ACHIEVEMENT_UNKNOWN',
      `${SUBJECT}/achievement/id`,
    ],
    [
      'for a version that is not in force',
      achievement({ id: `https://badges.example.org/achievements/${SLUG}/2` }),
      'ACHIEVEMENT_UNKNOWN',
      `${SUBJECT}/achievement/id`,
    ],
    [
      'with other words about the achievement',
      achievement({ name: 'Other' }),
      INVALID,
      `${SUBJECT}/achievement/name`,
    ],
    [
      'for a DID that nobody has proven',
      subject({ id: 'did:example:123' }),
      INVALID,
      `${SUBJECT}/id`,
    ],
    [
      'without the earner’s name',
      subject({ identifier: [identity('emailAddress', 'a@example.org')] }),
      INVALID,
      `${SUBJECT}/identifier`,
    ],
    [
      'for two addresses',
      subject({ id: 'mailto:b@example.org' }),
      INVALID,
      `${SUBJECT}/identifier`,
    ],
    [
      'with a level of another achievement',
      subject({
        result: [
          {
            type: ['Result'],
            resultDescription: 'https://example.org/r',
            achievedLevel: 'https://example.org/l',
          },
        ],
      }),
      INVALID,
      `${SUBJECT}/result/0`,
    ],
    [
      'without the results that the rubric needs',
      subject({ result: [] }),
      'CREDENTIAL_REFUSED',
      `${SUBJECT}/result`,
    ],
  ])('%s', async (_name, change, code, pointer) => {
    const before = http.digest()
    const badge = await requestedBadge(http, {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    })
    expectProblem(await issue(change(badge)), { status: 422, code, pointer })
    expect(http.digest()).toBe(before)
  })

  it('without a token, with another scope, and for another issuer than the token’s', async () => {
    const credential = await requestedBadge(http, {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000002',
    })
    const body = { credential }
    const nobody = await call(http, 'credentials/issue', body)
    expectProblem(nobody, { status: 401, code: 'UNAUTHENTICATED' })
    const other = await http.token('reviews:write', 'credentials:status')
    expectProblem(await call(http, 'credentials/issue', body, other), {
      status: 403,
      code: 'FORBIDDEN',
    })
    const district = await createToken(
      http.service.issuing,
      'd',
      ['credentials:issue'],
      'vista-unified',
    )
    expectProblem(await call(http, 'credentials/issue', body, district), {
      status: 403,
      code: 'FORBIDDEN',
    })
  })

  it('where staff release', async () => {
    const staff = await openHttpService({ withAchievement: false })
    try {
      const { issuing } = staff.service
      const { stores } = http.service.issuing.database
      const found = await stores.catalogue.findLatest(SLUG)
      if (found === undefined) throw new Error('the sample is missing')
      const added = { ...found, release: 'staff' as const }
      await issuing.database.stores.catalogue.addVersion(added, '2026-01-01T00:00:00Z')
      const mine = await staff.token('credentials:issue')
      const before = staff.digest()
      const answer = await call(
        staff,
        'credentials/issue',
        { credential: await requestedBadge(staff) },
        mine,
      )
      expectProblem(answer, { status: 409, code: 'REVIEW_NOT_RELEASABLE' })
      expect(staff.digest()).toBe(before)
    } finally {
      await staff.close()
    }
  })
})

describe('a body', () => {
  it.each([
    'credentials/issue',
    'credentials/status',
    'credentials/verify',
    'presentations/verify',
  ])('that cannot be read is refused by %s', async (path) => {
    const all = await http.token()
    expectProblem(await call(http, path, '{', all), { status: 400, code: 'REQUEST_MALFORMED' })
    const twice = await call(http, path, '{"options": {}, "options": {}}', all)
    expectProblem(twice, { status: 400, code: 'REQUEST_MALFORMED', rule: 'duplicate-member' })
    const large = await call(http, path, `{"a": "${'a'.repeat(1_200_000)}"}`, all)
    expectProblem(large, { status: 413, code: 'BODY_TOO_LARGE' })
    const headers = { Authorization: `Bearer ${all}`, 'Content-Type': 'text/plain' }
    const text = await http.send({ method: 'POST', path: `/vc-api/${path}`, headers, body: '{}' })
    expectProblem(text, { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'text'],
    ['a list', []],
    ['an address', { url: 'https://badges.example.org/badges/x' }],
    ['a presentation', { type: 'VerifiablePresentation' }],
  ])('with %s for a credential is refused', async (_name, credential) => {
    expectProblem(await verify(credential), {
      status: 422,
      code: INVALID,
      pointer: '/verifiableCredential',
    })
  })

  it('cannot have itself verified by what it holds', async () => {
    const both = {
      type: ['VerifiableCredential', 'VerifiablePresentation'],
      verifiableCredential: [issued],
    }
    expectProblem(await verify(both), { status: 422, code: INVALID })
    const id = 'data:application/vc+jwt,e30.e30.AA'
    const more = { id, type: 'EnvelopedVerifiableCredential', name: 'Another' }
    expectProblem(await verify(more), { status: 422, code: INVALID })
    const envelope = await verify({ id, type: ['EnvelopedVerifiableCredential'] })
    expectProblem(envelope, { status: 400, code: 'CREDENTIAL_NOT_VERIFIED' })
  })

  it('of something that is no badge is refused while the generic profile is off', async () => {
    const credential = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer: DID,
      credentialSubject: { id: 'did:example:123' },
    }
    expect((await issue(credential)).status).toBe(422)
    expect((await verify(credential)).status).toBe(400)
  })
})

describe('asking often', () => {
  it('is limited as for every check', async () => {
    const limited = await openHttpService({ env: { VERIFY_PER_MINUTE: '2' } })
    try {
      const ask = (path: string) => call(limited, path, {})
      expect((await ask('credentials/verify')).status).toBe(422)
      expect((await ask('presentations/verify')).status).toBe(422)
      expectProblem(await ask('credentials/verify'), { status: 429, code: 'RATE_LIMITED' })
    } finally {
      await limited.close()
    }
  })

  it('counts every credential in a presentation', async () => {
    const limited = await openHttpService({ env: { VERIFY_PER_MINUTE: '4' } })
    try {
      const present = (count: number) => {
        const verifiableCredential = Array.from({ length: count }, () => ({
          type: 'VerifiableCredential',
        }))
        const verifiablePresentation = { type: 'VerifiablePresentation', verifiableCredential }
        return call(limited, 'presentations/verify', { verifiablePresentation })
      }
      expect((await present(2)).status).toBe(400)
      expectProblem(await present(1), { status: 429, code: 'RATE_LIMITED' })
    } finally {
      await limited.close()
    }
  })
})
