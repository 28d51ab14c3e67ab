/** Statuses that stand as bits in a signed list (Bitstring Status List 1.0 section 3.2). */
import { hasType, type JsonObject, listMember, member, textMember } from '../../../domain/json.js'
import { countEntries, MIN_ENTRIES, valueAt } from '../../../domain/status-list.js'
import { problem } from '../check-results.js'
import { issuerIdOf } from '../issuer-key-check.js'
import { inWords, lifeOf } from '../life-checks.js'
import { CLOCK_SKEW_MS } from '../proof-check.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { type EntryFinding, faulty, LATER, type Note, open, withNotes } from './entry-finding.js'
import { type ListEntry, outOfRange } from './list-entry.js'
import { type ListReader, notHere } from './list-reader.js'
import { judgeValue } from './status-value.js'

/** Every step of the standard in its order; each stops the ones after it. */
export async function judgeBits(
  parts: VerifyingParts,
  entry: ListEntry,
  badge: JsonObject,
  lists: ListReader,
): Promise<EntryFinding> {
  const { pointer } = entry
  const list = await lists.signed(entry.listUrl)
  if (list.kind === 'not-here') return notHere(list, pointer)
  if (list.kind === 'unproven') return open(list.code, list.sentence, pointer)
  const { document } = list
  const misfit = findMisfit(document, entry, parts.clock.now())
  if (misfit !== undefined) return misfit
  const bits = readBits(parts, document, entry)
  if ('finding' in bits) return bits.finding
  if (countEntries(bits.bits, entry.size) < MIN_ENTRIES)
    return faulty('status-list-length', TOO_SHORT, pointer)
  if (entry.index >= countEntries(bits.bits, entry.size)) return outOfRange(pointer, BEYOND)
  const value = valueAt(bits.bits, entry.index, entry.size)
  const notes = [...entry.notes, ...signerNotes(document, badge, pointer)]
  const finding = withNotes(judgeValue(entry, value), notes)
  if (textMember(document, 'id') === entry.listUrl) return finding
  return ofAnotherList(finding, issuerIdOf(document) === issuerIdOf(badge), pointer)
}

/**
 * A list of another id than its address may be an older one, or one of other badges, put there to hide that
 * a badge was withdrawn (threat D5). So its issuer is taken at its word against the badge, never for it.
 */
function ofAnotherList(finding: EntryFinding, isIssuers: boolean, pointer: string): EntryFinding {
  const sentence = 'What stands at the address of its list is another list.'
  if (finding.outcome !== 'failed' || !isIssuers) return open('status-list-id', sentence, pointer)
  return withNotes(finding, [{ sentence, problem: problem('status-list-id', pointer) }])
}

const TOO_SHORT = `Its status list has fewer than the ${MIN_ENTRIES.toLocaleString('en-GB')} places that the standard asks for.`
const BEYOND = 'Its place in the status list is beyond the end of that list.'

/** Another list, or one for something else: whatever it says is not about this badge. */
function findMisfit(list: JsonObject, entry: ListEntry, nowMs: number): EntryFinding | undefined {
  const { types, purpose, pointer } = entry
  const misfit = (code: string, sentence: string) => open(code, sentence, pointer)
  const subject = member(list, 'credentialSubject')
  if (!hasType(list, types.credential) || !hasType(subject, types.subject))
    return misfit('status-list-type', 'What stands at the address of its list is no such list.')
  if (!listMember(subject, 'statusPurpose').includes(purpose))
    return misfit('status-list-purpose', 'The list that it names is kept for another purpose.')
  if (member(list, 'credentialStatus') !== undefined)
    return misfit('status-list-nested', 'Its list could be withdrawn itself; that is not followed.')
  return findStale(list, pointer, nowMs)
}

/**
 * `validFrom` and `validUntil` of the list. Its `ttl` says how long a copy may be kept, and ours are never
 * kept for longer than five minutes.
 */
function findStale(list: JsonObject, pointer: string, nowMs: number): EntryFinding | undefined {
  const { from, until } = lifeOf(list)
  if (from !== undefined && from.ms - CLOCK_SKEW_MS > nowMs) {
    const sentence = `Its status list is valid from ${inWords(from.ms)} only.`
    return open('status-list-early', sentence, pointer, LATER)
  }
  if (until !== undefined && until.ms + CLOCK_SKEW_MS < nowMs) {
    const sentence = `Its status list is out of date: it was valid until ${inWords(until.ms)}.`
    return open('status-list-stale', sentence, pointer, LATER)
  }
  return undefined
}

/** Base64url without padding; the forerunner of the standard left room for the older alphabet. */
const ENCODED = {
  BitstringStatusListEntry: /^u([\w-]+)$/,
  StatusList2021Entry: /^([\w+/-]+)={0,2}$/,
} as const

/** Lists with a million badges of eight bits each are a sixteenth of this. */
const MAX_BITSTRING_BYTES = 16 * 1024 * 1024

function readBits(
  { decodeBitstring }: VerifyingParts,
  list: JsonObject,
  { kind, pointer }: ListEntry,
): { readonly bits: Uint8Array } | { readonly finding: EntryFinding } {
  const encoded = textMember(member(list, 'credentialSubject'), 'encodedList') ?? ''
  const text = ENCODED[kind].exec(encoded)?.[1]?.replaceAll('+', '-').replaceAll('/', '_')
  const decoded = text === undefined ? undefined : decodeBitstring(text, MAX_BITSTRING_BYTES)
  if (decoded?.kind === 'bits') return decoded
  return {
    finding:
      decoded?.kind === 'too-large'
        ? open('status-list-too-large', TOO_LARGE, pointer)
        : open('status-list-encoding', NOT_READ, pointer),
  }
}

const TOO_LARGE = 'Its status list unpacks to more than is read here.'
const NOT_READ = 'Its status list is not packed as the standard asks, so nothing can be read in it.'

/** Issuers let others keep their lists; who that is should be known (the badge names the list, so it stands). */
function signerNotes(list: JsonObject, badge: JsonObject, pointer: string): readonly Note[] {
  const signer = issuerIdOf(list)
  if (signer === issuerIdOf(badge)) return []
  const sentence = `The list was signed by ${signer.slice(0, 200)}, not by the issuer of the badge.`
  return [{ sentence, problem: problem('status-list-signer', pointer) }]
}
