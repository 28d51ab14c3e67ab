/**
 * Second half of the issue path: lint exactly the intended document, secure it, verify our own
 * output, store it. Safe to run again, here or in another process: the same intent gives the same
 * bytes, and only the first result is stored.
 */
import { type Achievement, issuerOf } from '../domain/achievement.js'
import { isForConformance } from '../domain/conformance-review.js'
import { type ErrorCode, IssuerError } from '../domain/issuer-error.js'
import type { LintedCredential } from '../domain/linted-credential.js'
import { formatReviewKey } from '../domain/review.js'
import type { SigningKey } from '../domain/signing-key.js'
import { toTimestamp } from '../domain/timestamps.js'
import { lintDraft } from './draft-credential.js'
import type { IssuingParts } from './issuing-parts.js'
import { oweMail } from './mail/owe-mail.js'
import type { BadgeRecord, Intent, ReviewRecord, Stores } from './ports/stores.js'
import { replaceCorrected } from './replace-corrected.js'
import { notAccepted, verifyOwnOutput } from './verify-own-output.js'

/** What the badge is about; read once by the caller. */
export type IntentSubject = { readonly record: ReviewRecord; readonly achievement: Achievement }

/**
 * @returns the badge, as stored
 * @throws LINT_FAILED, ISSUING_FAILED or STATUS_CONFLICT after giving the intent up; others leave it open
 */
export async function finishIntent(
  parts: IssuingParts,
  intent: Intent,
  subject: IntentSubject,
): Promise<BadgeRecord> {
  try {
    await assertStillTrusted(parts, intent)
    const tokenKey = await findTokenKey(parts, issuerOf(subject.achievement))
    const linted = await lintDraft(parts, intent, tokenKey?.methodId)
    const securedJson = await parts.proofSuite.secure(linted, intent.proofCreated)
    await verifyOwnOutput(parts, 'achievement-credential', securedJson)
    const token = tokenKey && (await secureToken(parts, linted, tokenKey))
    return await parts.database.transaction((stores) =>
      storeBadge(parts, stores, intent, subject, { securedJson, token }),
    )
  } catch (error) {
    if (isFinal(error)) await markFailed(parts, intent, subject.record, error)
    throw error
  }
}

/** Between preparing and signing, the key may have been given up. */
async function assertStillTrusted(parts: IssuingParts, intent: Intent): Promise<void> {
  const key = await parts.database.stores.keys.findByMethod(intent.verificationMethod)
  if (key !== undefined && key.state !== 'compromised' && key.state !== 'pending') return
  throw new IssuerError(
    'ISSUING_FAILED',
    'The key that this badge was prepared for is not trusted any more; send the review again.',
  )
}

async function findTokenKey(parts: IssuingParts, issuer: string): Promise<SigningKey | undefined> {
  if (parts.tokenAlgorithm === undefined) return undefined
  return parts.database.stores.keys.findActive(issuer, parts.tokenAlgorithm)
}

/** The VC-JWT, checked with a library that had no part in making it. */
async function secureToken(
  parts: IssuingParts,
  linted: LintedCredential,
  key: SigningKey,
): Promise<string> {
  const token = await parts.tokenSuite.secure(linted, key.algorithm === 'RS256' ? 'RS256' : 'ES256')
  const faults = await parts.independentVerifier.verifyToken(token, key.publicKeyJwk)
  if (faults.length === 0) return token
  throw notAccepted(faults)
}

async function storeBadge(
  parts: IssuingParts,
  stores: Stores,
  intent: Intent,
  { record, achievement }: IntentSubject,
  { securedJson, token }: { readonly securedJson: string; readonly token: string | undefined },
): Promise<BadgeRecord> {
  const { candidate, consent } = record.review
  const badge: BadgeRecord = {
    code: intent.code,
    reviewRecordId: record.recordId,
    issuer: intent.verificationMethod.split('#')[0] ?? '',
    achievementSlug: achievement.slug,
    achievementVersion: achievement.version,
    earnerName: candidate.name,
    ...(candidate.district === undefined ? {} : { district: candidate.district }),
    consent,
    securedJson,
    ...(token === undefined ? {} : { token }),
    digest: parts.hasher.sha256Hex(securedJson),
    issuedAt: toTimestamp(parts.clock.now()),
  }
  if (!(await stores.intents.close(intent.code, 'done'))) return getStored(stores, intent.code)
  if (!(await stores.badges.insert(badge))) return getStored(stores, intent.code)
  await replaceCorrected(stores, badge)
  if (parts.sendsMail && !isForConformance(record.review))
    await oweMail(parts, stores, 'badge', badge.code)
  await stores.audit.append({
    at: badge.issuedAt,
    actor: 'system',
    action: 'badge.issued',
    subject: intent.code,
    detail: {
      review: formatReviewKey(record.review),
      achievement: `${achievement.slug}/${achievement.version}`,
      digest: badge.digest,
      verificationMethod: intent.verificationMethod,
    },
  })
  return badge
}

/** Another process was first; its bytes are the badge. */
async function getStored(stores: Stores, code: string): Promise<BadgeRecord> {
  const stored = await stores.badges.find(code)
  if (stored === undefined)
    throw new IssuerError('ISSUING_FAILED', 'The badge could not be stored.')
  return stored
}

/** Conflicts: the badge to correct is not in force any more. */
const FINAL: readonly ErrorCode[] = ['LINT_FAILED', 'ISSUING_FAILED', 'STATUS_CONFLICT']

/** Whether trying again could not help. */
function isFinal(error: unknown): error is IssuerError {
  return error instanceof IssuerError && FINAL.includes(error.code)
}

/** The review is an approval again: it can be withdrawn, or sent once more and tried anew. */
async function markFailed(
  parts: IssuingParts,
  intent: Intent,
  record: ReviewRecord,
  error: IssuerError,
): Promise<void> {
  const cause = error.cause instanceof Error ? error.cause.message : ''
  const reason = [error.rule, error.message, cause].filter(Boolean).join(' ')
  await parts.database.transaction(async (stores) => {
    if (!(await stores.intents.close(intent.code, 'failed', reason))) return
    await stores.reviews.move(record.recordId, 'released', 'approved')
    await stores.audit.append({
      at: toTimestamp(parts.clock.now()),
      actor: 'system',
      action: 'badge.failed',
      subject: intent.code,
      detail: {
        review: formatReviewKey(record.review),
        code: error.code,
        rule: error.rule ?? '',
      },
    })
  })
}
