/** Published status lists. */
import { Router } from 'express'
import { IssuerError } from '../../../domain/issuer-error.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { credentialType } from '../negotiation.js'
import { openToAll } from '../security-headers.js'

const LIST = /^[0-9a-z]{26}$/

export function statusRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/status/:list')
    .get(openToAll, async (request, response) => {
      const list = String(request.params['list'])
      if (!LIST.test(list)) throw new IssuerError('NOT_FOUND', 'There is no such status list.')
      const securedJson = await parts.statusLists.publish(list)
      response
        .vary('Accept')
        .set('Cache-Control', 'public, max-age=300')
        .setHeader('Content-Type', credentialType(request))
      response.send(Buffer.from(securedJson))
    })
    .all(methodNotAllowed('GET, HEAD'))
  return router
}
