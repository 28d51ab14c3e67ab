/** Credentials inside PNG (OB 3.0 section 5.3.1). Pixels are carried over, never decoded. */
import { fromBakedText, toBakedText } from './baked-text.js'
import { imageInvalid } from './image-invalid.js'
import { type PngChunk, readChunks, writeChunks } from './png-chunks.js'

const KEYWORD = 'openbadgecredential'
/** Of Open Badges 2.0; a picture must not hold both. */
const OLD_KEYWORD = 'openbadges'
const TEXT_CHUNKS = ['iTXt', 'tEXt', 'zTXt']
/** Twice what a credential may have: written in ASCII alone, text of other scripts grows. */
const MAX_TEXT_BYTES = 2 * 1024 * 1024
/** After the keyword: not compressed, method 0, no language, no translated keyword. */
const PLAIN = Buffer.from([0, 0, 0, 0, 0])

/**
 * The picture with exactly one credential in it, right after the header; one that was there is replaced.
 * @param credential a secured credential as JSON, or a VC-JWT
 * @throws IMAGE_INVALID when `png` is not a sound PNG
 */
export function bakePng(png: Uint8Array, credential: string): Buffer {
  const [header, ...others] = readChunks(png).filter(
    (chunk) => !hasKeyword(chunk, KEYWORD) && !hasKeyword(chunk, OLD_KEYWORD),
  )
  if (header === undefined) throw imageInvalid('png-header', 'has no proper header')
  return writeChunks([header, toTextChunk(credential), ...others])
}

/**
 * The credential as it was given to `bakePng`: the same text for what we wrote, the same JSON for what
 * others wrote.
 * @throws IMAGE_INVALID unless there is exactly one, uncompressed and in UTF-8
 */
export function extractFromPng(png: Uint8Array): string {
  const found = readChunks(png).filter((chunk) => hasKeyword(chunk, KEYWORD))
  const [chunk] = found
  if (chunk === undefined)
    throw imageInvalid('no-credential', 'holds no Open Badges 3.0 credential')
  if (found.length > 1) throw imageInvalid('two-credentials', 'holds more than one credential')
  return fromBakedText(readText(chunk))
}

function toTextChunk(credential: string): PngChunk {
  const text = Buffer.from(toBakedText(credential), 'latin1')
  return { type: 'iTXt', data: Buffer.concat([Buffer.from(KEYWORD, 'latin1'), PLAIN, text]) }
}

function hasKeyword({ type, data }: PngChunk, keyword: string): boolean {
  if (!TEXT_CHUNKS.includes(type)) return false
  const start = Buffer.from(data.subarray(0, keyword.length + 1)).toString('latin1')
  return start === `${keyword}\0`
}

/** Language and translated keyword may stand before the text; compression may not be used. */
function readText({ type, data }: PngChunk): string {
  if (data.length > MAX_TEXT_BYTES)
    throw imageInvalid('text-too-large', 'holds more than a credential can be: over 2 MiB of text')
  const afterKeyword = data.subarray(KEYWORD.length + 1)
  if (type !== 'iTXt' || afterKeyword[0] !== 0)
    throw imageInvalid(
      'compressed-credential',
      'holds its credential in a form that is not allowed',
    )
  const languageEnd = afterKeyword.indexOf(0, 2)
  const start = languageEnd < 0 ? -1 : afterKeyword.indexOf(0, languageEnd + 1)
  if (start < 0) throw imageInvalid('credential-cut', 'holds a credential that is cut off')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(afterKeyword.subarray(start + 1))
  } catch {
    throw imageInvalid('credential-encoding', 'holds a credential that is not UTF-8')
  }
}
