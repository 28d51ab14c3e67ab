/** The whole HTTP surface; the order of this function is the order in which a request meets it. */
import { randomUUID } from 'node:crypto'
import express, { type Express, type RequestHandler } from 'express'
import { IssuerError } from '../../domain/issuer-error.js'
import type { AppParts } from './app-parts.js'
import { deskRoutes } from './desk/desk-routes.js'
import { closeWhenStopping } from './kept-connections.js'
import { withoutProfiles } from './negotiation.js'
import { problemHandler } from './problem-details.js'
import { badgeRoutes } from './routes/badges.js'
import { catalogueRoutes } from './routes/catalogue.js'
import { claimRoutes } from './routes/claims.js'
import { correctionRoutes } from './routes/corrections.js'
import { endorsementRoutes } from './routes/endorsements.js'
import { identifierRoutes } from './routes/identifiers.js'
import { issuerRoutes } from './routes/issuers.js'
import { operationRoutes } from './routes/operations.js'
import { receiptRoutes } from './routes/receipts.js'
import { reviewRoutes } from './routes/reviews.js'
import { statusRoutes } from './routes/status.js'
import { vcApiRoutes } from './routes/vc-api.js'
import { verificationRoutes } from './routes/verification.js'
import { noPermissions, securityHeaders } from './security-headers.js'

export function createApp(parts: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', 'strong')
  app.set('query parser', 'simple')
  // A number of hops, never `true`: then a client could name any address as its own.
  app.set('trust proxy', parts.limits.trustedProxies)
  app.use(logged(parts))
  app.use(closeWhenStopping)
  app.use(securityHeaders(parts.baseUrl.startsWith('https:')))
  app.use(noPermissions)
  app.use(withoutProfiles)
  app.use(operationRoutes(parts))
  app.use(catalogueRoutes(parts))
  app.use(issuerRoutes(parts))
  app.use(identifierRoutes(parts))
  app.use(badgeRoutes(parts))
  app.use(claimRoutes(parts))
  app.use(endorsementRoutes(parts))
  app.use(statusRoutes(parts))
  app.use(verificationRoutes(parts))
  app.use(vcApiRoutes(parts))
  app.use(receiptRoutes(parts))
  app.use(correctionRoutes(parts))
  app.use(reviewRoutes(parts))
  app.use(deskRoutes(parts))
  app.use(() => {
    throw new IssuerError('NOT_FOUND', 'There is nothing at this address.')
  })
  app.use(problemHandler({ baseUrl: parts.baseUrl, assets: parts.assets, log: parts.logFailure }))
  return app
}

/** Gives each request an id to quote and logs its route pattern, status and time; no addresses. */
function logged(parts: AppParts): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID()
    const start = performance.now()
    response.locals['requestId'] = id
    response.set('X-Request-Id', id)
    response.on('finish', () => {
      const route = request.route === undefined ? 'none' : String(request.route.path)
      const ms = Math.round(performance.now() - start)
      parts.logRequest({ id, method: request.method, route, status: response.statusCode, ms })
    })
    next()
  }
}
