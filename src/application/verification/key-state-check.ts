/** Could this key sign then, and for the issuer alone? The life of our own keys is in our records. */
import { issuedContent } from '../../domain/issued-content.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { type JsonObject, textMember } from '../../domain/json.js'
import { parseTimestamp } from '../../domain/timestamps.js'
import type { Check } from '../../domain/verification-report.js'
import type { Hasher } from '../ports/environment.js'
import type { OwnRecords } from '../ports/verifier.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'
import type { KeyOfProof } from './issuer-key-check.js'
import { CLOCK_SKEW_MS } from './proof-check.js'

type LogParts = { readonly records: OwnRecords; readonly hasher: Hasher }
type FoundKey = Extract<KeyOfProof, { readonly kind: 'found' }>

/**
 * Each key must have been in use when it signed, as far as its controller says when that was. Of a
 * compromised key nothing counts that the signature says of itself: only what the issuer's own log had
 * before that date, in the same words.
 * @param isProven whether issuer key and proofs passed; the log is not asked about anything else
 */
export async function checkKeyState(
  document: JsonObject,
  keys: readonly KeyOfProof[],
  parts: LogParts,
  isProven: boolean,
): Promise<Check> {
  const found = keys.filter((key) => key.kind === 'found')
  if (found.length === 0) return skipped('keyState', 'Without the key, its history is not known.')
  for (const key of found) {
    const sentence = outsideItsUse(key)
    if (sentence !== undefined)
      return failed('keyState', sentence, [
        problem('key-not-valid-then', `${key.proof.pointer}/created`),
      ])
  }
  const compromised = found.find(({ method }) => method.compromisedSince !== undefined)
  if (compromised === undefined)
    return passed('keyState', 'The key was in use when the badge was signed.')
  return isProven
    ? judgeByLog(document, compromised, parts)
    : skipped('keyState', 'Without a sound signature, the issuer’s log was not asked.')
}

function outsideItsUse({ method, proof }: FoundKey): string | undefined {
  const used = parseTimestamp(proof.created)
  if (used === undefined) return undefined
  const made = parseTimestamp(method.created)
  const start = parseTimestamp(method.activated)
  const end = parseTimestamp(method.retired)
  if (made !== undefined && used + CLOCK_SKEW_MS < made)
    return 'The signature is dated before its key existed.'
  if (start !== undefined && used + CLOCK_SKEW_MS < start)
    return 'The signature is dated before its key was in use.'
  if (end !== undefined && used - CLOCK_SKEW_MS > end)
    return 'The signature is dated after its key was retired.'
  return undefined
}

async function judgeByLog(
  document: JsonObject,
  { method, proof }: FoundKey,
  { records, hasher }: LogParts,
): Promise<Check> {
  const since = method.compromisedSince ?? ''
  const day = since.slice(0, 10)
  try {
    const issued = await records.findIssued(textMember(document, 'id') ?? '')
    const isOlder = issued !== undefined && issued.issuedAt < since
    if (isOlder && issued.contentDigest === hasher.sha256Hex(issuedContent(document))) {
      const sentence = `Its key is not trusted for what was signed since ${day}, and the issuer’s own log shows this badge before that.`
      return passed('keyState', sentence)
    }
    const sentence = `Since ${day} somebody else may have signed with its key, and the issuer’s own log does not show this badge before that.`
    const problems = [problem('key-compromised', `${proof.pointer}/verificationMethod`)]
    return failed('keyState', sentence, problems, 'Ask the issuer for a new badge.')
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code !== 'STORE_UNAVAILABLE') throw error
    const sentence =
      'Its key is not trusted any more, and the issuer’s own log cannot be asked now.'
    const problems = [problem('log-unreachable', proof.pointer)]
    return unknown('keyState', sentence, problems, 'Try again in a moment.')
  }
}
