/** Corrections of issued badges: they issue one and revoke one, so they take both rights. */
import { Router } from 'express'
import { correctBadge } from '../../../application/correct-badge.js'
import { readCorrection } from '../../../application/read-correction.js'
import { badgeUrl } from '../../../domain/badge-code.js'
import { parseRequestJson, REQUEST_LIMITS } from '../../../domain/raw-gate/request-json.js'
import type { AppParts } from '../app-parts.js'
import { actorOf, requireScope } from '../bearer-token.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { bodyBytes, rawBody } from '../request-body.js'
import { toBadgeAnswer } from './badge-answer.js'

export function correctionRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/api/v1/badges/:code/correction')
    .post(
      requireScope(parts.issuing, 'badges:status'),
      requireScope(parts.issuing, 'reviews:release'),
      ...rawBody(['application/json'], REQUEST_LIMITS.maxBytes),
      async (request, response) => {
        const body = parseRequestJson(bodyBytes(request.body))
        const correction = readCorrection(String(request.params['code']), body)
        const { issuing, reviewParser, baseUrl } = parts
        const corrected = await parts.inTurn(() =>
          correctBadge(issuing, reviewParser, actorOf(response), correction),
        )
        response
          .status(corrected.isNew ? 201 : 200)
          .location(badgeUrl(baseUrl, corrected.badge.code))
          .json({
            badge: toBadgeAnswer(parts, corrected.badge),
            replaces: { code: correction.code, url: badgeUrl(baseUrl, correction.code) },
          })
      },
    )
    .all(methodNotAllowed('POST'))
  return router
}
