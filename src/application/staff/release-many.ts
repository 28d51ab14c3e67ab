/** Releases many reviews: what was asked for is written down, then done one by one, also after a crash. */
import { IssuerError } from '../../domain/issuer-error.js'
import { toTimestamp } from '../../domain/timestamps.js'
import type { Actor } from '../actor.js'
import type { IssuingParts } from '../issuing-parts.js'
import type { WaitingItem } from '../ports/releases.js'
import type { ReviewQuery, Stores } from '../ports/stores.js'
import { releaseReview } from '../release-review.js'
import type { StaffParts } from './staff-parts.js'

/** As many as a back-log has; a second release takes the rest. */
const MAX_REVIEWS = 20_000
const PAGE = 500
/** How many are done before it is looked again what was asked for. */
const AT_ONCE = 20

/** Reviews by record id, or all that wait and match. */
export type WhatToRelease =
  | { readonly kind: 'chosen'; readonly recordIds: readonly string[] }
  | { readonly kind: 'all'; readonly filter: Pick<ReviewQuery, 'district' | 'achievement'> }

/**
 * Writes a release down; it is begun within a second.
 * @returns its id
 * @throws REQUEST_INVALID when nothing of it waits for its release
 */
export async function askForRelease(
  parts: StaffParts,
  actor: Actor,
  what: WhatToRelease,
): Promise<string> {
  return parts.database.transaction(async (stores) => {
    const recordIds = await findWaiting(stores, what)
    if (recordIds.length === 0)
      throw new IssuerError('REQUEST_INVALID', 'Choose at least one review that waits.')
    const releaseId = parts.ids.uuid()
    const at = toTimestamp(parts.clock.now())
    await stores.releases.insert({ releaseId, actor: actor.name, createdAt: at }, recordIds)
    await stores.audit.append({
      at,
      actor: actor.name,
      action: 'release.asked-for',
      subject: releaseId,
      detail: { reviews: recordIds.length },
    })
    return releaseId
  })
}

async function findWaiting(stores: Stores, what: WhatToRelease): Promise<readonly string[]> {
  if (what.kind === 'chosen') {
    const found = await Promise.all(
      what.recordIds.slice(0, MAX_REVIEWS).map((id) => stores.reviews.findById(id)),
    )
    return found.flatMap((record) => (record?.state === 'approved' ? [record.recordId] : []))
  }
  const recordIds: string[] = []
  for (let after: string | undefined; recordIds.length < MAX_REVIEWS; after = recordIds.at(-1)) {
    const query = { ...what.filter, states: ['approved'] as const, ...(after && { after }) }
    const page = await stores.reviews.list(query, PAGE)
    recordIds.push(...page.map(({ recordId }) => recordId))
    if (page.length < PAGE) break
  }
  return recordIds
}

export type ReleasingParts = {
  readonly issuing: IssuingParts
  /** Shares the processor with requests that issue. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  /** Told of what is no refusal. */
  readonly onFault: (error: unknown) => void
}

/**
 * Does some of what was asked for. One that is released already counts as released: so a release that a crash
 * broke off, or that two processes do at once, ends the same.
 * @returns how many were done; 0 when nothing waits
 * @throws STORE_UNAVAILABLE, and the rest waits on
 */
export async function releaseSome(parts: ReleasingParts): Promise<number> {
  const waiting = await parts.issuing.database.stores.releases.listWaiting(AT_ONCE)
  for (const item of waiting) await releaseOne(parts, item)
  return waiting.length
}

async function releaseOne(parts: ReleasingParts, item: WaitingItem): Promise<void> {
  const { stores } = parts.issuing.database
  try {
    const record = await stores.reviews.findById(item.reviewRecordId)
    if (record === undefined) throw new IssuerError('NOT_FOUND', 'The review is not here any more.')
    const actor = { name: item.actor }
    await parts.inTurn(() => releaseReview(parts.issuing, record.review, actor))
    await stores.releases.settle(item)
  } catch (error) {
    await stores.releases.settle(item, reasonOf(parts, error))
  }
}

function reasonOf(parts: ReleasingParts, error: unknown): string {
  if (!(error instanceof IssuerError)) {
    parts.onFault(error)
    return 'Something went wrong here; the log of the service says what.'
  }
  if (error.code === 'STORE_UNAVAILABLE') throw error
  return error.message
}
