/** Takes a review in. The only way from a decision to a signature starts here. */
import { type Achievement, issuerOf } from '../domain/achievement.js'
import { CORRECTION_SOURCE } from '../domain/correction.js'
import { IssuerError } from '../domain/issuer-error.js'
import { canonicalJson, type JsonValue } from '../domain/json.js'
import { formatReviewKey, type Review, type ReviewState } from '../domain/review.js'
import { assertRubricFits } from '../domain/rubric.js'
import { parseTimestamp, toTimestamp } from '../domain/timestamps.js'
import { type Actor, assertSpeaksFor } from './actor.js'
import { assertIssuable } from './draft-credential.js'
import type { IssuingParts } from './issuing-parts.js'
import type { BadgeRecord, ReviewRecord, Stores } from './ports/stores.js'
import { recordedAchievement, releaseIfAutomatic } from './release-approval.js'
import { auditReview } from './review-audit.js'
import { settleBadge } from './settle-badge.js'

export type AcceptedReview = {
  /** Whether this call recorded something new. */
  readonly isNew: boolean
  readonly review: Review
  readonly state: ReviewState
  /** The badge, once released. */
  readonly badge?: BadgeRecord
}

/** A decision may be dated this far ahead of our clock. */
const CLOCK_SKEW_MS = 60_000

/**
 * Records a review and, when it is approved and released automatically, issues its badge. The same
 * review again gives the same badge; the key is (source, id, attempt).
 * @param actor who sent it, for the audit log
 * @throws FORBIDDEN for an actor of another issuer, ACHIEVEMENT_UNKNOWN, RUBRIC_MISMATCH, REQUEST_INVALID, REVIEW_CONFLICT,
 *   REVIEW_ALREADY_RELEASED, and what issuing throws
 */
export async function acceptReview(
  parts: IssuingParts,
  review: Review,
  actor: Actor,
): Promise<AcceptedReview> {
  assertDecided(review, parts.clock.now())
  assertSourceFree(review)
  await assertAcceptable(parts, review, actor)
  const recorded = await parts.database.transaction((stores) =>
    record(parts, stores, review, actor.name),
  )
  const badge = await settleBadge(parts, recorded.record)
  return {
    isNew: recorded.isNew,
    review: recorded.record.review,
    state: recorded.record.state,
    ...(badge === undefined ? {} : { badge }),
  }
}

function assertDecided(review: Review, now: number): void {
  if ((parseTimestamp(review.decidedAt) ?? 0) > now + CLOCK_SKEW_MS) {
    throw new IssuerError('REQUEST_INVALID', 'A decision cannot be dated in the future.', {
      pointer: '/decidedAt',
    })
  }
}

/** The key of a correction is the badge that it corrects. */
function assertSourceFree({ source }: Review): void {
  if (source !== CORRECTION_SOURCE) return
  throw new IssuerError(
    'REQUEST_INVALID',
    `The source “${CORRECTION_SOURCE}” is kept for corrections of badges; name another.`,
    { pointer: '/source' },
  )
}

/** What would be refused later is refused now, while nothing of it is recorded. */
async function assertAcceptable(parts: IssuingParts, review: Review, actor: Actor): Promise<void> {
  const { stores } = parts.database
  const known = await stores.reviews.find(review)
  const achievement =
    known === undefined
      ? await findAchievement(stores, review)
      : await recordedAchievement(stores, known)
  assertSpeaksFor(actor, issuerOf(achievement))
  if (review.decision !== 'approved') return
  if (known !== undefined && known.state !== 'approved') return
  assertRubricFits(review, achievement)
  await assertIssuable(parts, review, achievement)
}

async function findAchievement(stores: Stores, { achievement }: Review): Promise<Achievement> {
  const found = await stores.catalogue.findLatest(achievement)
  if (found !== undefined) return found
  throw new IssuerError(
    'ACHIEVEMENT_UNKNOWN',
    `There is no achievement “${achievement}”; import it first or correct the name.`,
    { pointer: '/achievement' },
  )
}

type Recorded = { readonly isNew: boolean; readonly record: ReviewRecord }

async function record(
  parts: IssuingParts,
  stores: Stores,
  review: Review,
  actor: string,
): Promise<Recorded> {
  const contentDigest = parts.hasher.sha256Hex(canonicalJson(review as unknown as JsonValue))
  const known = await stores.reviews.find(review)
  if (known !== undefined) return repeat(parts, stores, known, review, contentDigest, actor)

  const achievement = await findAchievement(stores, review)
  assertRubricFits(review, achievement)
  const fresh: ReviewRecord = {
    recordId: parts.ids.uuid(),
    review,
    state: review.decision,
    achievementVersion: achievement.version,
    contentDigest,
    receivedAt: toTimestamp(parts.clock.now()),
  }
  if (!(await stores.reviews.insert(fresh)))
    return retryLost(parts, stores, review, contentDigest, actor)
  await auditReview(parts, stores, actor, 'review.recorded', fresh, achievement)
  return { isNew: true, record: await releaseIfAutomatic(parts, stores, fresh, achievement, actor) }
}

/** Another process inserted the same key between our look and our insert. */
async function retryLost(
  parts: IssuingParts,
  stores: Stores,
  review: Review,
  contentDigest: string,
  actor: string,
): Promise<Recorded> {
  const known = await stores.reviews.find(review)
  if (known === undefined)
    throw new IssuerError('STORE_UNAVAILABLE', 'The review could not be recorded; try again.')
  return repeat(parts, stores, known, review, contentDigest, actor)
}

/**
 * The key is known: the same content gives the same badge, which is tried anew when issuing it failed;
 * a withdrawal takes an unreleased approval back.
 */
async function repeat(
  parts: IssuingParts,
  stores: Stores,
  known: ReviewRecord,
  review: Review,
  contentDigest: string,
  actor: string,
): Promise<Recorded> {
  if (known.contentDigest === contentDigest) {
    const achievement = await recordedAchievement(stores, known)
    const record = await releaseIfAutomatic(parts, stores, known, achievement, actor)
    return { isNew: false, record }
  }
  if (review.decision !== 'withdrawn' || !isSameApart(known.review, review)) {
    throw new IssuerError(
      'REVIEW_CONFLICT',
      `The review ${formatReviewKey(review)} was received before with other content; a changed decision needs a new attempt.`,
    )
  }
  if (known.state === 'released') {
    throw new IssuerError(
      'REVIEW_ALREADY_RELEASED',
      `The badge for ${formatReviewKey(review)} has been issued; revoke the badge instead of withdrawing the review.`,
    )
  }
  const moved = await stores.reviews.move(known.recordId, known.state, 'withdrawn', {
    review,
    contentDigest,
  })
  if (!moved)
    throw new IssuerError(
      'REVIEW_CONFLICT',
      'The review was changed at the same time; send it again.',
    )
  const withdrawn: ReviewRecord = { ...known, review, contentDigest, state: 'withdrawn' }
  await auditReview(parts, stores, actor, 'review.withdrawn', withdrawn)
  return { isNew: true, record: withdrawn }
}

/** Whether two reviews differ in nothing but the decision and its time. */
function isSameApart(known: Review, review: Review): boolean {
  const strip = ({ decision: _decision, decidedAt: _decidedAt, ...rest }: Review) =>
    canonicalJson(rest as unknown as JsonValue)
  return strip(known) === strip(review)
}
