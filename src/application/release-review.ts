/** Releases an approved review by hand, for achievements whose badges staff release. */
import { issuerOf } from '../domain/achievement.js'
import { CORRECTION_SOURCE } from '../domain/correction.js'
import { IssuerError } from '../domain/issuer-error.js'
import { formatReviewKey, type ReviewKey } from '../domain/review.js'
import { type Actor, assertSpeaksFor } from './actor.js'
import { assertIssuable } from './draft-credential.js'
import type { IssuingParts } from './issuing-parts.js'
import type { BadgeRecord, ReviewRecord, Stores } from './ports/stores.js'
import { recordedAchievement, release } from './release-approval.js'
import { settleBadge } from './settle-badge.js'

/**
 * @returns the badge; the same one when the review was released before
 * @throws NOT_FOUND, FORBIDDEN for an actor of another issuer, REVIEW_NOT_RELEASABLE, LINT_FAILED before anything changed, and what issuing throws
 */
export async function releaseReview(
  parts: IssuingParts,
  key: ReviewKey,
  actor: Actor,
): Promise<BadgeRecord> {
  const { stores } = parts.database
  const found = await findReview(stores, key)
  const achievement = await recordedAchievement(stores, found)
  assertSpeaksFor(actor, issuerOf(achievement))
  assertOwnBadge(found)
  if (found.state === 'approved') await assertIssuable(parts, found.review, achievement)
  const record = await parts.database.transaction((inside) =>
    releaseOnce(parts, inside, key, actor.name),
  )
  const badge = await settleBadge(parts, record)
  if (badge === undefined) throw new IssuerError('ISSUING_FAILED', 'The badge was not issued.')
  return badge
}

/** A correction whose issuing failed: it keeps dates of the badge it replaces, which only it knows. */
function assertOwnBadge({ review, state }: ReviewRecord): void {
  if (review.source !== CORRECTION_SOURCE || state === 'released') return
  throw new IssuerError(
    'REVIEW_NOT_RELEASABLE',
    `This is the correction of the badge ${review.id}, which failed before; correct that badge again.`,
  )
}

async function releaseOnce(
  parts: IssuingParts,
  stores: Stores,
  key: ReviewKey,
  actor: string,
): Promise<ReviewRecord> {
  const record = await findReview(stores, key)
  if (record.state === 'released') return record
  const achievement = await recordedAchievement(stores, record)
  return { ...record, state: await release(parts, stores, record, achievement, actor) }
}

async function findReview(stores: Stores, key: ReviewKey): Promise<ReviewRecord> {
  const record = await stores.reviews.find(key)
  if (record !== undefined) return record
  throw new IssuerError('NOT_FOUND', `There is no review ${formatReviewKey(key)}.`)
}
