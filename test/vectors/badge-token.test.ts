/** A badge of ours as VC-JWT, in the hands of `jose` alone, and what its payload says. */
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { createIndependentVerifier } from '../../src/adapters/independent/independent-verifier.js'
import { writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { generateKey } from '../../src/adapters/proofs/key-folder.js'
import { canonizeToNQuads } from '../../src/adapters/proofs/reference-canonicalizer.js'
import { acceptReview } from '../../src/application/accept-review.js'
import { recordKey } from '../../src/application/manage-keys.js'
import type { BadgeRecord } from '../../src/application/ports/stores.js'
import { readJwk, readJwks } from '../../src/application/read-issuer.js'
import { DEFAULT_ISSUER } from '../../src/domain/issuer.js'
import type { JsonObject } from '../../src/domain/json.js'
import { hasOfficialData } from '../support/official-data.js'
import { aReview, type ReviewInput } from '../support/reviews.js'
import { createOracle } from '../support/schema-oracle.js'
import { frozenClock, openTestService, PASSPHRASE, type TestService } from '../support/service.js'

const BASE_URL = 'https://badges.example.org'

async function issue({ service }: TestService, change: ReviewInput = {}): Promise<BadgeRecord> {
  const review = service.reviewParser.parse(aReview(change))
  const { badge } = await acceptReview(service.issuing, review, { name: 'test' })
  if (badge === undefined) throw new Error('no badge was issued')
  return badge
}

async function verifyWithJwks({ service }: TestService, token: string) {
  const jwks = createLocalJWKSet((await readJwks(service.issuing)) as unknown as { keys: JWK[] })
  const { payload } = await compactVerify(token, jwks)
  return JSON.parse(new TextDecoder().decode(payload)) as JsonObject
}

describe.each(['ES256', 'RS256'] as const)('a badge as VC-JWT with %s', (algorithm) => {
  let opened: TestService
  let badge: BadgeRecord
  let token: string

  beforeAll(async () => {
    opened = await openTestService({ clock: frozenClock, env: { JWT_ALGORITHM: algorithm } })
    if (algorithm === 'RS256') await addRsaKey(opened)
    badge = await issue(opened)
    token = badge.token ?? ''
  })
  afterAll(() => opened.close())

  it('verifies with jose alone against the served JWK Set', async () => {
    expect((await verifyWithJwks(opened, token))['id']).toBe(`${BASE_URL}/badges/${badge.code}`)
  })

  it('has the header members of the standard and no other', () => {
    const { kid = '', ...header } = decodeProtectedHeader(token)
    expect(header).toEqual({ alg: algorithm, typ: 'JWT' })
    expect(kid).toMatch(/^https:\/\/badges\.example\.org\/keys\/[\w-]{20,}$/)
  })

  it('names a key that its address answers with as a single JWK', async () => {
    const { kid = '' } = decodeProtectedHeader(token)
    const jwk = await readJwk(opened.service.issuing, kid.split('/').at(-1) ?? '')
    expect(jwk).toMatchObject({
      kid,
      alg: algorithm,
      use: 'sig',
      iss: 'did:web:badges.example.org',
    })
    expect(jwk).not.toHaveProperty('d')
    await expect(compactVerify(token, await importJWK(jwk as JWK))).resolves.toBeDefined()
  })

  it('is the credential of the embedded form with the claims beside it', async () => {
    const payload = await verifyWithJwks(opened, token)
    const { proof: _proof, ...embedded } = JSON.parse(badge.securedJson)
    const { iss, jti, nbf, sub, exp, ...credential } = payload
    const contexts = embedded['@context'].slice(0, 3)
    expect(credential).toEqual({ ...embedded, '@context': contexts })
    expect({ iss, jti, sub }).toEqual({
      iss: embedded.issuer.id,
      jti: embedded.id,
      sub: embedded.credentialSubject.id,
    })
    expect(nbf).toBe(Date.parse(embedded.validFrom) / 1000)
    expect(exp).toBe(embedded.validUntil && Date.parse(embedded.validUntil) / 1000)
  })

  it.skipIf(!hasOfficialData)(
    'fits the official schema (skipped without ../shared/ob3)',
    async () => {
      const payload = await verifyWithJwks(opened, token)
      expect(createOracle()('achievement-credential', payload)).toBeUndefined()
    },
  )

  it('loses nothing in JSON-LD safe mode, claims included', async () => {
    const loader = createDocumentLoader(await loadPinnedContexts())
    const nquads = await canonizeToNQuads(await verifyWithJwks(opened, token), loader)
    expect(nquads).toContain('<https://www.iana.org/assignments/jwt#jti>')
  })

  it('is not accepted by the second implementation once anything in it is changed', async () => {
    const { verifyToken } = createIndependentVerifier(await loadPinnedContexts())
    const { kid = '' } = decodeProtectedHeader(token)
    const jwk = await readJwk(opened.service.issuing, kid.split('/').at(-1) ?? '')
    expect(await verifyToken(token, jwk)).toEqual([])
    const [header = '', payload = '', signature = ''] = token.split('.')
    const other = Buffer.from(JSON.stringify({ a: 1 })).toString('base64url')
    for (const bad of [
      `${header}.${other}.${signature}`,
      `${header}.${payload}.${signature.slice(4)}AAAA`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
      'no token',
    ])
      expect(await verifyToken(bad, jwk)).toEqual([expect.stringContaining('does not verify')])
  })
})

describe('a badge whose issuer signs no tokens', () => {
  it('has no VC-JWT', async () => {
    for (const JWT_ALGORITHM of ['off', 'RS256']) {
      const opened = await openTestService({ clock: frozenClock, env: { JWT_ALGORITHM } })
      expect((await issue(opened)).token).toBeUndefined()
      await opened.close()
    }
  })
})

async function addRsaKey({ service, settings }: TestService): Promise<void> {
  const key = generateKey('RS256', 2048)
  const made = '2026-01-01T00:00:00Z'
  const { file: _file, ...written } = await writeKeyFile(
    settings.keysDir,
    DEFAULT_ISSUER,
    key,
    PASSPHRASE,
    made,
  )
  await recordKey(service.issuing, written, 'test')
}
