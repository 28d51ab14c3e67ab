/** A badge for people and machines at one address. */
import { type RequestHandler, type Response, Router } from 'express'
import { readBadge, readCredential } from '../../../application/read-badge.js'
import { badgeUrl, parseBadgeCode } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { qrPng, qrSvg } from '../../images/qr-code.js'
import { renderBadgePage } from '../../pages/badge-page.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { credentialType, prefersHtml } from '../negotiation.js'
import { openUp } from '../security-headers.js'

export function badgeRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/badges/:name')
    .get(async (request, response) => {
      const { code, isJson } = readName(String(request.params['name']))
      if (redirectToCanonical(parts, request.params['name'], code, isJson, response)) return
      response.vary('Accept')
      if (!isJson && prefersHtml(request)) await sendPage(parts, code, response)
      else
        await sendCredential(
          parts,
          code,
          isJson ? 'application/json' : credentialType(request),
          response,
        )
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

type BadgeName = { readonly code: string; readonly isJson: boolean }

function readName(name: string): BadgeName {
  const isJson = name.endsWith('.json')
  const code = parseBadgeCode(isJson ? name.slice(0, -'.json'.length) : name)
  if (code === undefined) {
    throw new IssuerError(
      'NOT_FOUND',
      'There is no badge at this address; check that the link is complete.',
    )
  }
  return { code, isJson }
}

/** Codes typed by hand (upper case, o for 0) lead to the one canonical address. */
function redirectToCanonical(
  parts: AppParts,
  name: unknown,
  code: string,
  isJson: boolean,
  response: Response,
): boolean {
  const canonical = isJson ? `${code}.json` : code
  if (name === canonical) return false
  response.redirect(308, `${parts.baseUrl}/badges/${canonical}`)
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

function qr(parts: AppParts, mediaType: 'image/svg+xml' | 'image/png'): RequestHandler {
  return async (request, response) => {
    const { code, isJson } = readName(String(request.params['name']))
    const badge = isJson ? undefined : await parts.issuing.database.stores.badges.find(code)
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
