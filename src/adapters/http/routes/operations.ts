/** For operators and for the pages themselves: health, assets, the meaning of problems. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Router } from 'express'
import { findSigningIssuer } from '../../../application/signing-issuer.js'
import { DEFAULT_ISSUER } from '../../../domain/issuer.js'
import { ERROR_CODES, IssuerError } from '../../../domain/issuer-error.js'
import { FONT_FILES } from '../../pages/fonts.js'
import { renderProblemTypesPage } from '../../pages/problem-page.js'
import { STYLESHEET } from '../../pages/stylesheet.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { PROBLEM_TYPES, problemSlug } from '../problem-types.js'

const READ_ONLY = methodNotAllowed('GET, HEAD')
const IMMUTABLE = 'public, max-age=31536000, immutable'
const STYLESHEET_DIGEST = createHash('sha256').update(STYLESHEET).digest('hex').slice(0, 16)

/** The style sheet's address carries its digest, so that it may be cached for ever. */
export const STYLESHEET_PATH = `/assets/site.${STYLESHEET_DIGEST}.css`

export function operationRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/healthz')
    .get((_request, response) => {
      response.set('Cache-Control', 'no-store').json({ status: 'alive' })
    })
    .all(READ_ONLY)
  router
    .route('/readyz')
    .get(async (_request, response) => {
      await pingDatabase(parts)
      const { stores } = parts.issuing.database
      const { key } = await findSigningIssuer(parts.issuing, stores, DEFAULT_ISSUER)
      await parts.issuing.keyRing.probe(key.keyId)
      response.set('Cache-Control', 'no-store').json({ status: 'ready' })
    })
    .all(READ_ONLY)
  router
    .route(STYLESHEET_PATH)
    .get((_request, response) => {
      response.set('Cache-Control', IMMUTABLE).type('css').send(STYLESHEET)
    })
    .all(READ_ONLY)
  router.use(assetRoutes())
  router
    .route(['/problems', '/problems/:slug'])
    .get((request, response) => {
      const types = ERROR_CODES.map((code) => {
        const { title, status, meaning } = PROBLEM_TYPES[code]
        return { slug: problemSlug(code), title, status, detail: meaning }
      })
      const { slug } = request.params
      if (slug !== undefined && !types.some((type) => type.slug === slug)) {
        throw new IssuerError('NOT_FOUND', 'There is no such problem type.')
      }
      const shown = types.filter((type) => slug === undefined || type.slug === slug)
      response.type('html').send(renderProblemTypesPage({ types: shown }, parts.assets))
    })
    .all(READ_ONLY)
  return router
}

/** Whatever keeps the database from answering, the service is not ready; it is not broken. */
async function pingDatabase(parts: AppParts): Promise<void> {
  try {
    await parts.issuing.database.ping()
  } catch (cause) {
    if (cause instanceof IssuerError) throw cause
    throw new IssuerError('STORE_UNAVAILABLE', 'The database does not answer.', { cause })
  }
}

function assetRoutes(): Router {
  const router = Router()
  const fonts = new Map(FONT_FILES.map(({ file, path }) => [file, readFileSync(path)]))
  router
    .route('/assets/fonts/:file')
    .get((request, response) => {
      const font = fonts.get(String(request.params['file']))
      if (font === undefined) throw new IssuerError('NOT_FOUND', 'There is no such font.')
      response.set('Cache-Control', IMMUTABLE).type('font/woff2').send(font)
    })
    .all(READ_ONLY)
  router
    .route('/robots.txt')
    .get((_request, response) => {
      response.type('text/plain').send('User-agent: *\nDisallow: /api/\nDisallow: /verify\n')
    })
    .all(READ_ONLY)
  return router
}
