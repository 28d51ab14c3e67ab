/** First half of the issue path: reserve a status index and write down exactly what will be signed. */
import type { Achievement } from '../domain/achievement.js'
import { buildCredential, type IdentityObject } from '../domain/achievement-credential.js'
import { toBadgeCode } from '../domain/badge-code.js'
import { evidenceSealText } from '../domain/evidence.js'
import { IssuerError } from '../domain/issuer-error.js'
import type { Candidate } from '../domain/review.js'
import { addMonths, parseTimestamp, toTimestamp } from '../domain/timestamps.js'
import { currentIssuer, type IssuingParts, statusListUrl } from './issuing-parts.js'
import type { Intent, ReviewRecord, StatusList, Stores } from './ports/stores.js'

/** W3C Bitstring Status List 1.0 section 6.1: at least 131,072 bits. */
const LIST_LENGTH_BITS = 131_072
/** Fill is looked at only after this many collisions, and a list counts as full at one half. */
const COLLISIONS_BEFORE_COUNT = 3
const MAX_PICKS = 200

/**
 * Writes the intent for an approved review, inside the caller's transaction.
 * @returns the intent as stored; its document is what will be signed, byte for byte
 */
export async function prepareIntent(
  parts: IssuingParts,
  stores: Stores,
  record: ReviewRecord,
  achievement: Achievement,
): Promise<Intent> {
  const code = toBadgeCode(parts.ids.randomBytes(16))
  const issuer = currentIssuer(parts)
  const { listId, listIndex } = await reserveIndex(parts, stores, issuer.id, code)
  const evidenceNonces = record.review.evidence.map(() => toBadgeCode(parts.ids.randomBytes(16)))
  const now = parts.clock.now()
  const validFromMs = Math.max(now, parseTimestamp(record.review.decidedAt) ?? now)
  const document = buildCredential(record.review, achievement, {
    baseUrl: parts.baseUrl,
    code,
    issuer,
    subjectId: `urn:uuid:${parts.ids.uuid()}`,
    identifiers: toIdentifiers(parts, record.review.candidate),
    evidenceSeals: record.review.evidence.map((item, position) =>
      parts.hasher.sha256Base64Url(evidenceSealText(item, evidenceNonces[position] ?? '')),
    ),
    validFrom: toTimestamp(validFromMs),
    ...(achievement.validityMonths === undefined
      ? {}
      : { validUntil: toTimestamp(addMonths(validFromMs, achievement.validityMonths)) }),
    statusListUrl: statusListUrl(parts.baseUrl, listId),
    listIndex,
    legacyProof: parts.legacyProof,
  })
  const intent: Intent = {
    code,
    reviewRecordId: record.recordId,
    achievementVersion: achievement.version,
    listId,
    listIndex,
    document: JSON.stringify(document),
    evidenceNonces,
    proofCreated: toTimestamp(now),
    verificationMethod: parts.keyRing.getActive().id,
    createdAt: toTimestamp(now),
  }
  if (!(await stores.intents.insert(intent))) {
    throw new IssuerError('REVIEW_ALREADY_RELEASED', 'This review already has a badge.')
  }
  return intent
}

/** E-mail lower-cased and trimmed, then SHA-256 with a fresh salt (OB 3.0 class IdentityObject). */
function toIdentifiers(parts: IssuingParts, candidate: Candidate): readonly IdentityObject[] {
  const salt = toBadgeCode(parts.ids.randomBytes(16))
  const email = candidate.email.trim().toLowerCase()
  const emailIdentity: IdentityObject = {
    type: 'IdentityObject',
    hashed: true,
    identityHash: `sha256$${parts.hasher.sha256Hex(`${email}${salt}`)}`,
    identityType: 'emailAddress',
    salt,
  }
  if (!parts.nameInCredential) return [emailIdentity]
  return [
    emailIdentity,
    { type: 'IdentityObject', hashed: false, identityHash: candidate.name, identityType: 'name' },
  ]
}

type Reservation = { readonly listId: string; readonly listIndex: number }

/** A random unused index: allocation says nothing about order, and no index is given twice. */
async function reserveIndex(
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
  await stores.statusLists.add(list)
  return list
}
