/** Takes a review in. The only way from a decision to a signature starts here. */
import type { Achievement } from '../domain/achievement.js'
import { IssuerError } from '../domain/issuer-error.js'
import { canonicalJson, type JsonValue } from '../domain/json.js'
import { formatReviewKey, type Review, type ReviewState } from '../domain/review.js'
import { assertRubricFits } from '../domain/rubric.js'
import { parseTimestamp, toTimestamp } from '../domain/timestamps.js'
import type { IssuingParts } from './issuing-parts.js'
import type { BadgeRecord, ReviewRecord, Stores } from './ports/stores.js'
import { prepareIntent } from './prepare-intent.js'
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
 * @throws ACHIEVEMENT_UNKNOWN, RUBRIC_MISMATCH, REQUEST_INVALID, REVIEW_CONFLICT,
 *   REVIEW_ALREADY_RELEASED, and what issuing throws
 */
export async function acceptReview(
  parts: IssuingParts,
  review: Review,
  actor: string,
): Promise<AcceptedReview> {
  assertDecided(review, parts.clock.now())
  const recorded = await parts.database.transaction((stores) =>
    record(parts, stores, review, actor),
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

  const achievement = await stores.catalogue.findLatest(review.achievement)
  if (achievement === undefined) {
    throw new IssuerError(
      'ACHIEVEMENT_UNKNOWN',
      `There is no achievement “${review.achievement}”; import it first or correct the name.`,
      { pointer: '/achievement' },
    )
  }
  assertRubricFits(review, achievement)
  const fresh: ReviewRecord = {
    recordId: parts.ids.uuid(),
    review,
    state: review.decision,
    contentDigest,
    receivedAt: toTimestamp(parts.clock.now()),
  }
  if (!(await stores.reviews.insert(fresh)))
    return retryLost(parts, stores, review, contentDigest, actor)
  await audit(parts, stores, actor, 'review.recorded', fresh, achievement)
  const isReleased = review.decision === 'approved' && achievement.release === 'automatic'
  const state = isReleased ? await release(parts, stores, fresh, achievement, actor) : fresh.state
  return { isNew: true, record: { ...fresh, state } }
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

/** The key is known: the same content changes nothing; a withdrawal takes an unreleased approval back. */
async function repeat(
  parts: IssuingParts,
  stores: Stores,
  known: ReviewRecord,
  review: Review,
  contentDigest: string,
  actor: string,
): Promise<Recorded> {
  if (known.contentDigest === contentDigest) return { isNew: false, record: known }
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
  await audit(parts, stores, actor, 'review.withdrawn', withdrawn)
  return { isNew: true, record: withdrawn }
}

/** Whether two reviews differ in nothing but the decision and its time. */
function isSameApart(known: Review, review: Review): boolean {
  const strip = ({ decision: _decision, decidedAt: _decidedAt, ...rest }: Review) =>
    canonicalJson(rest as unknown as JsonValue)
  return strip(known) === strip(review)
}

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
  await audit(parts, stores, actor, 'review.released', record, achievement)
  return 'released'
}

async function audit(
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
