/** The programme and two districts on one service: each signs with its own keys, under its own name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { addIssuer } from '../../src/application/add-issuer.js'
import { recordKey } from '../../src/application/manage-keys.js'
import { createToken, SCOPES } from '../../src/application/tokens.js'
import { canonicalJson, type JsonObject } from '../../src/domain/json.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { importPlainAchievement } from '../support/achievements.js'
import { expectProblem, expectRefused } from '../support/http-problems.js'
import {
  type BadgeAnswer,
  badgeOf,
  type HttpService,
  openHttpService,
  reviewRequest,
} from '../support/http-service.js'
import { isVerifiedByLibrary } from '../support/library-verifier.js'
import { aReview } from '../support/reviews.js'
import { frozenClock, keyFromSeed, NOW, PASSPHRASE, p256FromSeed } from '../support/service.js'
import { secure } from '../support/signed-badges.js'
import { summary, tokenOf, tokenSigner } from '../support/tokens.js'

const DISTRICTS = { 'vista-unified': 21, 'metro-nashville': 22 } as const
type Slug = keyof typeof DISTRICTS
const MADE = '2026-01-01T00:00:00Z'
const didOf = (slug: Slug) => `did:web:badges.example.org:issuers:${slug}`

let http: HttpService
const tokens = new Map<string, string>()
const badges = new Map<string, BadgeAnswer>()

beforeAll(async () => {
  http = await openHttpService({ clock: frozenClock })
  for (const slug of Object.keys(DISTRICTS) as Slug[]) await addDistrict(slug)
  for (const slug of Object.keys(DISTRICTS) as Slug[])
    badges.set(slug, badgeOf(await http.send(reviewOf(slug, slug))))
})
afterAll(() => http.close())

async function addDistrict(slug: Slug): Promise<void> {
  const { issuing } = http.service
  await addIssuer(issuing, { slug, name: `District ${slug}` }, 'test')
  const seed = Buffer.alloc(32, DISTRICTS[slug])
  for (const key of [keyFromSeed(seed), p256FromSeed(seed)]) {
    const written = await writeKeyFile(http.settings.keysDir, slug, key, PASSPHRASE, MADE)
    const { file: _file, ...made } = written
    await recordKey(issuing, made, 'test')
  }
  await importPlainAchievement(http.service, `${slug}-badge`, { issuer: slug })
  tokens.set(slug, await createToken(issuing, slug, SCOPES, slug))
}

/** A review for the achievement of one district, sent with the token of another. */
function reviewOf(slug: Slug, sender: string, id = `${slug}-one`) {
  const { rubric: _none, ...review } = aReview({ id, achievement: `${slug}-badge` })
  return reviewRequest(tokens.get(sender) ?? '', review)
}
const get = async (path: string) => (await http.send({ path })).json() as JsonObject
async function documentOf(slug: Slug): Promise<Record<string, JsonObject>> {
  return (await get(`/badges/${badges.get(slug)?.code}.json`)) as Record<string, JsonObject>
}
async function verify(document: JsonObject): Promise<VerificationReport> {
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify(document)
  const answer = await http.send({ method: 'POST', path: '/api/v1/verify', headers, body })
  return answer.json() as unknown as VerificationReport
}

describe.each(Object.keys(DISTRICTS) as Slug[])('the badge of %s', (slug) => {
  it('is signed by its own issuer, and verifies here and with a stranger’s library', async () => {
    const document = await documentOf(slug)
    expect(document['issuer']).toMatchObject({ id: didOf(slug), name: `District ${slug}` })
    expect((await verify(document as JsonObject)).verdict).toBe('valid')
    const did = await get(`/issuers/${slug}/did.json`)
    expect(did['id']).toBe(didOf(slug))
    expect(await isVerifiedByLibrary(JSON.stringify(document), did, NOW)).toBe(true)
    const programme = await get('/.well-known/did.json')
    await expect(isVerifiedByLibrary(JSON.stringify(document), programme, NOW)).resolves.toBe(false)
  })

  it('stands in a status list of its own issuer', async () => {
    const { statusListCredential } = (await documentOf(slug))['credentialStatus'] as never
    const list = await get(new URL(statusListCredential).pathname)
    expect(list['issuer']).toMatchObject({ id: didOf(slug) })
    expect(JSON.stringify(list['proof'])).toContain(`${didOf(slug)}#`)
    const did = await get(`/issuers/${slug}/did.json`)
    expect(await isVerifiedByLibrary(JSON.stringify(list), did, NOW)).toBe(true)
  })

  it('names a page of its issuer, which is the Profile for machines', async () => {
    const profile = await get(`/issuers/${slug}`)
    expect(profile).toMatchObject({ id: didOf(slug), type: ['Profile'] })
    const path = new URL(badges.get(slug)?.url ?? '').pathname
    const page = await http.send({ path, headers: { Accept: 'text/html' } })
    expect(page.text).toContain(`/issuers/${slug}"`)
  })
})

