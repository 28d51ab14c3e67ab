/** A DID resolver (DID Resolution 0.3, HTTP binding), for clients that have none of their own. */
import { type Response, Router } from 'express'
import type { DidError, DidResolution } from '../../../application/resolve-did.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { openToAll } from '../security-headers.js'

const RESULT = 'application/did-resolution'
const DOCUMENT_TYPES = ['application/did+ld+json', 'application/did+json', 'application/did']

const STATUS: Readonly<Record<DidError, number>> = {
  INVALID_DID: 400,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 501,
  INVALID_DID_DOCUMENT: 502,
  INTERNAL_ERROR: 504,
}

export function identifierRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/1.0/identifiers/:did')
    .get(parts.limits.verify, openToAll, async (request, response) => {
      const resolution = await parts.resolveDid(String(request.params['did']))
      response.vary('Accept').set('Cache-Control', 'no-store')
      const wanted = request.accepts(['application/json', RESULT, ...DOCUMENT_TYPES])
      const isBare = typeof wanted === 'string' && DOCUMENT_TYPES.includes(wanted)
      if (isBare && resolution.kind === 'resolved') send(response.type(wanted), resolution.document)
      else send(response.type(wanted === RESULT ? RESULT : 'json'), toResult(response, resolution))
    })
    .all(methodNotAllowed('GET, HEAD'))
  return router
}

/** The bytes as they are: a charset would be a parameter that these media types do not have. */
function send(response: Response, body: object): void {
  response.send(Buffer.from(JSON.stringify(body)))
}

/** A DID resolution result; of a failure the status too. */
function toResult(response: Response, resolution: DidResolution): object {
  if (resolution.kind === 'resolved')
    return {
      didDocument: resolution.document,
      didResolutionMetadata: { contentType: 'application/did+ld+json' },
      didDocumentMetadata: {},
    }
  const { error, detail } = resolution
  response.status(STATUS[error])
  const type = `https://www.w3.org/ns/did#${error}`
  const title = error.toLowerCase().replaceAll('_', ' ')
  return {
    didDocument: null,
    didResolutionMetadata: { error: { type, title, detail } },
    didDocumentMetadata: {},
  }
}
