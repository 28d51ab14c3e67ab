/** The audit log's line about a review: key, digest and decision, nothing of the person. */
import type { Achievement } from '../domain/achievement.js'
import { formatReviewKey } from '../domain/review.js'
import { toTimestamp } from '../domain/timestamps.js'
import type { IssuingParts } from './issuing-parts.js'
import type { ReviewRecord, Stores } from './ports/stores.js'

export async function auditReview(
  parts: IssuingParts,
  stores: Stores,
  actor: string,
  action: string,
  { review, contentDigest }: ReviewRecord,
  achievement?: Achievement,
): Promise<void> {
  await stores.audit.append({
    at: toTimestamp(parts.clock.now()),
    actor,
    action,
    subject: formatReviewKey(review),
    detail: {
      decision: review.decision,
      digest: contentDigest,
      ...(achievement === undefined
        ? {}
        : { achievement: `${achievement.slug}/${achievement.version}` }),
    },
  })
}
