/** Published status lists. */
import { Router } from 'express'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { credentialType } from '../negotiation.js'
import { openToAll } from '../security-headers.js'

export function statusRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/status/:list')
    .get(openToAll, async (request, response) => {
      const securedJson = await parts.statusLists.publish(String(request.params['list']))
      response
        .vary('Accept')
        .set('Cache-Control', 'public, max-age=300')
        .setHeader('Content-Type', credentialType(request))
      response.send(Buffer.from(securedJson))
    })
    .all(methodNotAllowed('GET, HEAD'))
  return router
}
