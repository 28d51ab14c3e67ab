/** Reviews come in, badges come out. */
import { Router } from 'express'
import { type AcceptedReview, acceptReview } from '../../../application/accept-review.js'
import { releaseReview } from '../../../application/release-review.js'
import { badgeUrl } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { parseRequestJson, REQUEST_LIMITS } from '../../../domain/raw-gate/request-json.js'
import type { ReviewKey } from '../../../domain/review.js'
import type { AppParts } from '../app-parts.js'
import { actorOf, requireScope } from '../bearer-token.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { bodyBytes, rawBody } from '../request-body.js'
import { toBadgeAnswer } from './badge-answer.js'

export function reviewRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/api/v1/reviews')
    .post(
      requireScope(parts.issuing, 'reviews:write'),
      ...rawBody(['application/json'], REQUEST_LIMITS.maxBytes),
      async (request, response) => {
        const review = parts.reviewParser.parse(parseRequestJson(bodyBytes(request.body)))
        const accepted = await parts.inTurn(() =>
          acceptReview(parts.issuing, review, actorOf(response)),
        )
        if (accepted.badge !== undefined)
          response.location(badgeUrl(parts.baseUrl, accepted.badge.code))
        response.status(accepted.isNew ? 201 : 200).json(toAnswer(parts, accepted))
      },
    )
    .all(methodNotAllowed('POST'))
  router
    .route('/api/v1/reviews/:source/:id/:attempt/release')
    .post(requireScope(parts.issuing, 'reviews:release'), async (request, response) => {
      const key = readReviewKey(request.params)
      const badge = await parts.inTurn(() => releaseReview(parts.issuing, key, actorOf(response)))
      response.status(200).json({ badge: toBadgeAnswer(parts, badge) })
    })
    .all(methodNotAllowed('POST'))
  return router
}

const KEY = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/
const ATTEMPT = /^[1-9]\d{0,3}$/

/** One address per review: `1.0` and `01` are not attempt 1, and no other text can be a key. */
function readReviewKey(params: Readonly<Record<string, string | string[]>>): ReviewKey {
  const source = String(params['source'])
  const id = String(params['id'])
  const attempt = String(params['attempt'])
  if (!KEY.test(source) || !KEY.test(id) || !ATTEMPT.test(attempt)) {
    throw new IssuerError('NOT_FOUND', 'There is no review at this address.')
  }
  return { source, id, attempt: Number(attempt) }
}

function toAnswer(parts: AppParts, { review, state, badge }: AcceptedReview): object {
  const { source, id, attempt, decision } = review
  return {
    review: { source, id, attempt, decision, state },
    ...(badge === undefined ? {} : { badge: toBadgeAnswer(parts, badge) }),
  }
}
