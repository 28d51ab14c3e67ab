/** First half of the issue path: reserve a status index and write down exactly what will be signed. */
import { type Achievement, issuerOf } from '../domain/achievement.js'
import { toBadgeCode } from '../domain/badge-code.js'
import { IssuerError } from '../domain/issuer-error.js'
import { toTimestamp } from '../domain/timestamps.js'
import { draftCredential } from './draft-credential.js'
import { findEndorsements } from './embeddable-endorsements.js'
import type { IssuingParts } from './issuing-parts.js'
import type { Intent, ReviewRecord, StatusList, Stores } from './ports/stores.js'
import { findSigningIssuer } from './signing-issuer.js'

/** W3C Bitstring Status List 1.0 section 6.1: at least 131,072 bits. */
const LIST_LENGTH_BITS = 131_072
/** Fill is looked at only after this many collisions, and a list counts as full at one half. */
const COLLISIONS_BEFORE_COUNT = 3
const MAX_PICKS = 200

/**
 * Writes the intent for an approved review, inside the caller's transaction.
 * @param validUntil when it ends; as the achievement says unless told
 * @returns the intent as stored; its document is what will be signed, byte for byte
 */
export async function prepareIntent(
  parts: IssuingParts,
  stores: Stores,
  record: ReviewRecord,
  achievement: Achievement,
  validUntil?: string,
): Promise<Intent> {
  const code = toBadgeCode(parts.ids.randomBytes(16))
  // The key cannot retire before the time of its proof is written down.
  await stores.keys.holdActive(issuerOf(achievement), 'Ed25519')
  const issuer = await findSigningIssuer(parts, stores, issuerOf(achievement))
  const entry = await reserveIndex(parts, stores, issuer.profile.id, code)
  const now = toTimestamp(parts.clock.now())
  const place = { code, ...entry }
  const { id } = issuer.profile
  const endorsements = await findEndorsements(stores, parts.baseUrl, achievement, id)
  const intent: Intent = {
    ...draftCredential(parts, issuer, record.review, achievement, place, {
      endorsements,
      validUntil,
    }),
    reviewRecordId: record.recordId,
    proofCreated: now,
    createdAt: now,
  }
  if (!(await stores.intents.insert(intent))) {
    throw new IssuerError('REVIEW_ALREADY_RELEASED', 'This review already has a badge.')
  }
  return intent
}

type Reservation = { readonly listId: string; readonly listIndex: number }

/** A random unused index: allocation says nothing about order, and no index is given twice. */
export async function reserveIndex(
  parts: IssuingParts,
  stores: Stores,
  issuerId: string,
  code: string,
): Promise<Reservation> {
  let list =
    (await stores.statusLists.findCurrent(issuerId)) ?? (await addList(parts, stores, issuerId))
  for (let pick = 1; pick <= MAX_PICKS; pick += 1) {
    const listIndex = parts.ids.randomInt(list.lengthBits)
    if (await stores.statusLists.reserve(list.listId, listIndex, code)) {
      return { listId: list.listId, listIndex }
    }
    if (pick % COLLISIONS_BEFORE_COUNT === 0) {
      const reserved = await stores.statusLists.countReserved(list.listId)
      if (reserved * 2 >= list.lengthBits) list = await addList(parts, stores, issuerId)
    }
  }
  throw new IssuerError('STORE_UNAVAILABLE', 'No status index could be reserved; try again.')
}

async function addList(parts: IssuingParts, stores: Stores, issuer: string): Promise<StatusList> {
  const list: StatusList = {
    listId: toBadgeCode(parts.ids.randomBytes(16)),
    issuer,
    lengthBits: LIST_LENGTH_BITS,
    createdAt: toTimestamp(parts.clock.now()),
  }
  if (await stores.statusLists.add(list)) return list
  throw new IssuerError('STORE_UNAVAILABLE', 'No status list could be started; try again.')
}
