/** Art that staff bring: PNG or SVG, bounded, made harmless, and drawn once to see that it can be. */
import type { ArtReader } from '../../application/ports/documents.js'
import type { Art } from '../../domain/achievement.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { cleanSvg } from './clean-svg.js'
import { drawApart } from './draw-apart.js'
import { imageInvalid } from './image-invalid.js'
import { isPng } from './png-chunks.js'
import { assertSafeSvg } from './safe-svg.js'
import { assertSoundPng } from './sound-png.js'

const MAX_BYTES = 2 * 1024 * 1024

/**
 * @param drawer module of the drawing process, see `drawApart`
 * @returns a reader that gives an SVG without what drawing programs leave in it, or a PNG of 600 pixels
 *   with its pixels only, and throws ACHIEVEMENT_INVALID with the first thing that is wrong
 */
export function createArtReader(drawer: URL): ArtReader {
  return async (bytes) => {
    try {
      return await readPicture(drawer, bytes)
    } catch (error) {
      if (!(error instanceof IssuerError)) throw error
      throw asBadgeArt(error)
    }
  }
}

function asBadgeArt(error: IssuerError): IssuerError {
  const { rule } = error
  return new IssuerError(
    'ACHIEVEMENT_INVALID',
    error.message.replace(/^The picture/, 'The badge art'),
    { pointer: '/image/file', cause: error, ...(rule === undefined ? {} : { rule }) },
  )
}

async function readPicture(drawer: URL, bytes: Uint8Array): Promise<Art> {
  if (bytes.length === 0) throw imageInvalid('empty', 'is an empty file')
  if (bytes.length > MAX_BYTES) throw imageInvalid('image-too-large', 'is larger than 2 MiB')
  if (isPng(bytes)) {
    assertSoundPng(bytes)
    const content = (await drawApart(drawer, 'png', bytes)).toString('base64')
    return { mediaType: 'image/png', content }
  }
  const content = readSafeSvg(bytes)
  await drawApart(drawer, 'svg', Buffer.from(content))
  return { mediaType: 'image/svg+xml', content }
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
