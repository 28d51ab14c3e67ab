/** Releases an approved review by hand, for achievements whose badges staff release. */
import { IssuerError } from '../domain/issuer-error.js'
import { formatReviewKey, type ReviewKey } from '../domain/review.js'
import { release } from './accept-review.js'
import type { IssuingParts } from './issuing-parts.js'
import type { BadgeRecord, ReviewRecord, Stores } from './ports/stores.js'
import { settleBadge } from './settle-badge.js'

/**
 * @returns the badge; the same one when the review was released before
 * @throws NOT_FOUND, REVIEW_NOT_RELEASABLE, and what issuing throws
 */
export async function releaseReview(
  parts: IssuingParts,
  key: ReviewKey,
  actor: string,
): Promise<BadgeRecord> {
  const record = await parts.database.transaction((stores) =>
    releaseOnce(parts, stores, key, actor),
  )
  const badge = await settleBadge(parts, record)
  if (badge === undefined) throw new IssuerError('ISSUING_FAILED', 'The badge was not issued.')
  return badge
}

async function releaseOnce(
  parts: IssuingParts,
  stores: Stores,
  key: ReviewKey,
  actor: string,
): Promise<ReviewRecord> {
  const record = await stores.reviews.find(key)
  if (record === undefined)
    throw new IssuerError('NOT_FOUND', `There is no review ${formatReviewKey(key)}.`)
  if (record.state === 'released') return record
  const achievement = await stores.catalogue.findLatest(record.review.achievement)
  if (achievement === undefined)
    throw new IssuerError('ACHIEVEMENT_UNKNOWN', 'The achievement is gone.')
  return { ...record, state: await release(parts, stores, record, achievement, actor) }
}
