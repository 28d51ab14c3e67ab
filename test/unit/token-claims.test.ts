/** The claims of a token against the badge in it, in both data models (OB 3.0 section 8.2, VCDM 1.1 section 6.3.1). */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { frozenClock } from '../support/service.js'
import { payloadV1, payloadV2, SIGNERS, summary, tokenOf, verifyWith } from '../support/tokens.js'

const signer = SIGNERS.ES256
const ISSUER = `did:key:${signer.multikey}`
const NOW = frozenClock.now() / 1000
const DAY = 86_400
const START = Date.parse('2025-01-10T09:00:00Z') / 1000

const judged = async (payload: JsonObject, header: JsonObject = {}) =>
  summary(await verifyWith({}, tokenOf(signer, { kid: ISSUER, ...header }, payload)))
const v2 = (change: Readonly<Record<string, unknown>>) => judged(payloadV2(ISSUER, change))
const v1 = (change: Readonly<Record<string, unknown>>) => judged(payloadV1(ISSUER, change))
const mismatch = (pointer: string) => `invalid, proof:claim-mismatch ${pointer}`

const PLACES = {
  iss: '/issuer/id',
  jti: '/id',
  sub: '/credentialSubject/id',
  nbf: '/validFrom',
  exp: '/validUntil',
} as const

describe('a claim of data model 2.0', () => {
  it.each(Object.entries(PLACES))('%s must be that of the badge', async (claim, pointer) => {
    const other = ['nbf', 'exp'].includes(claim) ? [NOW - DAY, NOW + DAY, '1'] : ['urn:other', 7]
    for (const value of [...other, { a: 'b' }, ['a'], true]) {
      const report = await v2({ [claim]: value })
      expect(report).toContain(mismatch(pointer))
    }
  })

  it.each(Object.entries(PLACES))('%s may be missing only for sub', async (claim, pointer) => {
    expect(await v2({ [claim]: undefined })).toBe(claim === 'sub' ? 'valid' : mismatch(pointer))
  })

  it('must have something to repeat', async () => {
    expect(await v2({ validUntil: undefined })).toBe(mismatch('/validUntil'))
    const { credentialSubject } = payloadV2(ISSUER)
    const { id: _id, ...subject } = credentialSubject as JsonObject
    expect(await v2({ credentialSubject: subject })).toBe(mismatch('/credentialSubject/id'))
  })

  it('is named with all others that differ', async () => {
    const payload = payloadV2(ISSUER, { iss: 'urn:a', jti: 'urn:b', sub: 'urn:c' })
    const report = await verifyWith({}, tokenOf(signer, { kid: ISSUER }, payload))
    expect(report.checks.find(({ name }) => name === 'proof')).toEqual({
      name: 'proof',
      outcome: 'failed',
      sentence: 'What the token says beside the badge (iss, jti, sub) is not what the badge says.',
      next: 'Do not rely on this badge; ask its issuer.',
      problems: ['/issuer/id', '/id', '/credentialSubject/id'].map((pointer) => ({
        code: 'claim-mismatch',
        type: 'urn:imprimatur:check:claim-mismatch',
        pointer,
      })),
    })
  })

  it('may be told to the second', async () => {
    const [whole, nbf] = [START, START + 0.25]
    expect(await v2({ validFrom: '2025-01-10T09:00:00.250Z', nbf })).toBe('valid')
    expect(await v2({ validFrom: '2025-01-10T09:00:00.250Z', nbf: whole })).toBe('valid')
    expect(await v2({ validFrom: '2025-01-10T11:00:00+02:00' })).toBe('valid')
  })

  it('may be about the token alone', async () => {
    expect(await v2({ aud: 'https://wallet.example.org', iat: NOW - 10 })).toBe('valid')
  })
})

describe('the dates of a token', () => {
  const dated = (from: number, until: number) =>
    v2({
      validFrom: new Date(from * 1000).toISOString(),
      validUntil: new Date(until * 1000).toISOString(),
      nbf: from,
      exp: until,
    })

  it('are those of the badge: over, or not yet', async () => {
    expect(await dated(NOW - DAY, NOW - 61)).toBe('invalid, dates:expired /validUntil')
    expect(await dated(NOW - DAY, NOW - 59)).toBe('valid')
    expect(await dated(NOW + 61, NOW + DAY)).toBe('invalid, dates:not-yet-valid /validFrom')
    expect(await dated(NOW + 59, NOW + DAY)).toBe('valid')
  })

  it('of signing may not be to come', async () => {
    expect(await v2({ iat: NOW + 61 })).toBe('invalid, proof:proof-from-future')
    expect(await v2({ iat: NOW + 59 })).toBe('valid')
  })

  it.each([['1'], [true], [-1], [253_402_300_800], [9_007_199_254_740_991]])(
    'is none: %j',
    async (iat) => {
      expect(await v2({ iat })).toContain('invalid, proof:token-time')
    },
  )

  it('are those of the signature with the type vc+jwt', async () => {
    const signed = (change: Readonly<Record<string, unknown>>) =>
      judged(payloadV2(ISSUER, change), { typ: 'vc+jwt' })
    expect(await signed({ exp: NOW + DAY, nbf: NOW - DAY })).toBe('valid')
    expect(await signed({ exp: NOW - 61 })).toBe('invalid, proof:proof-expired')
    expect(await signed({ nbf: NOW + 61 })).toBe('invalid, proof:proof-from-future')
    const none = { iss: undefined, jti: undefined, sub: undefined, nbf: undefined, exp: undefined }
    expect(await signed(none)).toBe('valid')
    expect(await signed({ iss: 'urn:a' })).toBe(mismatch('/issuer/id'))
  })
})

