/** From an approval to an intent: the state moves once, and what was approved is what will be signed. */
import type { Achievement } from '../domain/achievement.js'
import { IssuerError } from '../domain/issuer-error.js'
import { formatReviewKey } from '../domain/review.js'
import type { IssuingParts } from './issuing-parts.js'
import type { ReviewRecord, Stores } from './ports/stores.js'
import { prepareIntent } from './prepare-intent.js'
import { auditReview } from './review-audit.js'

/** Moves an approval to released and writes the intent, all in the caller's transaction. */
export async function release(
  parts: IssuingParts,
  stores: Stores,
  record: ReviewRecord,
  achievement: Achievement,
  actor: string,
): Promise<'released'> {
  if (!(await stores.reviews.move(record.recordId, 'approved', 'released'))) {
    throw new IssuerError(
      'REVIEW_NOT_RELEASABLE',
      `The review ${formatReviewKey(record.review)} is ${record.state}; only an approved one can be released.`,
    )
  }
  await prepareIntent(parts, stores, record, achievement)
  await auditReview(parts, stores, actor, 'review.released', record, achievement)
  return 'released'
}

/** Releases an approval whose achievement does not wait for staff; any other record stays as it is. */
export async function releaseIfAutomatic(
  parts: IssuingParts,
  stores: Stores,
  record: ReviewRecord,
  achievement: Achievement,
  actor: string,
): Promise<ReviewRecord> {
  if (record.state !== 'approved' || achievement.release !== 'automatic') return record
  return { ...record, state: await release(parts, stores, record, achievement, actor) }
}

/** The version that was in force when the review was recorded: what was approved is what is signed. */
export async function recordedAchievement(
  stores: Stores,
  { review, achievementVersion }: ReviewRecord,
): Promise<Achievement> {
  const found = await stores.catalogue.findVersion(review.achievement, achievementVersion)
  if (found !== undefined) return found
  throw new Error(`achievement ${review.achievement}/${achievementVersion} is missing`)
}
