/** A badge in the forms that verifiers and wallets take, each with the bytes that were signed. */
import type { Response } from 'express'
import type { BadgeRecord } from '../../../application/ports/stores.js'
import {
  achievementOf,
  readCredential,
  readPictured,
  readToken,
  tokenOf,
} from '../../../application/read-badge.js'
import { type BakedType, bakeArt } from '../../images/bake-art.js'
import type { AppParts } from '../app-parts.js'
import { openUp, PICTURE_ONLY } from '../security-headers.js'

/** Suffixes of the forms, behind the code of a badge. */
export const BADGE_FORMS = ['.json', '.jwt', '.png', '.svg'] as const
export type BadgeForm = (typeof BADGE_FORMS)[number]

/** The document under the bare media type: JSON has no charset (RFC 8259). */
export async function sendCredential(
  parts: AppParts,
  code: string,
  mediaType: string,
  response: Response,
): Promise<void> {
  openDocument(response)
  const securedJson = await readCredential(parts.reading, code)
  sendDocument(response, `${code}.json`, mediaType, Buffer.from(securedJson))
}

/** The compact JWS and nothing else (OB 3.0 section 5.1). */
export async function sendToken(
  parts: AppParts,
  code: string,
  mediaType: string,
  response: Response,
): Promise<void> {
  openDocument(response)
  const token = await readToken(parts.reading, code)
  sendDocument(response, `${code}.jwt`, mediaType, Buffer.from(token))
}

/** The art with the document baked in (OB 3.0 section 5.3). */
export async function sendBaked(
  parts: AppParts,
  code: string,
  mediaType: BakedType,
  response: Response,
): Promise<void> {
  openDocument(response)
  const { securedJson, achievement } = await readPictured(parts.reading, code)
  const picture = await bakeArt(parts.artPictures, achievement, securedJson, mediaType)
  response.set('Content-Security-Policy', PICTURE_ONLY)
  sendDocument(response, `${code}.${mediaType === 'image/png' ? 'png' : 'svg'}`, mediaType, picture)
}

/** Her own badge in one of its forms, for whoever has the earner's link; nobody else is let in by it. */
export async function sendOwn(
  parts: AppParts,
  badge: BadgeRecord,
  form: BadgeForm,
  response: Response,
): Promise<void> {
  const { contents, mediaType } = await ownForm(parts, badge, form)
  if (mediaType.startsWith('image/')) response.set('Content-Security-Policy', PICTURE_ONLY)
  response
    .set('Content-Disposition', `attachment; filename="badge-${badge.code}${form}"`)
    .setHeader('Content-Type', mediaType)
  response.send(Buffer.from(contents))
}

async function ownForm(
  parts: AppParts,
  badge: BadgeRecord,
  form: BadgeForm,
): Promise<{ readonly contents: string | Uint8Array; readonly mediaType: string }> {
  if (form === '.json') return { contents: badge.securedJson, mediaType: 'application/json' }
  if (form === '.jwt') return { contents: tokenOf(badge), mediaType: 'application/vc+jwt' }
  const mediaType = form === '.png' ? 'image/png' : 'image/svg+xml'
  const achievement = await achievementOf(parts.reading, badge)
  const contents = await bakeArt(parts.artPictures, achievement, badge.securedJson, mediaType)
  return { contents, mediaType }
}

/** Open to verifiers in browsers, refusals too; search engines find the page, not the file. */
function openDocument(response: Response): void {
  openUp(response).set('X-Robots-Tag', 'noindex')
}

function sendDocument(response: Response, name: string, mediaType: string, bytes: Buffer): void {
  response
    .set('Cache-Control', 'no-cache')
    .set('Content-Disposition', `inline; filename="badge-${name}"`)
    .setHeader('Content-Type', mediaType)
  response.send(bytes)
}
