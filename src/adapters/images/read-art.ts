/** Art that staff bring: PNG or SVG, bounded, made harmless, and drawn once to see that it can be. */
import type { Art } from '../../domain/achievement.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { type Drawing, drawPng, drawSvg } from './art-renderer.js'
import { cleanSvg } from './clean-svg.js'
import { imageInvalid } from './image-invalid.js'
import { isPng } from './png-chunks.js'
import { assertSafeSvg } from './safe-svg.js'
import { assertSoundPng } from './sound-png.js'

const MAX_BYTES = 2 * 1024 * 1024

/**
 * @param bytes the file
 * @returns an SVG without what drawing programs leave in it, or a PNG of 600 pixels with its pixels only
 * @throws ACHIEVEMENT_INVALID with the first thing that is wrong
 */
export async function readArt(bytes: Uint8Array): Promise<Art> {
  try {
    return await readPicture(bytes)
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    const sentence = error.message.replace(/^The picture/, 'The badge art')
    const { rule } = error
    throw new IssuerError('ACHIEVEMENT_INVALID', sentence, {
      pointer: '/image/file',
      cause: error,
      ...(rule === undefined ? {} : { rule }),
    })
  }
}

async function readPicture(bytes: Uint8Array): Promise<Art> {
  if (bytes.length === 0) throw imageInvalid('empty', 'is an empty file')
  if (bytes.length > MAX_BYTES) throw imageInvalid('image-too-large', 'is larger than 2 MiB')
  if (isPng(bytes)) return readPngArt(bytes)
  const content = readSafeSvg(bytes)
  assertVisible(await drawSvg(content))
  return { mediaType: 'image/svg+xml', content }
}

async function readPngArt(bytes: Uint8Array): Promise<Art> {
  assertSoundPng(bytes)
  const drawing = await drawPng(bytes)
  assertVisible(drawing)
  return { mediaType: 'image/png', content: Buffer.from(drawing.png).toString('base64') }
}

function assertVisible({ isBlank }: Drawing): void {
  if (isBlank) throw imageInvalid('blank', 'shows nothing')
}

/**
 * @returns the SVG without what drawing programs leave in it, and without a credential
 * @throws IMAGE_INVALID for anything else than an SVG that is safe to show
 */
export function readSafeSvg(bytes: Uint8Array): string {
  const svg = cleanSvg(readSvgText(bytes))
  assertSafeSvg(svg)
  return svg
}

/** @throws IMAGE_INVALID unless the file may be an SVG: UTF-8 that begins with a tag */
export function readSvgText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes)
  if (text === undefined || !/^\s*</.test(text))
    throw imageInvalid('not-an-image', 'is neither a PNG nor an SVG in UTF-8')
  return text
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
