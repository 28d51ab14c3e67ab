/** Base58btc multibase values of known length: Ed25519 public keys and signatures. */
import { createPublicKey, type KeyObject } from 'node:crypto'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** Longer than any value read here; the decoder's work grows with the square of the length. */
const MAX_LENGTH = 100
const ED25519_PREFIX = [0xed, 0x01]
const KEY_BYTES = 32

/**
 * Decodes a multibase value with the base58btc prefix `z` (Controlled Identifiers 1.0, section 2.4).
 *
 * @param text the value
 * @returns its bytes; undefined when it is too long or not base58btc
 */
export function decodeBase58btc(text: string): Uint8Array | undefined {
  if (!text.startsWith('z') || text.length > MAX_LENGTH) return undefined
  const digits = text.slice(1)
  let number = 0n
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit)
    if (value < 0) return undefined
    number = number * 58n + BigInt(value)
  }
  const hex = number === 0n ? '' : number.toString(16)
  const zeros = digits.length - digits.replace(/^1+/, '').length
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Uint8Array.from([...new Uint8Array(zeros), ...bytes])
}

/**
 * Reads an Ed25519 public key from its Multikey form (`z6Mk…`; Controlled Identifiers 1.0, section
 * 2.2.2).
 *
 * @param multikey the value of `publicKeyMultibase`
 * @returns the key; undefined when the value is anything else
 */
export function readEd25519Key(multikey: string): KeyObject | undefined {
  const bytes = decodeBase58btc(multikey)
  if (bytes?.length !== ED25519_PREFIX.length + KEY_BYTES) return undefined
  if (ED25519_PREFIX.some((byte, index) => bytes[index] !== byte)) return undefined
  const x = Buffer.from(bytes.subarray(ED25519_PREFIX.length)).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}
