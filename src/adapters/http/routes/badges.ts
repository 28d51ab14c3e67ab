/** A badge for people and machines at one address. */
import { type RequestHandler, type Response, Router } from 'express'
import { readBadge, readCredential, readToken } from '../../../application/read-badge.js'
import { badgeUrl, parseBadgeCode } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { qrPng, qrSvg } from '../../images/qr-code.js'
import { renderBadgePage } from '../../pages/badge-page.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { credentialType, prefersHtml, tokenType } from '../negotiation.js'
import { openUp } from '../security-headers.js'

export function badgeRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/badges/:name')
    .get(async (request, response) => {
      const { code, form } = readName(String(request.params['name']))
      if (redirectToCanonical(parts, request.params['name'], code, form, response)) return
      response.vary('Accept')
      if (form === '.jwt') return sendToken(parts, code, tokenType(request), response)
      if (form === '' && prefersHtml(request)) return sendPage(parts, code, response)
      const mediaType = form === '.json' ? 'application/json' : credentialType(request)
      return sendCredential(parts, code, mediaType, response)
    })
    .all(methodNotAllowed('GET, HEAD'))
  router
    .route('/badges/:name/qr.svg')
    .get(qr(parts, 'image/svg+xml'))
    .all(methodNotAllowed('GET, HEAD'))
  router
    .route('/badges/:name/qr.png')
    .get(qr(parts, 'image/png'))
    .all(methodNotAllowed('GET, HEAD'))
  return router
}

/** What stands behind the code in an address, and so what is asked for; '' leaves it to Accept. */
const FORMS = ['.json', '.jwt'] as const
type BadgeForm = (typeof FORMS)[number] | ''

type BadgeName = { readonly code: string; readonly form: BadgeForm }

function readName(name: string): BadgeName {
  const form = FORMS.find((one) => name.endsWith(one)) ?? ''
  const code = parseBadgeCode(name.slice(0, name.length - form.length))
  if (code === undefined) {
    throw new IssuerError(
      'NOT_FOUND',
      'There is no badge at this address; check that the link is complete.',
    )
  }
  return { code, form }
}

/** Codes typed by hand (upper case, o for 0) lead to the one canonical address. */
function redirectToCanonical(
  parts: AppParts,
  name: unknown,
  code: string,
  form: BadgeForm,
  response: Response,
): boolean {
  if (name === `${code}${form}`) return false
  response.redirect(308, `${parts.baseUrl}/badges/${code}${form}`)
  return true
}

async function sendPage(parts: AppParts, code: string, response: Response): Promise<void> {
  const view = await readBadge(parts.reading, code)
  response.set('Cache-Control', 'no-store').type('html').send(renderBadgePage(view, parts.assets))
}

/** The bytes go out as they were signed, under the bare media type: JSON has no charset (RFC 8259). */
async function sendCredential(
  parts: AppParts,
  code: string,
  mediaType: string,
  response: Response,
): Promise<void> {
  openUp(response).set('X-Robots-Tag', 'noindex')
  const securedJson = await readCredential(parts.reading, code)
  response
    .set('Cache-Control', 'no-cache')
    .set('Content-Disposition', `inline; filename="badge-${code}.json"`)
    .setHeader('Content-Type', mediaType)
  response.send(Buffer.from(securedJson))
}

/** The compact JWS as it was signed (OB 3.0 section 5: a file of the token alone). */
async function sendToken(
  parts: AppParts,
  code: string,
  mediaType: string,
  response: Response,
): Promise<void> {
  openUp(response).set('X-Robots-Tag', 'noindex')
  const token = await readToken(parts.reading, code)
  response
    .set('Cache-Control', 'no-cache')
    .set('Content-Disposition', `inline; filename="badge-${code}.jwt"`)
    .setHeader('Content-Type', mediaType)
  response.send(Buffer.from(token))
}

function qr(parts: AppParts, mediaType: 'image/svg+xml' | 'image/png'): RequestHandler {
  return async (request, response) => {
    const { code, form } = readName(String(request.params['name']))
    const badge = form !== '' ? undefined : await parts.issuing.database.stores.badges.find(code)
    if (badge === undefined)
      throw new IssuerError('NOT_FOUND', 'There is no badge at this address.')
    const url = badgeUrl(parts.baseUrl, code)
    const picture = mediaType === 'image/png' ? Buffer.from(qrPng(url)) : Buffer.from(qrSvg(url))
    response
      .set('Cache-Control', 'public, max-age=86400')
      .set('Content-Type', mediaType)
      .send(picture)
  }
}
