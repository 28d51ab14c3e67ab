/** Corrects an issued badge: a new badge takes its place, and the old one is revoked as replaced. */
import type { Achievement } from '../domain/achievement.js'
import { badgeUrl } from '../domain/badge-code.js'
import { CORRECTION_SOURCE, correctReview } from '../domain/correction.js'
import { IssuerError } from '../domain/issuer-error.js'
import { canonicalJson, type JsonValue, textMember } from '../domain/json.js'
import type { Review } from '../domain/review.js'
import { assertRubricFits } from '../domain/rubric.js'
import { parseTimestamp, toTimestamp } from '../domain/timestamps.js'
import type { Actor } from './actor.js'
import { assertMayChange, getIssuedEntry } from './change-status.js'
import { assertIssuable } from './draft-credential.js'
import { assertNotErased } from './erase-badge.js'
import type { IssuingParts } from './issuing-parts.js'
import type { ReviewParser } from './ports/documents.js'
import type { BadgeRecord, ReviewRecord, StatusEntry, Stores } from './ports/stores.js'
import { prepareIntent } from './prepare-intent.js'
import type { CorrectionRequest } from './read-correction.js'
import { recordedAchievement } from './release-approval.js'
import { auditReview } from './review-audit.js'
import { settleBadge } from './settle-badge.js'

export type CorrectedBadge = {
  /** Whether this call made it. */
  readonly isNew: boolean
  readonly badge: BadgeRecord
}

/** What is corrected, and what it becomes. */
type Correction = CorrectionRequest & {
  readonly review: Review
  readonly contentDigest: string
  readonly achievement: Achievement
  readonly validUntil?: string
}

/**
 * The same correction again gives the same badge. `awardedDate`, the achievement's version and the end of
 * validity are those of the old badge; `validFrom` and `proof.created` are the time of signing. The old
 * badge is revoked in the transaction that stores the new one (`replaceCorrected`).
 * @throws NOT_FOUND, FORBIDDEN, REQUEST_INVALID, RUBRIC_MISMATCH, LINT_FAILED, STATUS_CONFLICT for a badge
 *   that is not in good standing or was corrected already; then nothing has changed. And what issuing throws
 */
export async function correctBadge(
  parts: IssuingParts,
  parser: ReviewParser,
  actor: Actor,
  request: CorrectionRequest,
): Promise<CorrectedBadge> {
  const { stores } = parts.database
  await assertMayChange(stores, actor, await getIssuedEntry(stores, request.code))
  const correction = await readCorrected(parts, parser, request)
  assertRubricFits(correction.review, correction.achievement)
  await assertIssuable(parts, correction.review, correction.achievement)
  const { isNew, record } = await parts.database.transaction((inside) =>
    recordOnce(parts, inside, actor, correction),
  )
  const badge = await settleBadge(parts, record)
  if (badge === undefined) throw new IssuerError('ISSUING_FAILED', 'The badge was not issued.')
  return { isNew, badge }
}

async function readCorrected(
  parts: IssuingParts,
  parser: ReviewParser,
  request: CorrectionRequest,
): Promise<Correction> {
  const { badges, reviews } = parts.database.stores
  await assertNotErased(parts.database.stores, request.code)
  const badge = await badges.find(request.code)
  const before = badge && (await reviews.findById(badge.reviewRecordId))
  if (before === undefined) throw new Error(`the badge ${request.code} has no review`)
  const review = parser.parse(correctReview(before.review, request.code, request.change))
  assertChanged(before.review, review)
  const validUntil = textMember(JSON.parse(badge?.securedJson ?? '{}'), 'validUntil')
  return {
    ...request,
    review,
    contentDigest: parts.hasher.sha256Hex(canonicalJson(review as unknown as JsonValue)),
    achievement: await recordedAchievement(parts.database.stores, before),
    ...(validUntil === undefined ? {} : { validUntil }),
  }
}

