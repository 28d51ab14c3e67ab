/** Keys as anybody may publish them: forms, identifiers, and what is none. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { encode } from 'base58-universal'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { didWebUrl } from '../../src/domain/published-keys/did-web.js'
import {
  decodeBase58,
  decodeBase64url,
  encodeBase58,
} from '../../src/domain/published-keys/key-encodings.js'
import { readKeyMaterial } from '../../src/domain/published-keys/key-material.js'
import { multikeyType } from '../../src/domain/published-keys/multikey.js'
import { publicJwkType } from '../../src/domain/published-keys/public-jwk.js'
import {
  resolveDidJwk,
  resolveDidKey,
  toFullMethodId,
} from '../../src/domain/published-keys/self-describing-dids.js'

const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as JsonObject
const ED25519 = generateKeyPairSync('ed25519')
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const P384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const K256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })
const SMALL_RSA = generateKeyPairSync('rsa', { modulusLength: 1024 })

/** The published examples of the did:key method, and the same with something changed. */
const MULTIKEYS = {
  Ed25519: 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  'P-256': 'zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169',
  'P-384': 'z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9',
}
const withHeader = (header: number[], size: number) =>
  `z${encode(Uint8Array.from([...header, ...new Array<number>(size).fill(2)]))}`

describe('base58', () => {
  it.each([[[]], [[0]], [[0, 0, 1]], [[255, 255]], [[...Array(60).keys()]]])('%j', (bytes) => {
    const text = encodeBase58(Uint8Array.from(bytes))
    expect(text).toBe(encode(Uint8Array.from(bytes)))
    expect([...(decodeBase58(text) ?? [-1])]).toEqual(bytes)
  })

  it.each(['0', 'O', 'I', 'l', ' 1', '1\n', '1'.repeat(141)])('does not read %j', (text) => {
    expect(decodeBase58(text)).toBeUndefined()
  })
})

describe('base64url', () => {
  it.each(['a', 'a=', 'YQ==', 'a+b/', 'YQ\n'])('does not read %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined()
  })
})

describe('Multikey', () => {
  it.each(Object.entries(MULTIKEYS))('%s', (keyType, text) => {
    expect(multikeyType(text)).toBe(keyType)
    expect(readKeyMaterial({ publicKeyMultibase: text })).toEqual({
      keyType,
      publicKeyMultibase: text,
    })
    expect(resolveDidKey(`did:key:${text}`)).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: `did:key:${text}`,
      verificationMethod: [
        {
          id: `did:key:${text}#${text}`,
          type: 'Multikey',
          controller: `did:key:${text}`,
          publicKeyMultibase: text,
        },
      ],
      assertionMethod: [`did:key:${text}#${text}`],
      authentication: [`did:key:${text}#${text}`],
    })
  })

  it.each([
    ['X25519', 'z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc'],
    ['secp256k1', 'zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme'],
    ['one letter more', `${MULTIKEYS['P-256']}1`],
    ['one letter less', MULTIKEYS['P-384'].slice(0, -1)],
    ['a P-256 header and too little', withHeader([0x80, 0x24, 2], 31)],
    ['a point that is not compressed', withHeader([0x80, 0x24, 4], 32)],
    ['a header of another kind', withHeader([0x80, 0x25, 2], 32)],
    ['base58 of nothing', 'z'],
    ['a very long text', `zDn${'1'.repeat(100_000)}`],
  ])('is none: %s', (_name, text) => {
    expect(multikeyType(text)).toBeUndefined()
    expect(resolveDidKey(`did:key:${text}`)).toBeUndefined()
  })
})

