/** The picture in which a badge was brought, for the page that shows its result (certification guide 1.5, Displayer). */
import type { VerificationReport } from '../../../domain/verification-report.js'

const PNG_SIGNATURE = '89504e470d0a1a0a'
const MAX_BYTES = 512 * 1024
/** Of either side: a browser unpacks what a few KiB promise. */
const MAX_SIDE_PX = 4096

/**
 * A `data:` address of a baked PNG. Other pictures are not shown: an SVG can draw over what it is shown beside.
 * @returns undefined for anything else, and for what is too large to stand in a page
 */
export function broughtPicture(bytes: Uint8Array, report: VerificationReport): string | undefined {
  const isBaked = report.input?.[0] === 'png' && report.badge !== undefined
  if (!isBaked || bytes.length > MAX_BYTES || !isSmallPng(bytes)) return undefined
  return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
}

/** IHDR comes first (ISO/IEC 15948 section 5.6). */
function isSmallPng(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length < 24 || file.toString('hex', 0, 8) !== PNG_SIGNATURE) return false
  return Math.max(file.readUInt32BE(16), file.readUInt32BE(20)) <= MAX_SIDE_PX
}