function assertChanged(before: Review, after: Review): void {
  const bare = ({ source: _source, id: _id, attempt: _attempt, ...rest }: Review) =>
    canonicalJson(rest as unknown as JsonValue)
  if (bare(before) !== bare(after)) return
  throw new IssuerError('REQUEST_INVALID', 'This corrects nothing: the badge says so already.')
}

type Recorded = { readonly isNew: boolean; readonly record: ReviewRecord }

async function recordOnce(
  parts: IssuingParts,
  stores: Stores,
  actor: Actor,
  correction: Correction,
): Promise<Recorded> {
  const { code, contentDigest, reason } = correction
  const entry = await getIssuedEntry(stores, code)
  const key = { source: CORRECTION_SOURCE, id: code, attempt: 1 }
  const known = await stores.reviews.find(key)
  if (known?.state === 'released') {
    const before = await stores.corrections.findByReview(known.recordId)
    const isSame =
      known.contentDigest === contentDigest &&
      before?.reason.text === reason.text &&
      before.reason.isPublic === reason.isPublic
    if (isSame) return { isNew: false, record: known }
    throw await alreadyReplaced(parts, stores, entry)
  }
  assertInForce(parts, entry, correction)
  const record = known ?? (await addRecord(parts, stores, correction))
  return { isNew: true, record: await release(parts, stores, actor, record, correction) }
}

async function addRecord(
  parts: IssuingParts,
  stores: Stores,
  { review, contentDigest, achievement }: Correction,
): Promise<ReviewRecord> {
  const record: ReviewRecord = {
    recordId: parts.ids.uuid(),
    review,
    state: 'approved',
    achievementVersion: achievement.version,
    contentDigest,
    receivedAt: toTimestamp(parts.clock.now()),
  }
  if (await stores.reviews.insert(record)) return record
  throw new IssuerError('STATUS_CONFLICT', 'Somebody else has just corrected this badge.')
}

/** The record may be of an attempt that failed; then it takes on what is asked for now. */
async function release(
  parts: IssuingParts,
  stores: Stores,
  actor: Actor,
  { recordId, ...before }: ReviewRecord,
  { code, review, contentDigest, reason, achievement, validUntil }: Correction,
): Promise<ReviewRecord> {
  const record = { ...before, recordId, review, contentDigest, state: 'released' } as const
  await stores.corrections.put({ reviewRecordId: recordId, code, reason })
  await stores.reviews.move(recordId, 'approved', 'released', { review, contentDigest })
  await prepareIntent(parts, stores, record, achievement, validUntil)
  await auditReview(parts, stores, actor.name, 'badge.corrected', record, achievement)
  return record
}

function assertInForce(
  { clock }: IssuingParts,
  { state }: StatusEntry,
  { validUntil }: Correction,
): void {
  if (state === 'revoked')
    throw new IssuerError(
      'STATUS_CONFLICT',
      'This badge is revoked; that is final. Send a new review instead.',
    )
  if (state === 'suspended')
    throw new IssuerError('STATUS_CONFLICT', 'This badge is suspended; reinstate it first.')
  if ((parseTimestamp(validUntil) ?? Number.POSITIVE_INFINITY) <= clock.now())
    throw new IssuerError('STATUS_CONFLICT', 'This badge has expired. Send a new review instead.')
}

/** Names the newest badge of the chain. */
async function alreadyReplaced(
  { baseUrl }: IssuingParts,
  stores: Stores,
  entry: StatusEntry,
): Promise<IssuerError> {
  let newest = entry
  for (let next = entry.replacedBy; next !== undefined; next = newest.replacedBy)
    newest = await getIssuedEntry(stores, next)
  return new IssuerError(
    'STATUS_CONFLICT',
    newest === entry
      ? 'This badge is being corrected already, in another way.'
      : `This badge was corrected already; correct its successor: ${badgeUrl(baseUrl, newest.code)}`,
  )
}
