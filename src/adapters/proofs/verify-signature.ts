/** Signatures by published keys, with Node's own cryptography. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { JsonObject } from '../../domain/json.js'
import { decodeBase58 } from '../../domain/published-keys/key-encodings.js'
import type { KeyType, PublishedKey } from '../../domain/published-keys/published-key.js'

/** The hash that goes with a key (W3C ECDSA Cryptosuites 1.0 section 3.2.3; RFC 7518 section 3.3). */
export const HASH_OF_KEY: Readonly<Record<KeyType, string>> = {
  Ed25519: 'sha256',
  'P-256': 'sha256',
  'P-384': 'sha384',
  RSA: 'sha256',
}

/** SubjectPublicKeyInfo (RFC 5280) up to the key itself, which follows as it stands in a Multikey. */
const SPKI_START: Readonly<Record<KeyType, string | undefined>> = {
  Ed25519: '302a300506032b6570032100',
  'P-256': '3039301306072a8648ce3d020106082a8648ce3d030107032200',
  'P-384': '3046301006072a8648ce3d020106052b81040022033200',
  RSA: undefined,
}

/**
 * Whether a signature is by this key: Ed25519 (RFC 8032) over the data, ECDSA with both halves side by
 * side, or RSA (PKCS #1 1.5) over its hash.
 * @throws Error when the key is none, e.g. a point that is not on the curve
 */
export function isSignedBy(key: PublishedKey, data: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = toKeyObject(key)
  if (key.keyType === 'Ed25519') return verify(null, data, publicKey, signature)
  const hash = HASH_OF_KEY[key.keyType]
  return verify(hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
}

/** @throws Error when the key is none */
export function toKeyObject({
  keyType,
  publicKeyMultibase,
  publicKeyJwk,
}: PublishedKey): KeyObject {
  const start = SPKI_START[keyType]
  if (publicKeyMultibase !== undefined && start !== undefined) {
    const raw = decodeBase58(publicKeyMultibase.slice(1))?.subarray(2) ?? new Uint8Array()
    const der = Buffer.concat([Buffer.from(start, 'hex'), raw])
    return createPublicKey({ key: der, format: 'der', type: 'spki' })
  }
  return createPublicKey({ key: (publicKeyJwk ?? {}) satisfies JsonObject, format: 'jwk' })
}
