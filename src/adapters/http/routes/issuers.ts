/** Who issues here, and with which keys: pages for people, documents for verifiers. */
import { type RequestHandler, type Response, Router } from 'express'
import { findEmbeddable } from '../../../application/embeddable-endorsements.js'
import { readEndorsementsOf } from '../../../application/read-endorsements.js'
import { type IssuerView, readIssuer, readJwk, readJwks } from '../../../application/read-issuer.js'
import { OB3_CONTEXT, VC2_CONTEXT } from '../../../domain/achievement-credential.js'
import { withEndorsements } from '../../../domain/embedded-endorsements.js'
import { DEFAULT_ISSUER, issuerPath } from '../../../domain/issuer.js'
import { type IssuerProfile, toProfileNode } from '../../../domain/profile.js'
import { renderIssuerPage } from '../../pages/issuer-page.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { prefersHtml } from '../negotiation.js'
import { openToAll, openUp } from '../security-headers.js'

const READ_ONLY = methodNotAllowed('GET, HEAD')

export function issuerRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route(['/issuer', '/issuers/:slug'])
    .get(async (request, response) => {
      const slug = readSlug(request.params)
      const view = await readIssuer(parts.issuing, slug)
      response.vary('Accept')
      if (prefersHtml(request)) await sendPage(parts, slug, view, response)
      else
        sendJson(response, 'application/ld+json', {
          '@context': [VC2_CONTEXT, OB3_CONTEXT],
          ...(await toPublishedNode(parts, view.profile)),
        })
    })
    .all(READ_ONLY)
  router
    .route(['/.well-known/did.json', '/issuers/:slug/did.json'])
    .get(openToAll, async (request, response) => {
      const { didDocument } = await readIssuer(parts.issuing, readSlug(request.params))
      sendJson(response, 'application/json', didDocument)
    })
    .all(READ_ONLY)
  router
    .route('/.well-known/jwks.json')
    .get(openToAll, async (_request, response) => {
      sendJson(response, 'application/jwk-set+json', await readJwks(parts.issuing))
    })
    .all(READ_ONLY)
  router.route('/keys/:keyId').get(openToAll, sendKey(parts)).all(READ_ONLY)
  return router
}

/** With what others have signed of it. */
async function toPublishedNode({ issuing }: AppParts, profile: IssuerProfile): Promise<object> {
  const endorsements = await findEmbeddable(issuing.database.stores, profile.id)
  return withEndorsements(toProfileNode(profile), endorsements)
}

/** A single JWK at an address is the one form in which every known validator takes a `kid`. */
function sendKey(parts: AppParts): RequestHandler {
  return async (request, response) => {
    const jwk = await readJwk(parts.issuing, String(request.params['keyId']))
    sendJson(response, 'application/jwk+json', jwk)
  }
}

function readSlug(params: Readonly<Record<string, string | string[]>>): string {
  return String(params['slug'] ?? DEFAULT_ISSUER)
}

function sendJson(response: Response, mediaType: string, document: object): void {
  openUp(response)
    .set('Cache-Control', 'public, max-age=300')
    .type(mediaType)
    .send(JSON.stringify(document))
}

async function sendPage(
  parts: AppParts,
  slug: string,
  view: IssuerView,
  response: Response,
): Promise<void> {
  const path = issuerPath(slug)
  const { baseUrl } = parts
  const model = {
    issuer: view.profile,
    endorsements: await readEndorsementsOf(parts.reading, view.profile.id),
    url: path === '' ? `${baseUrl}/issuer` : `${baseUrl}${path}`,
    keys: view.keys,
    didDocumentUrl: `${baseUrl}${path === '' ? '/.well-known' : path}/did.json`,
  }
  response.type('html').send(renderIssuerPage(model, parts.assets))
}
