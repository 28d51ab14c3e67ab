/** The QR code (ISO/IEC 18004) that a picture without a credential shows. */
import { decode as decodeJpeg } from 'jpeg-js'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import type { FoundInput } from '../../application/ports/inputs.js'
import { isJpeg, readJpegSize } from './jpeg-size.js'
import { trimmed } from './json-members.js'
import { readJson } from './read-json.js'
import { readText } from './read-text.js'
import { refuse } from './refusals.js'
import { type Pixels, shrink } from './shrink.js'
import { TOO_LONG, withinTime } from './within-time.js'

const MAX_PIXELS = 4_000_000
/** What a JPEG of the most pixels takes. */
const MAX_MEMORY_MB = 96
/** Of the longer side; small codes in large pictures are looked for at full size after that. */
const FIRST_SIDE_PX = 800
/** Modules across the smallest QR code. */
const MIN_SIDE_PX = 21

// The package's types and its CommonJS build disagree about where the function is.
const scan = jsQR as unknown as typeof jsQR.default

/**
 * What the QR code in a picture says, read as if it had been brought itself. The finder takes time with
 * the square of the pixels when a picture is noise, so the clock is its limit.
 * @param picture a JPEG, or a PNG that is whole
 * @param limitMs for unpacking and finding
 * @param assertSound throws when its pixels do not unpack to what its header says; called once that is
 *   known to be little
 */
export function readQr(picture: Uint8Array, limitMs: number, assertSound = () => {}): FoundInput {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  const size = isJpeg(bytes) ? readJpegSize(bytes) : readPngSize(bytes)
  if (size === undefined) return refuse('jpeg-broken')
  if (size.width * size.height > MAX_PIXELS) return refuse('pixels-too-many')
  assertSound()
  const found = withinTime(() => findCode(bytes), limitMs)
  if (found === TOO_LONG) return refuse('qr-too-costly')
  if (found === 'broken') return refuse(isJpeg(bytes) ? 'jpeg-broken' : 'png-pixels')
  if (found === undefined) return refuse('no-qr')
  return readContent(found)
}

/** IHDR comes first (ISO/IEC 15948 section 5.6). */
function readPngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { width: file.getUint32(16), height: file.getUint32(20) }
}

function findCode(bytes: Buffer): Uint8Array | 'broken' | undefined {
  const pixels = decodePixels(bytes)
  if (pixels === undefined) return 'broken'
  const first = Math.ceil(Math.max(pixels.width, pixels.height) / FIRST_SIDE_PX)
  for (const step of new Set([first, Math.ceil(first / 2), 1])) {
    const code = scanPixels(shrink(pixels, step))
    if (code !== undefined) return code
  }
  return undefined
}

/** Decoders of pictures throw errors of every kind for broken ones. */
function decodePixels(bytes: Buffer): Pixels | undefined {
  try {
    if (!isJpeg(bytes)) return PNG.sync.read(bytes)
    return decodeJpeg(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      maxResolutionInMP: MAX_PIXELS / 1_000_000,
      maxMemoryUsageInMB: MAX_MEMORY_MB,
    })
  } catch {
    return undefined
  }
}

function scanPixels(picture: ReturnType<typeof shrink>): Uint8Array | undefined {
  const { width, height, data } = picture
  if (Math.min(width, height) < MIN_SIDE_PX) return undefined
  try {
    const code = scan(data, width, height)
    return code === null ? undefined : Uint8Array.from(code.binaryData)
  } catch {
    return undefined
  }
}

function readContent(content: Uint8Array): FoundInput {
  const inner = trimmed(content)
  return inner[0] === 0x7b ? readJson(inner, 'qr') : readText(inner, 'qr')
}
