/** The art of an achievement with a credential in it. */
import type { Achievement, Art } from '../../domain/achievement.js'
import type { ArtPictures } from './art-renderer.js'
import { bakePng } from './png-baking.js'
import { bakeSplitSvg } from './svg-baking.js'

/** Forms of a picture that can hold a credential, by the media type of the file. */
export type BakedType = Art['mediaType']

/**
 * @param credential what was signed, as JSON or VC-JWT
 * @returns a PNG of 600 pixels, or the SVG itself; PNG art as SVG is that picture in a frame of SVG
 */
export async function bakeArt(
  pictures: ArtPictures,
  achievement: Achievement,
  credential: string,
  type: BakedType,
): Promise<Buffer> {
  if (type === 'image/png') return bakePng(await pictures.png(achievement), credential)
  return Buffer.from(bakeSplitSvg(pictures.svg(achievement), credential))
}
