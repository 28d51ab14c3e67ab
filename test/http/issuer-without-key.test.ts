/** An issuer that cannot sign: before its first key, and after its only one was given up. */
import { compactVerify, createLocalJWKSet, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addIssuer } from '../../src/application/add-issuer.js'
import { changeKeyState } from '../../src/application/manage-keys.js'
import { importPlainAchievement } from '../support/achievements.js'
import { expectProblem, expectRefused } from '../support/http-problems.js'
import { type HttpService, openHttpService, reviewRequest } from '../support/http-service.js'
import { isVerifiedByLibrary } from '../support/library-verifier.js'
import { aReview } from '../support/reviews.js'
import { NOW } from '../support/service.js'

const HTML = { Accept: 'text/html' }
const UNAVAILABLE = { status: 503, code: 'KEY_UNAVAILABLE' }

let http: HttpService

beforeAll(async () => {
  http = await openHttpService()
})
afterAll(() => http.close())

const read = async (path: string) => (await http.send({ path })).text

describe('an issuer before its first key', () => {
  it('has no page and no document; its achievement has one', async () => {
    await addIssuer(http.service.issuing, { slug: 'new', name: 'A new district' }, 'test')
    for (const path of ['/issuers/new', '/issuers/new/did.json'])
      expectProblem(await http.send({ path }), { status: 404, code: 'NOT_FOUND' })
    await importPlainAchievement(http.service, 'early', { issuer: 'new' })
    const page = await http.send({ path: '/achievements/early/1', headers: HTML })
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('A new district')])
  })
})

describe('an issuer whose only keys were given up', () => {
  const since = '2026-03-20T12:00:00Z'
  let badge: string
  let token: string

  beforeAll(async () => {
    const { code } = await http.badge()
    badge = await read(`/badges/${code}.json`)
    token = await read(`/badges/${code}.jwt`)
    const { issuing } = http.service
    for (const { keyId } of await issuing.database.stores.keys.list('default'))
      await changeKeyState(issuing, keyId, { kind: 'compromise', since }, 'test')
  })

  it('goes on publishing them, as not to be trusted', async () => {
    const document = JSON.parse(await read('/.well-known/did.json'))
    expect(document).toMatchObject({ id: 'did:web:badges.example.org', assertionMethod: [] })
    expect(document.verificationMethod).toEqual([
      expect.objectContaining({ revoked: since }),
      expect.objectContaining({ revoked: since }),
    ])
    expect(await isVerifiedByLibrary(badge, document, NOW)).toBe(false)
    const page = await http.send({ path: '/issuer', headers: HTML })
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringContaining('No longer trusted since'),
    ])
  })

  it('keeps the token key listed, and jose refuses whatever it signed', async () => {
    const jwks = JSON.parse(await read('/.well-known/jwks.json')) as { keys: JWK[] }
    expect(jwks.keys).toEqual([expect.objectContaining({ key_ops: [], compromisedSince: since })])
    await expect(compactVerify(token, createLocalJWKSet(jwks))).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    })
    const sound = jwks.keys.map(({ key_ops: _none, ...key }) => ({ ...key, use: 'sig' }))
    await expect(compactVerify(token, createLocalJWKSet({ keys: sound }))).resolves.toBeDefined()
  })

  it('signs nothing more', async () => {
    const review = reviewRequest(await http.token(), aReview({ id: 'next' }))
    await expectRefused(http, review, UNAVAILABLE)
    const { credentialStatus } = JSON.parse(badge)
    const path = new URL(credentialStatus.statusListCredential).pathname
    expectProblem(await http.send({ path }), UNAVAILABLE)
  })
})
