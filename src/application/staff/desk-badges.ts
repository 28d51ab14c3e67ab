/** What the desk sees of badges: those that match a search, and one of them with all that became of it. */
import { IssuerError } from '../../domain/issuer-error.js'
import { type StaffMember, seesDistrict } from '../../domain/staff.js'
import { assertNotErased } from '../erase-badge.js'
import type { OwedMail } from '../ports/mail.js'
import type {
  BadgeQuery,
  BadgeRecord,
  BadgeSummary,
  ReviewRecord,
  StatusEntry,
  Stores,
} from '../ports/stores.js'
import type { StaffParts } from './staff-parts.js'

const PAGE_SIZE = 50

export type BadgeList = {
  readonly query: BadgeQuery
  readonly badges: readonly BadgeSummary[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string
}

/** One page, newest first. A member of a district sees that district, whatever was asked for. */
export async function readDeskBadges(
  { database }: StaffParts,
  { role, district }: StaffMember,
  asked: BadgeQuery,
): Promise<BadgeList> {
  const query = role === 'district' ? { ...asked, district: district ?? '' } : asked
  const found = await database.stores.badges.search(query, PAGE_SIZE + 1)
  const badges = found.slice(0, PAGE_SIZE)
  const last = found.length > PAGE_SIZE ? badges.at(-1) : undefined
  return { query, badges, ...(last === undefined ? {} : { next: last.code }) }
}

export type DeskBadge = {
  readonly badge: BadgeRecord
  readonly record: ReviewRecord
  readonly entry: StatusEntry
  /** What was sent to the earner, oldest first. */
  readonly mails: readonly OwedMail[]
}

/**
 * @param code in canonical form
 * @throws BADGE_ERASED, NOT_FOUND also when it belongs to a district that the member does not see
 */
export async function readDeskBadge(
  { database }: StaffParts,
  member: StaffMember,
  code: string,
): Promise<DeskBadge> {
  const { stores } = database
  const badge = await getVisibleBadge(stores, member, code)
  const record = await stores.reviews.findById(badge.reviewRecordId)
  const entry = await stores.statusLists.findEntry(code)
  if (record === undefined || entry === undefined) throw new Error(`badge ${code} is not whole`)
  return { badge, record, entry, mails: await stores.mails.listAbout(code) }
}

/** @throws BADGE_ERASED, NOT_FOUND */
export async function getVisibleBadge(
  stores: Stores,
  member: StaffMember,
  code: string,
): Promise<BadgeRecord> {
  const badge = await stores.badges.find(code)
  if (badge !== undefined && seesDistrict(member, badge.district)) return badge
  if (badge === undefined) await assertNotErased(stores, code)
  throw new IssuerError('NOT_FOUND', 'There is no badge at this address.')
}
