/** Ed25519 keys between Node's key objects and the Multikey form (W3C EdDSA cryptosuites 2.1.1). */
import type { KeyObject } from 'node:crypto'
import { encode } from 'base58-universal'

/** Multicodec header of an Ed25519 public key. */
const HEADER = [0xed, 0x01]

/** `z6Mk…` for a public or private Ed25519 key object; throws TypeError for any other key. */
export function toMultibase(key: KeyObject): string {
  const { crv, x } = key.export({ format: 'jwk' })
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('not an Ed25519 key')
  return `z${encode(Uint8Array.from([...HEADER, ...Buffer.from(x, 'base64url')]))}`
}