describe('the life of the key of a token', () => {
  const WEB = 'did:web:issuer.example.org'
  const kid = `${WEB}#1`
  const life = {
    created: '2025-02-01T00:00:00Z',
    activated: '2025-02-02T00:00:00+01:00',
    retired: '2025-06-01T00:00:00Z',
  }
  const method = { id: kid, controller: WEB, publicKeyJwk: signer.publicKeyJwk, ...life }
  const document = { id: WEB, verificationMethod: [method], assertionMethod: [kid] }
  const signedAt = async (change: Readonly<Record<string, unknown>>) => {
    const token = tokenOf(signer, { kid }, payloadV2(WEB, change))
    return summary(await verifyWith({ [WEB]: document }, token))
  }
  const seconds = (text: string) => Date.parse(text) / 1000
  const outside = 'invalid, keyState:key-not-valid-then /created'

  it('is asked about the date of signing', async () => {
    expect(await signedAt({ iat: seconds('2025-03-01T00:00:00Z') })).toBe('valid')
    expect(await signedAt({ iat: seconds('2025-01-31T00:00:00Z') })).toBe(outside)
    expect(await signedAt({ iat: seconds('2025-06-02T00:00:00Z') })).toBe(outside)
  })

  it('may begin after the badge does, when nobody says when it was signed', async () => {
    const validFrom = '2025-06-02T00:00:00Z'
    expect(await signedAt({})).toBe('valid')
    expect(await signedAt({ validFrom, nbf: seconds(validFrom) })).toBe(outside)
  })
})

describe('a claim of data model 1.1', () => {
  const vc = payloadV1(ISSUER)['vc'] as JsonObject

  it('says what the credential leaves out', async () => {
    const { issuer: _issuer, ...rest } = vc
    const { id: _id, ...profile } = vc['issuer'] as JsonObject
    expect(await v1({})).toBe('valid')
    expect(await v1({ vc: { ...rest, issuer: profile } })).toBe('valid')
    expect(await v1({ exp: NOW + DAY })).toBe('valid')
    expect(await v1({ exp: NOW - 61 })).toBe('invalid, dates:expired /expirationDate')
    expect(await v1({ nbf: NOW + 61 })).toBe('invalid, dates:not-yet-valid /issuanceDate')
  })

  it('must be that of the credential where both say it', async () => {
    const said = { ...vc, id: 'urn:x', issuanceDate: '2025-01-10T09:00:01Z' }
    expect(await v1({ vc: said })).toBe(
      'invalid, proof:claim-mismatch /id, proof:claim-mismatch /issuanceDate',
    )
    expect(await v1({ iss: 'urn:x' })).toBe(mismatch('/issuer/id'))
    const subject = { ...(vc['credentialSubject'] as JsonObject), id: 'urn:y' }
    expect(await v1({ vc: { ...vc, credentialSubject: subject } })).toBe(
      mismatch('/credentialSubject/id'),
    )
    expect(await v1({ vc: { ...vc, expirationDate: '2098-01-01T00:00:00Z' } })).toBe(
      mismatch('/expirationDate'),
    )
  })

  it('may not come with the type vc+jwt, which has no claim vc', async () => {
    expect(await judged(payloadV1(ISSUER), { typ: 'vc+jwt' })).toBe('invalid, proof:token-type')
  })

  it('may also stand beside the members of the credential', async () => {
    const { vc: inner, ...claims } = payloadV1(ISSUER)
    const subject = { ...((inner as JsonObject)['credentialSubject'] as JsonObject) }
    const payload = {
      ...(inner as JsonObject),
      ...claims,
      id: claims['jti'] ?? '',
      issuanceDate: '2025-01-10T09:00:00Z',
      credentialSubject: { ...subject, id: claims['sub'] ?? '' },
    }
    expect(await judged(payload)).toBe('valid')
    expect(await judged({ ...payload, nbf: 1 })).toBe(mismatch('/issuanceDate'))
  })
})
