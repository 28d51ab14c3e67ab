/** Forgets a person: badge, review and everything that was kept about them. Whether the badge is revoked is still told. */
import { badgeUrl } from '../domain/badge-code.js'
import { IssuerError } from '../domain/issuer-error.js'
import type { Review } from '../domain/review.js'
import { toTimestamp } from '../domain/timestamps.js'
import { contentDigest } from './own-records.js'
import type { Clock, Hasher } from './ports/environment.js'
import type { BadgeRecord, Database, Stores } from './ports/stores.js'

export type ErasingParts = {
  readonly baseUrl: string
  readonly database: Database
  readonly clock: Clock
  readonly hasher: Hasher
}

/**
 * Erases a badge, and with it those that it replaced or that replaced it: they are of the same person. What
 * stays is in `Erasure`; the audit log never held anything of a person.
 * @param actor as in the audit log
 * @returns the codes that were erased
 * @throws NOT_FOUND, BADGE_ERASED when it was before
 */
export async function eraseBadge(
  parts: ErasingParts,
  actor: string,
  code: string,
): Promise<readonly string[]> {
  const codes = await parts.database.transaction(async (stores) => {
    const badges = await findAllOf(stores, code)
    for (const badge of badges) await eraseOne(parts, stores, actor, badge)
    return badges.map((badge) => badge.code)
  })
  await parts.database.scrub()
  return codes
}

/** @throws BADGE_ERASED when the code is that of an erased badge */
export async function assertNotErased(stores: Stores, code: string): Promise<void> {
  if ((await stores.erasures.find(code)) === undefined) return
  throw new IssuerError(
    'BADGE_ERASED',
    'This badge was erased because its earner wanted to be forgotten. Its status list still tells whether it is revoked.',
  )
}

/** The badge, before it those that it corrects, after it those that correct it. */
async function findAllOf(stores: Stores, code: string): Promise<readonly BadgeRecord[]> {
  await assertNotErased(stores, code)
  const badge = await stores.badges.find(code)
  if (badge === undefined)
    throw new IssuerError('NOT_FOUND', `There is no badge with the code ${code}.`)
  const found = [badge]
  for (let first = found[0]; first !== undefined; ) {
    const before = await stores.corrections.findByReview(first.reviewRecordId)
    first = before && (await stores.badges.find(before.code))
    if (first !== undefined) found.unshift(first)
  }
  for (let last = found.at(-1); last !== undefined; ) {
    const after = (await stores.statusLists.findEntry(last.code))?.replacedBy
    last = after === undefined ? undefined : await stores.badges.find(after)
    if (last !== undefined) found.push(last)
  }
  return found
}

async function eraseOne(
  parts: ErasingParts,
  stores: Stores,
  actor: string,
  badge: BadgeRecord,
): Promise<void> {
  const { code, reviewRecordId, issuedAt } = badge
  const at = toTimestamp(parts.clock.now())
  const record = await stores.reviews.findById(reviewRecordId)
  await stores.erasures.insert({
    code,
    contentDigest: contentDigest(parts, badge),
    issuedAt,
    erasedAt: at,
  })
  await stores.erasures.removeTraces({ code, reviewRecordId, url: badgeUrl(parts.baseUrl, code) })
  if (record !== undefined) {
    const change = { review: withoutPeople(record.review), contentDigest: '' }
    await stores.reviews.move(reviewRecordId, record.state, 'erased', change)
  }
  await stores.audit.append({ at, actor, action: 'badge.erased', subject: code, detail: {} })
}

/** The key stays, so that the same review is not issued anew when it is sent again. */
function withoutPeople({ source, id, attempt, achievement, decision, decidedAt }: Review): Review {
  return {
    source,
    id,
    attempt,
    achievement,
    candidate: { name: '', email: '' },
    decision,
    decidedAt,
    reviewers: [],
    evidence: [],
    consent: { name: 'hidden', evidence: 'hidden', listed: false },
  }
}
