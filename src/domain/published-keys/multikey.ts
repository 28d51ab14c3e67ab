/** Public keys in Multikey form (Controlled Identifiers 1.0 section 2.2.2). */
import { decodeBase58, encodeBase58 } from './key-encodings.js'
import type { KeyType } from './published-key.js'

/** base58btc of 34 bytes that start with ed 01. */
const ED25519_MULTIKEY = /^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/

export function isEd25519Multikey(text: string): boolean {
  return text.length === 48 && ED25519_MULTIKEY.test(text)
}

const ED25519_HEADER = [0xed, 0x01]

/** Multicodec header as bytes, size of the whole, and how the text begins; points are compressed. */
const CURVES = [
  { keyType: 'P-256', header: [0x80, 0x24], size: 35, start: 'zDn' },
  { keyType: 'P-384', header: [0x81, 0x24], size: 51, start: 'z82' },
] as const

/** PKCS #1 of 2048 to 4096 bits after 85 24; only the did:key method has this form. */
const RSA_MULTIKEY = /^z4MX[1-9A-HJ-NP-Za-km-z]{350,}$/
const MAX_RSA_CHARS = 780

/**
 * What kind of key a Multikey text holds; undefined for other kinds and for broken texts.
 * Whether a point lies on its curve is seen by whoever computes with it.
 */
export function multikeyType(text: string): KeyType | undefined {
  if (isEd25519Multikey(text)) return 'Ed25519'
  if (text.length <= MAX_RSA_CHARS && RSA_MULTIKEY.test(text)) return 'RSA'
  const curve = CURVES.find(({ start }) => text.startsWith(start))
  const bytes = curve && decodeBase58(text.slice(1))
  if (bytes === undefined || curve === undefined || bytes.length !== curve.size) return undefined
  const hasHeader = curve.header.every((byte, index) => bytes[index] === byte)
  const isCompressed = bytes[2] === 2 || bytes[2] === 3
  return hasHeader && isCompressed ? curve.keyType : undefined
}

/** @param raw the 32 bytes of an Ed25519 public key */
export function toEd25519Multikey(raw: Uint8Array): string {
  return `z${encodeBase58(Uint8Array.from([...ED25519_HEADER, ...raw]))}`
}
