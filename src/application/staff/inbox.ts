/** What the desk sees of reviews: a list of those in some state, and one of them whole. */
import type { Achievement } from '../../domain/achievement.js'
import { IssuerError } from '../../domain/issuer-error.js'
import type { ReviewState } from '../../domain/review.js'
import { mayDo, type StaffMember, seesDistrict } from '../../domain/staff.js'
import type { ReviewQuery, ReviewRecord, ReviewStop, Stores } from '../ports/stores.js'
import { recordedAchievement } from '../release-approval.js'
import type { StaffParts } from './staff-parts.js'

/** The folders of the desk, and what lies in each. */
export const FOLDERS = {
  waiting: ['approved'],
  held: ['held'],
  returned: ['returned'],
  released: ['released'],
} as const satisfies Readonly<Record<string, readonly ReviewState[]>>
export type Folder = keyof typeof FOLDERS

const PAGE_SIZE = 50

export type InboxQuery = {
  readonly folder: Folder
  readonly district?: string
  readonly achievement?: string
  readonly after?: string
}

export type Inbox = {
  readonly query: InboxQuery
  readonly reviews: readonly ReviewRecord[]
  /** How many lie in each folder, with the same filter. */
  readonly counts: Readonly<Record<Folder, number>>
  /** Where the next page begins; absent on the last. */
  readonly next?: string
}

/** One page of a folder, oldest first. A member of a district sees that district, whatever was asked for. */
export async function readInbox(
  { database }: StaffParts,
  member: StaffMember,
  query: InboxQuery,
): Promise<Inbox> {
  const { reviews } = database.stores
  const { after, ...filter } = withinSight(member, query)
  const found = await reviews.list(
    { ...filter, states: FOLDERS[query.folder], ...(after === undefined ? {} : { after }) },
    PAGE_SIZE + 1,
  )
  const shown = found.slice(0, PAGE_SIZE)
  const last = found.length > PAGE_SIZE ? shown.at(-1) : undefined
  return {
    query,
    reviews: shown,
    counts: await countFolders(database.stores, filter),
    ...(last === undefined ? {} : { next: last.recordId }),
  }
}

type Filter = Omit<ReviewQuery, 'states' | 'after'>

function withinSight(
  { role, district: own }: StaffMember,
  { folder: _folder, district, ...rest }: InboxQuery,
): Filter & Pick<ReviewQuery, 'after'> {
  const only = role === 'district' ? own : district
  return { ...rest, ...(only === undefined ? {} : { district: only }) }
}

async function countFolders(stores: Stores, filter: Filter): Promise<Inbox['counts']> {
  const count = (folder: Folder) => stores.reviews.count({ ...filter, states: FOLDERS[folder] })
  return {
    waiting: await count('waiting'),
    held: await count('held'),
    returned: await count('returned'),
    released: await count('released'),
  }
}

/** A review as the desk sees it; what candidates handed in is left out for those who may not see it. */
export type DeskReview = {
  readonly record: ReviewRecord
  readonly achievement: Achievement
  readonly showsEvidence: boolean
  readonly stop?: ReviewStop
  /** Code of its badge, once issued. */
  readonly badgeCode?: string
}

/** @throws NOT_FOUND also when it belongs to a district that the member does not see */
export async function readDeskReview(
  { database }: StaffParts,
  member: StaffMember,
  recordId: string,
): Promise<DeskReview> {
  const { stores } = database
  const record = await getVisible(stores, member, recordId)
  const stop = await stores.reviewStops.find(recordId)
  const badge = await stores.badges.findByReview(recordId)
  const showsEvidence = mayDo(member, 'evidence:read')
  const { evidence, ...rest } = record.review
  return {
    record: { ...record, review: { ...rest, evidence: showsEvidence ? evidence : [] } },
    achievement: await recordedAchievement(stores, record),
    showsEvidence,
    ...(stop === undefined || record.state !== stop.state ? {} : { stop }),
    ...(badge === undefined ? {} : { badgeCode: badge.code }),
  }
}

/** @throws NOT_FOUND */
export async function getVisible(
  stores: Stores,
  member: StaffMember,
  recordId: string,
): Promise<ReviewRecord> {
  const record = await stores.reviews.findById(recordId)
  const isThere = record !== undefined && record.state !== 'erased'
  if (isThere && seesDistrict(member, record.review.candidate.district)) return record
  throw new IssuerError('NOT_FOUND', 'There is no review at this address.')
}
