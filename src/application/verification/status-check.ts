/**
 * Does the issuer still stand by it? Badges of this service are looked up in its own records, where a
 * change is seen at once. Lists of others are not fetched: their badges come out *skipped*.
 */
import { IssuerError } from '../../domain/issuer-error.js'
import { isJsonObject, type JsonObject, member, textMember } from '../../domain/json.js'
import { parseTimestamp } from '../../domain/timestamps.js'
import type { Check } from '../../domain/verification-report.js'
import type { OwnRecords, OwnStatus } from '../ports/verifier.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'
import { issuerIdOf } from './issuer-key-check.js'
import { schemaKindOf } from './structure-check.js'

const AT = '/credentialStatus'
const LATER = 'Try again in a moment.'
const ASK = 'Ask the issuer whether the badge still stands.'

/**
 * W3C Bitstring Status List 1.0 section 3.2, over what is signed: the entry must be one object of our
 * own strict shape, in a list of the badge's own issuer, and its index must be this badge's.
 * @param isProven whether issuer key and proofs passed; what a stranger wrote is not looked up, or
 *   anybody could ask index by index which are given out
 */
export async function checkStatus(
  document: JsonObject,
  records: OwnRecords,
  isProven: boolean,
): Promise<Check> {
  if (!isProven)
    return skipped('status', 'Without a sound signature, its status was not looked up.')
  try {
    return await judgeStatus(document, records)
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code !== 'STORE_UNAVAILABLE') throw error
    const sentence = 'Whether the issuer has withdrawn it could not be looked up.'
    return unknown('status', sentence, [problem('status-unreachable', AT)], LATER)
  }
}

async function judgeStatus(document: JsonObject, records: OwnRecords): Promise<Check> {
  const entry = member(document, 'credentialStatus')
  const issuer = issuerIdOf(document)
  const isOurs = (await records.findController(issuer)) !== undefined
  if (entry === undefined && schemaKindOf(document) === 'endorsement-credential')
    return skipped('status', NO_LIST)
  if (entry === undefined) return isOurs ? unverifiable(MISSING) : skipped('status', NO_LIST)
  if (!isJsonObject(entry)) return unverifiable('It does not name its status in a form we read.')
  const index = readIndex(entry)
  const url = textMember(entry, 'statusListCredential') ?? ''
  const status = await records.findStatus(url, index ?? 0)
  const isForeign = status.kind === 'foreign-list'
  // Before anything else is said of our list: a stranger's own badge could ask index by index.
  if (!isOurs) return isForeign ? skipped('status', NOT_LOOKED_AT) : unverifiable(NOT_THEIRS)
  if (isForeign) return unverifiable(NOT_THEIRS)
  if (index === undefined || status.kind === 'out-of-range') return outOfRange()
  if (!isOurShape(entry)) return unverifiable('Its status entry is of a kind that we never issue.')
  if (status.kind !== 'found') return unverifiable('The list has no record of this badge.')
  if (status.issuer !== issuer) return unverifiable(NOT_THEIRS)
  if (status.credentialId !== textMember(document, 'id'))
    return unverifiable('Its place in the list belongs to another badge.')
  return judgeState(status)
}

const NO_LIST = 'It names no list on which it could be withdrawn.'
const NOT_LOOKED_AT = 'Whether the issuer has withdrawn it was not looked at.'
const MISSING = 'This issuer gives every badge a status; this one names none.'
const NOT_THEIRS = 'The list that it names is not one of its issuer.'

/** The index as the standard writes it, a base-10 string; undefined for any other form. */
function readIndex(entry: JsonObject): number | undefined {
  const text = textMember(entry, 'statusListIndex') ?? ''
  return /^(0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : undefined
}

const MEMBERS: readonly string[] = [
  'id',
  'type',
  'statusPurpose',
  'statusListIndex',
  'statusListCredential',
]

/** `type` as an array is the same RDF and was once enough to make a reader skip the entry. */
function isOurShape(entry: JsonObject): boolean {
  return (
    textMember(entry, 'type') === 'BitstringStatusListEntry' &&
    textMember(entry, 'statusPurpose') === 'revocation' &&
    Object.keys(entry).every((name) => MEMBERS.includes(name))
  )
}

function unverifiable(sentence: string): Check {
  return unknown('status', sentence, [problem('status-unverifiable', AT)], ASK)
}

function outOfRange(): Check {
  const sentence = 'Its place in the status list is not a number of that list.'
  return failed('status', sentence, [problem('status-range', `${AT}/statusListIndex`)], ASK)
}

function judgeState(status: Extract<OwnStatus, { kind: 'found' }>): Check {
  const { state, replacedBy } = status
  if (state === 'valid') return passed('status', 'The issuer has not withdrawn it.')
  const next =
    replacedBy === undefined
      ? 'Do not rely on it; ask the issuer if you need to know more.'
      : `Look at the badge that replaced it: ${replacedBy}`
  const codes = replacedBy === undefined ? [state] : [state, 'replaced']
  const problems = codes.map((code) => problem(code, AT))
  return failed('status', sentenceOf(status), problems, next)
}

function sentenceOf({
  state,
  changedAt,
  publicReason,
  replacedBy,
}: Extract<OwnStatus, { kind: 'found' }>): string {
  const verb =
    state === 'revoked' ? 'revoked this badge' : 'suspended this badge for the time being'
  const instead = replacedBy === undefined ? '' : ' and replaced it with a corrected one'
  const ms = parseTimestamp(changedAt)
  const day =
    ms === undefined
      ? ''
      : ` on ${new Date(ms).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })}`
  const reason =
    publicReason === undefined
      ? 'The issuer gave no public reason.'
      : `The issuer’s reason: ${publicReason}`
  return `The issuer ${verb}${day}${instead}. ${reason}`
}
