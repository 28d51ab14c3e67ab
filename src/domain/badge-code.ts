/** Badge codes: 128 random bits in Crockford base32, lower case. Readable aloud, no look-alikes. */

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const CODE_LENGTH = 26
const CODE_BYTES = 16

/** 16 random bytes → 26 characters (the first two bits are zero padding). Throws on another length. */
export function toBadgeCode(bytes: Uint8Array): string {
  if (bytes.length !== CODE_BYTES) throw new RangeError('a badge code is made of 16 bytes')
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  let code = ''
  for (let place = CODE_LENGTH - 1; place >= 0; place -= 1) {
    code += ALPHABET[Number((bits >> BigInt(place * 5)) & 31n)]
  }
  return code
}

/**
 * Reads a code as people write it: any case, `o` for 0, `i` and `l` for 1, with or without hyphens
 * (Crockford's decoding rules). Returns the canonical form, or undefined when it is none.
 */
export function parseBadgeCode(text: string): string | undefined {
  if (text.length > 2 * CODE_LENGTH || !/^[0-9A-Za-z-]*$/.test(text)) return undefined
  const code = text.toLowerCase().replaceAll('-', '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(code) ? code : undefined
}

/**
 * The code in the last part of a badge's address, whatever query, fragment or slash stands behind it.
 * @param ending of the forms that may be named, e.g. `.json`
 */
export function parseBadgeName(name: string, ending: RegExp): string | undefined {
  const [path = ''] = name.split(/[?#]/, 1)
  return parseBadgeCode(path.replace(/\/$/, '').replace(ending, ''))
}

/** The permanent page of a badge; also the credential's `id`. */
export function badgeUrl(baseUrl: string, code: string): string {
  return `${baseUrl}/badges/${code}`
}
