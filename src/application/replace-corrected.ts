/** The moment in which a corrected badge takes the place of the old one. */
import { IssuerError } from '../domain/issuer-error.js'
import type { BadgeRecord, Stores } from './ports/stores.js'

/**
 * Revokes the badge that `badge` corrects, if it corrects one, lets it point on and hides what it shows of
 * its earner: a name that was wrong may have to go. Inside the transaction that stores `badge`.
 * @throws STATUS_CONFLICT when the old badge lost its good standing meanwhile: then neither happens
 */
export async function replaceCorrected(stores: Stores, badge: BadgeRecord): Promise<void> {
  const correction = await stores.corrections.findByReview(badge.reviewRecordId)
  if (correction === undefined) return
  const { code, reason } = correction
  const change = { reason, changedAt: badge.issuedAt, replacedBy: badge.code }
  if (!(await stores.statusLists.moveEntry(code, 'valid', 'revoked', change)))
    throw new IssuerError(
      'STATUS_CONFLICT',
      'The badge to correct was revoked or suspended meanwhile, so no other took its place.',
    )
  await stores.badges.hide(code)
  await stores.claimLinks.removeOf(code)
  await stores.audit.append({
    at: badge.issuedAt,
    actor: 'system',
    action: 'badge.replaced',
    subject: code,
    detail: { by: badge.code },
  })
}