describe('the front page', () => {
  it('says whose an achievement is, when it is not the programme’s', async () => {
    const { text } = await http.send({ path: '/', headers: { Accept: 'text/html' } })
    for (const slug of Object.keys(DISTRICTS))
      expect(text).toContain(`Micro-credential of <bdi>District ${slug}</bdi>`)
    expect(text).not.toContain('<bdi>Future Ready Librarians')
  })
})

describe('what an issuer has', () => {
  it('is not shared: no key of one is published by another', async () => {
    const documents = [
      await get('/.well-known/did.json'),
      await get('/issuers/vista-unified/did.json'),
      await get('/issuers/metro-nashville/did.json'),
    ]
    const keys = documents.flatMap((one) =>
      (one['verificationMethod'] as unknown as JsonObject[]).map(
        (method) => method['publicKeyMultibase'] ?? canonicalJson(method['publicKeyJwk'] ?? null),
      ),
    )
    expect(keys.length).toBe(6)
    expect(new Set(keys).size).toBe(6)
  })

  it('cannot be taken over: a key is recorded for one issuer only', async () => {
    const { issuing } = http.service
    const before = http.digest()
    const { keyId } = (await issuing.database.stores.keys.list('vista-unified'))[0] ?? { keyId: '' }
    const key = await issuing.keyRing.read(keyId)
    await expect(
      recordKey(issuing, { ...key, issuer: 'metro-nashville' }, 'test'),
    ).rejects.toMatchObject({ code: 'KEY_EXISTS' })
    expect(http.digest()).toBe(before)
  })

  it('does not verify what another has signed in its name', async () => {
    const { proof: _proof, ...document } = (await documentOf('vista-unified')) as JsonObject
    const controller = didOf('metro-nashville')
    const own = await get('/issuers/metro-nashville/did.json')
    const methods = own['verificationMethod'] as unknown as {
      id: string
      publicKeyMultibase?: string
    }[]
    const method = methods.find((one) => one.publicKeyMultibase?.startsWith('z6Mk'))
    const key = keyFromSeed(Buffer.alloc(32, DISTRICTS['metro-nashville']))
    const signer = {
      key,
      method: {
        id: method?.id ?? '',
        controller,
        publicKeyMultibase: method?.publicKeyMultibase ?? '',
      },
    }
    const created = '2026-03-20T12:00:00Z'
    expect((await verify(await secure(document, [signer], { created }))).verdict).toBe('invalid')
  })
})

describe('the badge of a district as a token', () => {
  const bring = async (body: string) => {
    const headers = { 'Content-Type': 'application/vc+jwt' }
    const answer = await http.send({ method: 'POST', path: '/api/v1/verify', headers, body })
    return summary(answer.json() as unknown as VerificationReport)
  }
  const partsOf = async (slug: Slug) => {
    const { text } = await http.send({ path: `/badges/${badges.get(slug)?.code}.jwt` })
    const [header, payload] = text
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
    return { text, header: JSON.parse(header ?? ''), payload: JSON.parse(payload ?? '') }
  }

  it('verifies here', async () => {
    for (const slug of Object.keys(DISTRICTS) as Slug[])
      expect(await bring((await partsOf(slug)).text)).toBe('valid')
  })

  it('does not when another has signed it, under its own key or under that of the district', async () => {
    const { header: vista, payload } = await partsOf('vista-unified')
    const { header: metro } = await partsOf('metro-nashville')
    const seed = Buffer.alloc(32, DISTRICTS['metro-nashville'])
    const signer = tokenSigner('ES256', p256FromSeed(seed))
    expect(await bring(tokenOf(signer, metro, payload))).toBe(
      'invalid, issuerKey:issuer-key-mismatch, proof:proof-not-checked',
    )
    expect(await bring(tokenOf(signer, vista, payload))).toBe('invalid, proof:signature-mismatch')
    const { alg, publicKeyJwk: jwk } = signer
    expect(await bring(tokenOf(signer, { alg, jwk }, payload))).toContain(
      'invalid, issuerKey:issuer-key-mismatch',
    )
  })
})

