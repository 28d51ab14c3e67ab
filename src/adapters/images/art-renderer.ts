/** Badge art as PNG: one size, one set of fonts, whatever machine renders it. */
import { createRequire } from 'node:module'
import { type RenderedImage, Resvg, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js'
import type { Achievement, Art } from '../../domain/achievement.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { imageInvalid } from './image-invalid.js'
import { type SplitSvg, splitSvg } from './svg-baking.js'

/** Width and height of every rendered picture. */
const ART_SIZE_PX = 600
/** Pictures kept in memory, about 100 KB each; what was rendered longest ago goes first. */
const MAX_KEPT = 100

const require = createRequire(import.meta.url)
const FONTS = '@expo-google-fonts/source-sans-3'
const FAMILY = 'Source Sans 3'

/** Fonts of the machine are not used, so that text in art looks the same everywhere. */
const font: NonNullable<ResvgRenderOptions['font']> = {
  loadSystemFonts: false,
  fontFiles: [
    '400Regular/SourceSans3_400Regular.ttf',
    '400Regular_Italic/SourceSans3_400Regular_Italic.ttf',
    '700Bold/SourceSans3_700Bold.ttf',
  ].map((file) => require.resolve(`${FONTS}/${file}`)),
  defaultFontFamily: FAMILY,
  sansSerifFamily: FAMILY,
  serifFamily: FAMILY,
  monospaceFamily: FAMILY,
}

export type Drawing = {
  /** A PNG of 600 × 600 pixels. */
  readonly png: Uint8Array
  /** Nothing is to be seen; also when the renderer could not read a PNG. */
  readonly isBlank: boolean
}

/**
 * Draws a safe SVG on nothing, in the middle when it is not square.
 * @throws IMAGE_INVALID for an SVG without a size
 */
export async function drawSvg(svg: string): Promise<Drawing> {
  const { width, height } = measure(svg)
  const fitTo = { mode: width < height ? 'height' : 'width', value: ART_SIZE_PX } as const
  const rendered = await renderAsync(svg, { fitTo, font })
  return rendered.width === rendered.height ? toDrawing(rendered) : drawPng(rendered.asPng())
}

/** Draws a sound PNG, scaled to fit: nothing of the file but its pixels. */
export async function drawPng(png: Uint8Array): Promise<Drawing> {
  const size = `width="${ART_SIZE_PX}" height="${ART_SIZE_PX}"`
  const picture = `<image ${size} href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${picture}</svg>`
  return toDrawing(await renderAsync(svg, { font }))
}

function toDrawing(rendered: RenderedImage): Drawing {
  const isBlank = rendered.pixels.every((value, at) => at % 4 < 3 || value === 0)
  return { png: rendered.asPng(), isBlank }
}

function measure(svg: string): { readonly width: number; readonly height: number } {
  try {
    const { width, height } = new Resvg(svg, { font })
    return { width, height }
  } catch {
    throw imageInvalid(
      'svg-size',
      'cannot be drawn; give its root a viewBox, or a width and a height',
    )
  }
}

export type ArtPictures = {
  /**
   * The art of an achievement as PNG.
   * @throws NOT_FOUND for art of an older release that cannot be drawn
   */
  png(achievement: Pick<Achievement, 'art' | 'digest'>): Promise<Uint8Array>
  /** The same as SVG, split where a credential goes; PNG art in a frame of SVG. */
  svg(achievement: Pick<Achievement, 'art' | 'digest'>): SplitSvg
}

async function drawKnown(svg: string): Promise<Uint8Array> {
  try {
    return (await drawSvg(svg)).png
  } catch (cause) {
    const sentence = 'The art of this badge cannot be drawn as a PNG; take the SVG.'
    throw new IssuerError('NOT_FOUND', sentence, { cause })
  }
}

/** Renders each art once: the renderer is quick, but keeps some memory each time. */
export function createArtPictures(): ArtPictures {
  const kept = new Map<string, Promise<Uint8Array>>()
  const split = new Map<string, SplitSvg>()
  return {
    png({ art, digest }) {
      if (art.mediaType === 'image/png') return Promise.resolve(Buffer.from(art.content, 'base64'))
      const before = kept.get(digest)
      if (before !== undefined) return before
      makeRoom(kept)
      const picture = drawKnown(art.content)
      kept.set(digest, picture)
      picture.catch(() => kept.delete(digest))
      return picture
    },
    svg({ art, digest }) {
      const before = split.get(digest)
      if (before !== undefined) return before
      makeRoom(split)
      const fresh = splitSvg(toSvg(art))
      split.set(digest, fresh)
      return fresh
    },
  }
}

/** What came first goes first. */
function makeRoom(kept: Map<string, unknown>): void {
  const [oldest] = kept.keys()
  if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest)
}

function toSvg({ mediaType, content }: Art): string {
  if (mediaType === 'image/svg+xml') return content
  const size = `width="${ART_SIZE_PX}" height="${ART_SIZE_PX}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" ${size}><image ${size} xlink:href="data:image/png;base64,${content}"/></svg>`
}
