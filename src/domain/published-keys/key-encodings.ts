/** base58btc (Multibase `z`) and base64url of short texts; there is no other use for them here. */

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, BigInt(value)]))

/** The time grows with the square of the length; a signature of P-384 has 132. */
const MAX_CHARS = 140

/** @returns the bytes; undefined for other letters and for texts longer than any key or signature */
export function decodeBase58(text: string): Uint8Array | undefined {
  if (text.length > MAX_CHARS) return undefined
  let number = 0n
  for (const letter of text) {
    const value = VALUES.get(letter)
    if (value === undefined) return undefined
    number = number * 58n + value
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  const bytes: number[] = []
  for (; number > 0n; number >>= 8n) bytes.unshift(Number(number & 255n))
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...bytes])
}

export function encodeBase58(bytes: Uint8Array): string {
  let number = 0n
  for (const byte of bytes) number = (number << 8n) | BigInt(byte)
  let text = ''
  for (; number > 0n; number /= 58n) text = ALPHABET.charAt(Number(number % 58n)) + text
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + text
}

/** @returns the bytes of base64url without padding (RFC 7515 section 2); undefined for anything else */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
