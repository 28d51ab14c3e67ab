/** A badge for people and machines at one address. */
import { type RequestHandler, type Response, Router } from 'express'
import { readBadge } from '../../../application/read-badge.js'
import { badgeUrl, parseBadgeCode } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { qrPng, qrSvg } from '../../images/qr-code.js'
import { renderBadgePage } from '../../pages/badge-page.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { credentialType, prefersHtml, tokenType } from '../negotiation.js'
import {
  BADGE_FORMS,
  type BadgeForm,
  sendBaked,
  sendCredential,
  sendToken,
} from './badge-documents.js'

export function badgeRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/badges/:name')
    .get(async (request, response) => {
      const { code, form } = readName(String(request.params['name']))
      if (redirectToCanonical(parts, request.params['name'], code, form, response)) return
      response.vary('Accept')
      if (form === '.json') return sendCredential(parts, code, 'application/json', response)
      if (form === '.jwt') return sendToken(parts, code, tokenType(request), response)
      if (form === '.png') return sendBaked(parts, code, 'image/png', response)
      if (form === '.svg') return sendBaked(parts, code, 'image/svg+xml', response)
      if (prefersHtml(request)) return sendPage(parts, code, response)
      return sendCredential(parts, code, credentialType(request), response)
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

/** No form leaves it to Accept. */
type BadgeName = { readonly code: string; readonly form: BadgeForm | '' }

function readName(name: string): BadgeName {
  const form = BADGE_FORMS.find((one) => name.endsWith(one)) ?? ''
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
  form: BadgeName['form'],
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
