/** Baking into, and extracting from, whatever picture a person has. */
import { isToken } from './baked-text.js'
import { imageInvalid } from './image-invalid.js'
import { bakePng, extractFromPng } from './png-baking.js'
import { isPng } from './png-chunks.js'
import { readSafeSvg, readSvgText } from './read-art.js'
import { assertSoundPng } from './sound-png.js'
import { bakeSvg, extractFromSvg } from './svg-baking.js'

const MAX_BYTES = 10 * 1024 * 1024

/**
 * The picture, still of its type, with exactly this credential in it.
 * @param picture a PNG or SVG file of at most 10 MiB, with or without a credential
 * @param credential JSON or a VC-JWT
 * @throws IMAGE_INVALID
 */
export function bakePicture(picture: Uint8Array, credential: string): Buffer {
  assertSize(picture)
  assertCredential(credential)
  if (!isPng(picture)) return Buffer.from(bakeSvg(readSafeSvg(picture), credential))
  assertSoundPng(picture)
  return bakePng(picture, credential)
}

/**
 * The credential in a picture: a badge of this service byte for byte, any other as the same JSON.
 * @throws IMAGE_INVALID
 */
export function extractFromPicture(picture: Uint8Array): string {
  assertSize(picture)
  const found = isPng(picture) ? extractFromPng(picture) : extractFromSvg(readSvgText(picture))
  if (!isCredential(found))
    throw imageInvalid('not-a-credential', 'holds something that is no credential')
  return found
}

function assertSize({ length }: Uint8Array): void {
  if (length === 0) throw imageInvalid('empty', 'is an empty file')
  if (length > MAX_BYTES) throw imageInvalid('image-too-large', 'is larger than 10 MiB')
}

function assertCredential(credential: string): void {
  if (isCredential(credential)) return
  throw imageInvalid(
    'not-a-credential',
    'was given something that is neither a credential in JSON nor a VC-JWT',
  )
}

function isCredential(text: string): boolean {
  if (isToken(text)) return true
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && 'credentialSubject' in parsed
  } catch {
    return false
  }
}
