/** The earner's pages: her badge through a link, and the way to a fresh link. */
import { type RequestHandler, type Response, Router } from 'express'
import { askForClaimLink } from '../../../application/claim/ask-for-claim-link.js'
import { readClaim, readClaimedBadge, saveClaim } from '../../../application/claim/claim-badge.js'
import { readClaimForm } from '../../../application/claim/read-claim-form.js'
import { parseBadgeCode } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { renderClaimPage } from '../../pages/claim-page.js'
import { renderAskedForLinkPage, renderFreshLinkPage } from '../../pages/fresh-link-page.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { formOf, fromOurPage, keptPrivate, readForm } from '../own-forms.js'
import { BADGE_FORMS, sendOwn } from './badge-documents.js'

export function claimRoutes(parts: AppParts): Router {
  const router = Router()
  router.use('/claim', keptPrivate)
  router
    .route('/claim/:token')
    .get(async (request, response) => {
      const view = await readClaim(parts.issuing, String(request.params['token']))
      const page = { view, path: request.path, isSaved: request.query['saved'] !== undefined }
      response.type('html').send(renderClaimPage(page, parts.assets))
    })
    .post(fromOurPage(parts), ...readForm(), save(parts))
    .all(methodNotAllowed('GET, HEAD, POST'))
  router
    .route('/claim/:token/:file')
    .get(async (request, response) => {
      const { token, file } = request.params as Record<'token' | 'file', string>
      const form = BADGE_FORMS.find((one) => file === `badge${one}`)
      if (form === undefined) throw nothingHere()
      return sendOwn(parts, await readClaimedBadge(parts.issuing, token), form, response)
    })
    .all(methodNotAllowed('GET, HEAD'))
  router
    .route('/badges/:name/yours')
    .all(keptPrivate)
    .get((request, response) => {
      const code = codeOf(request.params['name'])
      response.type('html').send(renderFreshLinkPage({ code, ...mail(parts) }, parts.assets))
    })
    .post(fromOurPage(parts), askForLink(parts))
    .all(methodNotAllowed('GET, HEAD, POST'))
  return router
}

function save(parts: AppParts): RequestHandler {
  return async (request, response) => {
    const token = String(request.params['token'])
    const { items } = await readClaim(parts.issuing, token)
    const next = await saveClaim(parts.issuing, token, readClaimForm(formOf(request), items))
    response.redirect(303, `${next}?saved`)
  }
}

/** The same answer for every code, and it does not wait for what tells them apart. */
function askForLink(parts: AppParts): RequestHandler {
  return async (request, response: Response) => {
    const code = codeOf(request.params['name'])
    await parts.limits.countFreshLink(request, code)
    if (parts.sendsMail) parts.later(() => askForClaimLink(parts.issuing, code))
    response.type('html').send(renderAskedForLinkPage({ code, ...mail(parts) }, parts.assets))
  }
}

function codeOf(name: unknown): string {
  const code = parseBadgeCode(String(name))
  if (code === undefined) throw nothingHere()
  return code
}

function nothingHere(): IssuerError {
  return new IssuerError(
    'NOT_FOUND',
    'There is nothing at this address; check that it is complete.',
  )
}

function mail({ sendsMail }: AppParts): { readonly sendsMail: boolean } {
  return { sendsMail }
}