describe('JWK', () => {
  it.each([
    ['Ed25519', ED25519],
    ['P-256', P256],
    ['P-384', P384],
    ['RSA', RSA],
  ])('%s', (keyType, { publicKey }) => {
    const publicKeyJwk = jwkOf(publicKey)
    expect(publicJwkType({ ...publicKeyJwk, use: 'sig', key_ops: ['verify'] })).toBe(keyType)
    expect(readKeyMaterial({ publicKeyJwk: { ...publicKeyJwk, kid: 'x' } })).toMatchObject({
      keyType,
      publicKeyJwk,
    })
  })

  it('has the same name as an Ed25519 Multikey', () => {
    const raw = Buffer.from(String(jwkOf(ED25519.publicKey)['x']), 'base64url')
    const publicKeyMultibase = `z${encode(Uint8Array.from([0xed, 1, ...raw]))}`
    expect(readKeyMaterial({ publicKeyJwk: jwkOf(ED25519.publicKey) })).toMatchObject({
      publicKeyMultibase,
    })
  })

  const rsa = jwkOf(RSA.publicKey)
  const ec = jwkOf(P256.publicKey)
  it.each<[string, unknown]>([
    ['a private key', jwkOf(P256.privateKey)],
    ['a private RSA key', jwkOf(RSA.privateKey)],
    ['a secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['another curve', jwkOf(K256.publicKey)],
    ['a small RSA key', jwkOf(SMALL_RSA.publicKey)],
    ['an RSA key with the exponent 1', { ...rsa, e: 'AQ' }],
    ['an RSA key with a leading zero', { ...rsa, n: `AA${String(rsa['n'])}` }],
    ['an endless RSA key', { ...rsa, n: '_'.repeat(1_000_000) }],
    ['a key for encryption', { ...rsa, use: 'enc' }],
    ['a key for no operation', { ...rsa, key_ops: [] }],
    ['half a point', { kty: 'EC', crv: 'P-256', x: ec['x'] ?? '' }],
    ['a point of the other curve', { ...ec, crv: 'P-384' }],
    ['a short coordinate', { ...ec, x: String(ec['x']).slice(1) }],
    ['a text', 'RSA'],
    ['a list', [rsa]],
    ['inherited members', Object.create(rsa)],
  ])('is none to check with: %s', (_name, jwk) => {
    expect(publicJwkType(jwk)).toBeUndefined()
  })
})

describe('did:jwk', () => {
  const encode64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  it('is its own document', () => {
    const publicKeyJwk = jwkOf(P256.publicKey)
    const did = `did:jwk:${encode64(publicKeyJwk)}`
    expect(resolveDidJwk(did)).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
      id: did,
      verificationMethod: [{ id: `${did}#0`, type: 'JsonWebKey', controller: did, publicKeyJwk }],
      assertionMethod: [`${did}#0`],
      authentication: [`${did}#0`],
    })
    expect(toFullMethodId(did)).toBe(`${did}#0`)
    expect(toFullMethodId(`${did}#1`)).toBe(`${did}#1`)
  })

  it.each([
    ['a private key', encode64(jwkOf(P256.privateKey))],
    ['not JSON', 'bm90'],
    ['not UTF-8', '_w'],
    ['not an object', encode64([jwkOf(P256.publicKey)])],
    ['padding', `${Buffer.from('{"kty":"x"}').toString('base64')}=`],
    ['a very long one', encode64({ ...jwkOf(P256.publicKey), kid: 'x'.repeat(5000) })],
  ])('is none: %s', (_name, text) => {
    expect(resolveDidJwk(`did:jwk:${text}`)).toBeUndefined()
  })
})

describe('did:web', () => {
  it.each([
    ['did:web:issuer.example', 'https://issuer.example/.well-known/did.json'],
    ['did:web:issuer.example%3A8443', 'https://issuer.example:8443/.well-known/did.json'],
    ['did:web:issuer.example:a:b', 'https://issuer.example/a/b/did.json'],
    ['did:web:issuer.example%3a8443:a', 'https://issuer.example:8443/a/did.json'],
    ['did:web:issuer.example:J%C3%BCrgen', 'https://issuer.example/J%C3%BCrgen/did.json'],
  ])('%s → %s', (did, url) => {
    expect(didWebUrl(did)).toBe(url)
  })

  it.each([
    '',
    ':',
    'issuer.example:',
    'issuer.example::a',
    'issuer.example%2fa',
    'issuer.example%2Fa',
    'issuer.example/a',
    'issuer.example:..',
    'issuer.example:%2e%2e',
    'issuer.example:.',
    'issuer.example:a%2Fb',
    'issuer.example:a%5Cb',
    'issuer.example:a%3Fb',
    'issuer.example:a%23b',
    'issuer.example:a%00b',
    'issuer.example:a%0Ab',
    'issuer.example:%C3',
    'issuer.example:a%252Fb',
    'issuer.example?x',
    'issuer.example#x',
    'user@issuer.example',
    'user%40issuer.example',
    'issuer.example%3A0',
    'issuer.example%3A123456',
    'issuer.example%3A80%3A80',
    'issuer.example%3A',
    '[::1]',
    '%5B%3A%3A1%5D',
    'issuer.example ',
    'issuer.example\n',
    'bücher.example',
    `issuer.example:${'a'.repeat(600)}`,
  ])('did:web:%s leads nowhere', (rest) => {
    expect(didWebUrl(`did:web:${rest}`)).toBeUndefined()
  })
})
