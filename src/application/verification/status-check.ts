/**
 * Does the issuer still stand by it? Badges of this service are looked up in its own records, where a
 * change is seen at once; those of others in the lists that they name.
 */
import { IssuerError } from '../../domain/issuer-error.js'
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from '../../domain/json.js'
import { mayLeaveOut } from '../../domain/proof.js'
import type { Check } from '../../domain/verification-report.js'
import { problem, skipped, unknown } from './check-results.js'
import { issuerIdOf } from './issuer-key-check.js'
import { judgeBits } from './status/bits-status.js'
import { type EntryFinding, open, summarise } from './status/entry-finding.js'
import { isListKind, readListEntry } from './status/list-entry.js'
import { createListReader, type ListReader } from './status/list-reader.js'
import { AT, judgeOwnStatus, NOT_THEIRS, unverifiable } from './status/own-status.js'
import { judgeRevocationList } from './status/revocation-list.js'
import { schemaKindOf } from './structure-check.js'
import type { VerifyingParts } from './verifying-parts.js'

const LATER = 'Try again in a moment.'

/**
 * OB 3.0 section 9.1 step 4, over what is signed. Every entry is judged; the worst decides.
 * @param isProven whether issuer key and proofs passed; what a stranger wrote is not looked up, or
 *   anybody could make this service fetch, or ask index by index which are given out
 */
export async function checkStatus(
  document: JsonObject,
  parts: VerifyingParts,
  isProven: boolean,
): Promise<Check> {
  if (!isProven)
    return skipped('status', 'Without a sound signature, its status was not looked up.')
  try {
    return await judgeStatus(document, parts)
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code !== 'STORE_UNAVAILABLE') throw error
    const sentence = 'Whether the issuer has withdrawn it could not be looked up.'
    return unknown('status', sentence, [problem('status-unreachable', AT)], LATER)
  }
}

async function judgeStatus(document: JsonObject, parts: VerifyingParts): Promise<Check> {
  const { records } = parts
  const status = member(document, 'credentialStatus')
  const isOurs = (await records.findController(issuerIdOf(document))) !== undefined
  if (status === undefined && schemaKindOf(document) === 'endorsement-credential')
    return skipped('status', NO_LIST)
  if (status === undefined)
    return isOurs ? unverifiable(MISSING) : skipped('status', withoutList(document))
  return isOurs
    ? judgeOwnStatus(document, status, records)
    : judgeEntries(document, listMember(document, 'credentialStatus'), parts)
}

const NO_LIST = 'It names no list on which it could be withdrawn.'
const NONE_SHOWN =
  'It shows no list on which it could be withdrawn; who showed it may have left one out, as far as its issuer allowed that.'

function withoutList(document: JsonObject): string {
  return mayLeaveOut(document) ? NONE_SHOWN : NO_LIST
}

const MISSING = 'This issuer gives every badge a status; this one names none.'

/** One for each purpose of the standard; each list may take a while to read. */
const MAX_ENTRIES = 4

async function judgeEntries(
  document: JsonObject,
  entries: readonly JsonValue[],
  parts: VerifyingParts,
): Promise<Check> {
  if (entries.length > MAX_ENTRIES) return summarise([open('status-too-many', TOO_MANY, AT)])
  const lists = createListReader(parts)
  const isList = Array.isArray(member(document, 'credentialStatus'))
  const findings: EntryFinding[] = []
  for (const [index, entry] of entries.entries())
    findings.push(await judgeEntry(parts, document, entry, lists, isList ? `${AT}/${index}` : AT))
  return summarise(findings.length === 0 ? [open('status-unverifiable', UNREAD, AT)] : findings)
}

const TOO_MANY = `It names more than the ${MAX_ENTRIES} statuses that are looked up for one badge.`
const UNREAD = 'It does not name its status in a form we read.'

async function judgeEntry(
  parts: VerifyingParts,
  document: JsonObject,
  entry: JsonValue,
  lists: ListReader,
  pointer: string,
): Promise<EntryFinding> {
  const types = listMember(entry, 'type')
  const [type] = types
  if (!isJsonObject(entry) || typeof type !== 'string')
    return open('status-unverifiable', UNREAD, pointer)
  // Before anything else is said of our list: a stranger's own badge could ask index by index.
  const listUrl = textMember(entry, 'statusListCredential') ?? ''
  if ((await parts.records.findStatus(listUrl, 0)).kind !== 'foreign-list')
    return open('status-unverifiable', NOT_THEIRS, pointer)
  if (types.length > 1) return notKnown(types.join(', '), pointer)
  if (type === '1EdTechRevocationList') return judgeRevocationList(entry, document, lists, pointer)
  if (!isListKind(type)) return notKnown(type, pointer)
  const read = readListEntry(entry, type, pointer)
  return 'finding' in read ? read.finding : judgeBits(parts, read, document, lists)
}

function notKnown(type: string, pointer: string): EntryFinding {
  const sentence = `Its status is of a kind that is not checked here (${type.slice(0, 80)}).`
  return open('status-type', sentence, `${pointer}/type`)
}
