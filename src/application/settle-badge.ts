/** Brings a released review to its badge: finds it, or finishes what was begun. */
import { IssuerError } from '../domain/issuer-error.js'
import { finishIntent } from './finish-intent.js'
import type { IssuingParts } from './issuing-parts.js'
import type { BadgeRecord, Intent, ReviewRecord } from './ports/stores.js'
import { recordedAchievement } from './release-approval.js'

/**
 * @returns the badge of a released review; undefined when the review is not released
 * @throws what finishing throws
 */
export async function settleBadge(
  parts: IssuingParts,
  record: ReviewRecord,
): Promise<BadgeRecord | undefined> {
  if (record.state !== 'released') return undefined
  const { stores } = parts.database
  const badge = await stores.badges.findByReview(record.recordId)
  if (badge !== undefined) return badge
  const intent = await stores.intents.findByReview(record.recordId)
  if (intent === undefined) throw new IssuerError('ISSUING_FAILED', 'This badge was not prepared.')
  return finishOnce(parts, intent, record)
}

function finishOnce(
  parts: IssuingParts,
  intent: Intent,
  record: ReviewRecord,
): Promise<BadgeRecord> {
  const { underway } = parts
  const known = underway.get(intent.code)
  if (known !== undefined) return known
  const work = finish(parts, intent, record).finally(() => underway.delete(intent.code))
  underway.set(intent.code, work)
  return work
}

async function finish(
  parts: IssuingParts,
  intent: Intent,
  record: ReviewRecord,
): Promise<BadgeRecord> {
  const achievement = await recordedAchievement(parts.database.stores, record)
  return finishIntent(parts, intent, { record, achievement })
}

/**
 * Finishes every intent that a crash left open: that document, that id, that index.
 * @returns how many were finished and how many failed for good
 */
export async function resumeIntents(
  parts: IssuingParts,
): Promise<{ readonly finished: number; readonly failed: number }> {
  const outcome = { finished: 0, failed: 0 }
  for (const intent of await parts.database.stores.intents.listOpen(10_000)) {
    const record = await parts.database.stores.reviews.findById(intent.reviewRecordId)
    if (record === undefined) continue
    try {
      await finishOnce(parts, intent, record)
      outcome.finished += 1
    } catch (error) {
      if (!(error instanceof IssuerError)) throw error
      outcome.failed += 1
    }
  }
  return outcome
}
