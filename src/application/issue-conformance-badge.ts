/** Issues the badge that a certification body asks for; an earlier one that is in force serves again. */
import type { Achievement } from '../domain/achievement.js'
import { CONFORMANCE_EMAIL, conformanceReview } from '../domain/conformance-review.js'
import type { Review } from '../domain/review.js'
import { toTimestamp } from '../domain/timestamps.js'
import { acceptReview } from './accept-review.js'
import { OPERATOR } from './actor.js'
import type { IssuingParts } from './issuing-parts.js'
import type { BadgeRecord, ReviewRecord } from './ports/stores.js'
import { releaseReview } from './release-review.js'

/**
 * With the certified proof alone: the certification guide knows no other.
 * @returns the badge, issued to the certification body
 * @throws what accepting and releasing a review throw
 */
export async function issueConformanceBadge(
  parts: IssuingParts,
  achievement: Achievement,
): Promise<BadgeRecord> {
  const certified = { ...parts, legacyProof: false }
  const review = await findFreeReview(certified, achievement)
  if ((await certified.database.stores.reviews.find(review)) === undefined)
    await acceptReview(certified, review, OPERATOR)
  return releaseReview(certified, review, OPERATOR)
}

/** The first attempt that is ours and whose badge nobody took back, or one that nobody has used. */
async function findFreeReview(parts: IssuingParts, achievement: Achievement): Promise<Review> {
  const { stores } = parts.database
  const now = toTimestamp(parts.clock.now())
  for (let attempt = 1; ; attempt += 1) {
    const review = { ...conformanceReview(achievement, now), attempt }
    const known = await stores.reviews.find(review)
    if (known === undefined || (await serves(parts, known))) return review
  }
}

async function serves(
  { database: { stores } }: IssuingParts,
  { recordId, review }: ReviewRecord,
): Promise<boolean> {
  if (review.candidate.email !== CONFORMANCE_EMAIL || review.decision !== 'approved') return false
  const badge = await stores.badges.findByReview(recordId)
  const entry = badge && (await stores.statusLists.findEntry(badge.code))
  return entry === undefined || entry.state === 'valid'
}
