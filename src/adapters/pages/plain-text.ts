/** What of a user's text may reach a page: everything that can be seen, nothing that steers. */

/**
 * Code points that are removed: controls except tab and newline, zero-width characters and marks,
 * bidirectional embeddings, overrides and isolates (Unicode UAX #9), the byte order mark, and
 * surrogates without a partner. They can make a name read as another one, or hide text.
 */
const REMOVED: readonly (readonly [number, number])[] = [
  [0x0000, 0x0008],
  [0x000b, 0x001f],
  [0x007f, 0x009f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
]

const REMOVED_PATTERN = new RegExp(
  `[${REMOVED.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join('')}]`,
  'gu',
)

/**
 * The text without control, zero-width and bidirectional characters; letters of every script stay.
 * Every text that a person outside the programme could have written passes through here.
 */
export function plainText(text: string): string {
  return text.replace(REMOVED_PATTERN, '')
}

/** `plainText` on one line and at most `limit` code points long, for titles and meta tags. */
export function plainLine(text: string, limit: number): string {
  const line = [...plainText(text).replace(/\s+/gu, ' ').trim()]
  return line.length <= limit
    ? line.join('')
    : `${line
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
}
