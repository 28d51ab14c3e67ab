/**
 * The members of one JSON object or the items of one array, as the bytes stand there: enough to see
 * what a document is, without parsing what is still to be judged.
 */

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const isOpening = (byte: number) => byte === 0x7b || byte === 0x5b
const isClosing = (byte: number) => byte === 0x7d || byte === 0x5d

/** More top-level values than any credential has; what follows is not looked at. */
const MAX_PARTS = 256

/** One value, and its name when it stood in an object. */
export type JsonPart = { readonly name: string | undefined; readonly bytes: Uint8Array }

/**
 * One pass over the bytes, whatever they are; broken JSON gives the parts before the break.
 * @param bytes UTF-8 that begins with `{` or `[`, perhaps after white space
 * @returns at most 256 parts; names as they are spelt, escapes and all
 */
export function splitJson(bytes: Uint8Array): readonly JsonPart[] {
  const parts: JsonPart[] = []
  let depth = 0
  let start = 0
  let named: Uint8Array | undefined
  for (let at = 0; at < bytes.length && parts.length < MAX_PARTS; at += 1) {
    const byte = bytes[at] as number
    if (byte === QUOTE) {
      at = endOfString(bytes, at)
    } else if (isOpening(byte)) {
      depth += 1
      if (depth === 1) start = at + 1
    } else if (byte === COLON && depth === 1) {
      named = bytes.subarray(start, at)
      start = at + 1
    } else if ((byte === COMMA || isClosing(byte)) && depth === 1) {
      const value = trimmed(bytes.subarray(start, at))
      if (value.length > 0) parts.push({ name: named && toName(named), bytes: value })
      named = undefined
      start = at + 1
    }
    if (isClosing(byte)) {
      depth -= 1
      if (depth === 0) break
    }
  }
  return parts
}

/** @returns the place of the closing quote, or the end of the bytes */
function endOfString(bytes: Uint8Array, quote: number): number {
  let at = quote + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at
}

const MAX_NAME_BYTES = 64

function toName(bytes: Uint8Array): string {
  const quoted = trimmed(bytes)
  if (quoted.length > MAX_NAME_BYTES) return ''
  return Buffer.from(quoted)
    .toString('latin1')
    .replace(/^"(.*)"$/s, '$1')
}

/** Without JSON's white space at both ends. */
export function trimmed(bytes: Uint8Array): Uint8Array {
  let start = 0
  let end = bytes.length
  while (start < end && isWhite(bytes[start])) start += 1
  while (end > start && isWhite(bytes[end - 1])) end -= 1
  return bytes.subarray(start, end)
}

function isWhite(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