describe('a token', () => {
  it('speaks for its own issuer only', async () => {
    for (const [slug, sender] of [
      ['vista-unified', 'metro-nashville'],
      ['metro-nashville', 'vista-unified'],
    ] as const)
      await expectRefused(http, reviewOf(slug, sender, 'two'), { status: 403, code: 'FORBIDDEN' })
    const programme = reviewRequest(tokens.get('vista-unified') ?? '', aReview({ id: 'three' }))
    await expectRefused(http, programme, { status: 403, code: 'FORBIDDEN' })
  })

  it('of the programme speaks for no district', async () => {
    tokens.set('default', await http.token())
    const request = reviewOf('vista-unified', 'default', 'four')
    await expectRefused(http, request, { status: 403, code: 'FORBIDDEN' })
  })

  it('releases and withdraws nothing of another issuer', async () => {
    const members = { issuer: 'vista-unified', release: 'staff' }
    await importPlainAchievement(http.service, 'by-hand', members)
    const { rubric: _none, ...review } = aReview({ id: 'by-hand', achievement: 'by-hand' })
    const own = tokens.get('vista-unified') ?? ''
    expect((await http.send(reviewRequest(own, review))).status).toBe(201)
    const release = (token: string) => ({
      method: 'POST',
      path: '/api/v1/reviews/test/by-hand/1/release',
      headers: { Authorization: `Bearer ${token}` },
    })
    const foreign = tokens.get('metro-nashville') ?? ''
    const forbidden = { status: 403, code: 'FORBIDDEN' }
    await expectRefused(http, release(foreign), forbidden)
    const withdrawal = reviewRequest(foreign, { ...review, decision: 'withdrawn' })
    await expectRefused(http, withdrawal, forbidden)
    expect(badgeOf(await http.send(release(own)))).toHaveProperty('code')
  })

  it('changes no badge of another issuer among many, and is told whose it is', async () => {
    const { code } = badges.get('vista-unified') ?? { code: '' }
    const body = { changes: [{ code, change: 'revoke', reason: 'Why.' }] }
    const before = http.digest()
    const { results } = (
      await http.send({
        ...reviewRequest(tokens.get('metro-nashville') ?? '', body),
        path: '/api/v1/badges/status',
      })
    ).json()
    const detail =
      'This token belongs to the issuer “metro-nashville”, and this is a matter of “vista-unified”.'
    const problem = expect.objectContaining({ code: 'FORBIDDEN', detail })
    expect(results).toEqual([{ problem }])
    expect(http.digest()).toBe(before)
  })

  it.each(['status', 'correction'])('changes no badge of another issuer: %s', async (what) => {
    const path = `/api/v1/badges/${badges.get('vista-unified')?.code}/${what}`
    const body =
      what === 'status'
        ? { change: 'revoke', reason: 'Why.' }
        : { candidate: { name: 'Zoë' }, reason: 'Why.' }
    const as = (sender: string) => ({
      ...reviewRequest(tokens.get(sender) ?? '', body),
      path,
    })
    await expectRefused(http, as('metro-nashville'), { status: 403, code: 'FORBIDDEN' })
    const answer = await http.send(as('vista-unified'))
    expect(answer.status).toBe(what === 'status' ? 200 : 409)
    if (what === 'correction') expectProblem(answer, { status: 409, code: 'STATUS_CONFLICT' })
  })
})

describe('an issuer that there is not', () => {
  it('has no page, no document, and cannot be named by an achievement', async () => {
    for (const path of ['/issuers/nobody', '/issuers/nobody/did.json', '/issuers/..%2Fx'])
      expectProblem(await http.send({ path }), { status: 404, code: 'NOT_FOUND' })
    const before = http.digest()
    const orphan = importPlainAchievement(http.service, 'orphan', { issuer: 'nobody' })
    await expect(orphan).rejects.toMatchObject({ code: 'ISSUER_UNKNOWN' })
    expect(http.digest()).toBe(before)
  })
})
