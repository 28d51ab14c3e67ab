/** Public halves between Node's key objects, JWK (RFC 7517) and Multikey (Controlled Identifiers 1.0). */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { encode } from 'base58-universal'
import type { JsonObject } from '../../domain/json.js'
import type { KeyAlgorithm } from '../../domain/signing-key.js'

/** Multicodec headers of the public keys that have a Multikey form here. */
const ED25519_HEADER = [0xed, 0x01]
const P256_HEADER = [0x80, 0x24]
const MIN_RSA_BITS = 2048

export type PublicKey = {
  readonly algorithm: KeyAlgorithm
  /** The Multikey, or for RSA the RFC 7638 thumbprint (base64url). */
  readonly keyId: string
  readonly publicKeyJwk: JsonObject
  readonly publicKeyMultibase?: string
}

/** The public half of a private or public key; throws TypeError for a kind that signs nothing here. */
export function toPublicKey(key: KeyObject): PublicKey {
  const half = key.type === 'private' ? createPublicKey(key) : key
  const jwk = half.export({ format: 'jwk' })
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') {
    const { kty, crv, x = '' } = jwk
    return named('Ed25519', { kty, crv, x }, toMultikey(ED25519_HEADER, bytesOf(x)))
  }
  if (jwk.kty === 'EC' && jwk.crv === 'P-256') {
    const { kty, crv, x = '', y = '' } = jwk
    const point = [(bytesOf(y).at(-1) ?? 0) % 2 === 0 ? 2 : 3, ...bytesOf(x)]
    return named('ES256', { kty, crv, x, y }, toMultikey(P256_HEADER, point))
  }
  if (jwk.kty === 'RSA' && (half.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS) {
    const { kty, n = '', e = '' } = jwk
    return { algorithm: 'RS256', keyId: toThumbprint({ e, kty, n }), publicKeyJwk: { kty, n, e } }
  }
  throw new TypeError('not an Ed25519, P-256 or RSA key of at least 2048 bits')
}

function named(algorithm: KeyAlgorithm, publicKeyJwk: JsonObject, multikey: string): PublicKey {
  return { algorithm, keyId: multikey, publicKeyJwk, publicKeyMultibase: multikey }
}

function toMultikey(header: readonly number[], key: Iterable<number>): string {
  return `z${encode(Uint8Array.from([...header, ...key]))}`
}

function bytesOf(base64url: string): Uint8Array {
  return Buffer.from(base64url, 'base64url')
}

/** RFC 7638 section 3: SHA-256 of the required members in code unit order, base64url. */
function toThumbprint(members: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}
