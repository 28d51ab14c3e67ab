/** The status of a badge of ours: our own records are asked, where a change is seen at once. */
import { isJsonObject, type JsonObject, type JsonValue, textMember } from '../../../domain/json.js'
import { parseTimestamp } from '../../../domain/timestamps.js'
import type { Check } from '../../../domain/verification-report.js'
import type { OwnRecords, OwnStatus } from '../../ports/verifier.js'
import { failed, passed, problem, unknown } from '../check-results.js'
import { issuerIdOf } from '../issuer-key-check.js'
import { inWords } from '../life-checks.js'
import { readDecimalIndex } from './list-entry.js'

export const AT = '/credentialStatus'
const ASK = 'Ask the issuer whether the badge still stands.'
export const NOT_THEIRS = 'The list that it names is not one of its issuer.'

/**
 * The entry must be one object of our own strict shape, in a list of the badge's own issuer, and its index
 * must be this badge's.
 */
export async function judgeOwnStatus(
  document: JsonObject,
  entry: JsonValue,
  records: OwnRecords,
): Promise<Check> {
  if (!isJsonObject(entry)) return unverifiable('It does not name its status in a form we read.')
  const index = readDecimalIndex(entry)
  const url = textMember(entry, 'statusListCredential') ?? ''
  const status = await records.findStatus(url, index ?? 0)
  if (status.kind === 'foreign-list') return unverifiable(NOT_THEIRS)
  if (index === undefined || status.kind === 'out-of-range') return outOfRange()
  if (!isOurShape(entry)) return unverifiable('Its status entry is of a kind that we never issue.')
  if (status.kind !== 'found') return unverifiable('The list has no record of this badge.')
  if (status.issuer !== issuerIdOf(document)) return unverifiable(NOT_THEIRS)
  if (status.credentialId !== textMember(document, 'id'))
    return unverifiable('Its place in the list belongs to another badge.')
  return judgeState(status)
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

export function unverifiable(sentence: string): Check {
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
  const day = ms === undefined ? '' : ` on ${inWords(ms)}`
  const reason =
    publicReason === undefined
      ? 'The issuer gave no public reason.'
      : `The issuer’s reason: ${publicReason}`
  return `The issuer ${verb}${day}${instead}. ${reason}`
}
