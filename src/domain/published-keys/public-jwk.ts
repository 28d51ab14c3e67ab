/** Public keys as JSON Web Keys (RFC 7517, 7518 section 6, 8037), as far as they can check a signature. */
import { isJsonObject, type JsonObject, listMember, member, textMember } from '../json.js'
import { decodeBase64url } from './key-encodings.js'
import type { KeyType } from './published-key.js'

/** Members of private and of symmetric keys: whoever publishes one has no secret any more. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

/** Bytes of one coordinate. */
const SIZES: Readonly<Record<string, number>> = { Ed25519: 32, 'P-256': 32, 'P-384': 48 }

/** From 2048 bit (OB 3.0 section 8.2, NIST SP 800-131A) to what can be computed quickly. */
const MIN_RSA_BYTES = 256
const MAX_RSA_BYTES = 1024

/**
 * What kind of key a JWK is; undefined when it is of another kind, private, broken, too small, or not
 * for checking signatures.
 */
export function publicJwkType(jwk: unknown): KeyType | undefined {
  if (!isJsonObject(jwk) || !isForSignatures(jwk)) return undefined
  if (hasPrivateHalf(jwk)) return undefined
  const curve = textMember(jwk, 'crv')
  switch (textMember(jwk, 'kty')) {
    case 'OKP':
      return curve === 'Ed25519' && hasSize(jwk, 'x', curve) ? curve : undefined
    case 'EC':
      if (curve !== 'P-256' && curve !== 'P-384') return undefined
      return hasSize(jwk, 'x', curve) && hasSize(jwk, 'y', curve) ? curve : undefined
    case 'RSA':
      return isSoundRsa(jwk) ? 'RSA' : undefined
    default:
      return undefined
  }
}

/** Whether what only the owner of a key may know is published with it. */
export function hasPrivateHalf(jwk: unknown): boolean {
  return PRIVATE_MEMBERS.some((name) => member(jwk, name) !== undefined)
}

/** The members that make the key (RFC 7638 section 3.2), and the only algorithm that it is for, if any. */
export function bareJwk(jwk: JsonObject): JsonObject {
  const names = ['kty', 'crv', 'x', 'y', 'n', 'e', 'alg']
  return Object.fromEntries(Object.entries(jwk).filter(([name]) => names.includes(name)))
}

/** A key without a word about its use is good for all (RFC 7517 sections 4.2 and 4.3). */
export function isForSignatures(jwk: JsonObject): boolean {
  const operations = member(jwk, 'key_ops')
  const isAllowed = operations === undefined || listMember(jwk, 'key_ops').includes('verify')
  return isAllowed && (member(jwk, 'use') ?? 'sig') === 'sig'
}

function hasSize(jwk: JsonObject, name: string, curve: string): boolean {
  return decodeBase64url(textMember(jwk, name) ?? '')?.length === SIZES[curve]
}

/** With the exponent 1 anybody could sign; nobody uses another than 65537. */
function isSoundRsa(jwk: JsonObject): boolean {
  const modulus = textMember(jwk, 'n') ?? ''
  if (modulus.length > MAX_RSA_BYTES * 2 || textMember(jwk, 'e') !== 'AQAB') return false
  const bytes = decodeBase64url(modulus)
  const isLong = bytes !== undefined && bytes.length >= MIN_RSA_BYTES
  return isLong && bytes.length <= MAX_RSA_BYTES && (bytes[0] ?? 0) >= 0x80
}
