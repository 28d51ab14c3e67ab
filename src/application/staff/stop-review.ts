/** The desk does not release an approval now: it holds it, sends it back, or takes it up again. */
import { IssuerError } from '../../domain/issuer-error.js'
import { formatReviewKey, type ReviewState } from '../../domain/review.js'
import { toTimestamp } from '../../domain/timestamps.js'
import type { Actor } from '../actor.js'
import type { ReviewRecord, ReviewStop, Stores } from '../ports/stores.js'
import type { StaffParts } from './staff-parts.js'

const MAX_REASON_CHARS = 2000

/** From which states each is possible. What was sent back needs a new attempt. */
const FROM: Readonly<Record<ReviewStop['state'], readonly ReviewState[]>> = {
  held: ['approved'],
  returned: ['approved', 'held'],
}

/**
 * Holds a review, or sends it back; why is kept beside it, and out of the audit log.
 * @throws REQUEST_INVALID without a reason, NOT_FOUND, REVIEW_NOT_RELEASABLE
 */
export async function stopReview(
  parts: StaffParts,
  actor: Actor,
  recordId: string,
  { state, reason }: Pick<ReviewStop, 'state' | 'reason'>,
): Promise<void> {
  const text = readReason(reason)
  await parts.database.transaction(async (stores) => {
    const record = await getReview(stores, recordId)
    await move(stores, record, FROM[state], state)
    const at = toTimestamp(parts.clock.now())
    const stop = { reviewRecordId: recordId, state, reason: text, actor: actor.name, at }
    await stores.reviewStops.put(stop)
    await audit(parts, stores, actor, record, `review.${state}`, {
      reasonDigest: parts.hasher.sha256Hex(text),
    })
  })
}

/**
 * What was held waits for its release again.
 * @throws NOT_FOUND, REVIEW_NOT_RELEASABLE
 */
export async function resumeReview(
  parts: StaffParts,
  actor: Actor,
  recordId: string,
): Promise<void> {
  await parts.database.transaction(async (stores) => {
    const record = await getReview(stores, recordId)
    await move(stores, record, ['held'], 'approved')
    await audit(parts, stores, actor, record, 'review.resumed', {})
  })
}

function readReason(text: string): string {
  const reason = text.replaceAll('\r\n', '\n').trim()
  if (reason !== '' && reason.length <= MAX_REASON_CHARS) return reason
  throw new IssuerError(
    'REQUEST_INVALID',
    `Say why, in 1 to ${MAX_REASON_CHARS} characters; whoever looks at this later needs it.`,
    { pointer: '/reason' },
  )
}

async function getReview(stores: Stores, recordId: string): Promise<ReviewRecord> {
  const record = await stores.reviews.findById(recordId)
  if (record !== undefined) return record
  throw new IssuerError('NOT_FOUND', 'There is no review at this address.')
}

/** A review that two people decide on at once is decided by the first. */
async function move(
  stores: Stores,
  { recordId, review, state }: ReviewRecord,
  from: readonly ReviewState[],
  to: ReviewState,
): Promise<void> {
  if (from.includes(state) && (await stores.reviews.move(recordId, state, to))) return
  throw new IssuerError(
    'REVIEW_NOT_RELEASABLE',
    `The review ${formatReviewKey(review)} is ${state} now, so this was not done. Open it again.`,
  )
}

async function audit(
  parts: StaffParts,
  stores: Stores,
  actor: Actor,
  { review }: ReviewRecord,
  action: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  const at = toTimestamp(parts.clock.now())
  await stores.audit.append({
    at,
    actor: actor.name,
    action,
    subject: formatReviewKey(review),
    detail,
  })
}
