/** The rows about one endorsement: the steps of a badge without its earner. */
import { VC1_CONTEXT } from '../../../domain/achievement-credential.js'
import { type JsonObject, listMember, member, textMember } from '../../../domain/json.js'
import { supportedProofs } from '../../../domain/proof.js'
import type { Check, EndorsementFinding } from '../../../domain/verification-report.js'
import { failed, passed, problem, unknown } from '../check-results.js'
import { isProvenBy } from '../judge-proofs.js'
import { checkKeyState } from '../key-state-check.js'
import { checkDates } from '../life-checks.js'
import { refusedChecks } from '../pass-gate.js'
import { checkStatus } from '../status-check.js'
import { checkStructure, schemaKindOf } from '../structure-check.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { ELSEWHERE, toFinding } from './endorsement-finding.js'
import { type Endorsed, withoutEnvelopes } from './find-endorsements.js'
import { type ReadEndorsement, readEndorsement } from './read-endorsement.js'

/** Whoever signs an endorsement signs it once, or once more for older wallets. */
const MAX_PROOFS = 2

export async function judgeEndorsement(
  parts: VerifyingParts,
  place: Endorsed,
  nowMs: number,
): Promise<EndorsementFinding> {
  const read = readEndorsement(parts.pinnedContexts, place.endorsement)
  // Every row about one document is about the same moment.
  const checks = await checksOf({ ...parts, clock: { now: () => nowMs } }, read, place.about)
  return toFinding(place, checks, read.kind === 'read' ? read.document : undefined)
}

/** The others took all the time: nothing is said of it but what it says itself. */
export function notReached(place: Endorsed): EndorsementFinding {
  return toFinding(place, [notChecked(LATE, 'no-time')])
}

function notChecked(sentence: string, code: string): Check {
  return unknown('readable', sentence, [problem(code)], ELSEWHERE)
}

const LATE = 'The others took all the time that there is for one badge.'
const NOT_A_TOKEN = 'It is in an envelope of a kind that is not checked here.'
const TOO_MANY = `It carries more signatures than the ${MAX_PROOFS} that are checked here.`

/** Over the endorsement as a document of its own (OB 3.0 section 9.2). */
async function checksOf(
  parts: VerifyingParts,
  read: ReadEndorsement,
  about: readonly string[],
): Promise<readonly Check[]> {
  if (read.kind === 'not-a-token') return [notChecked(NOT_A_TOKEN, 'envelope-unchecked')]
  if (read.kind === 'refused') return refusedChecks(read.refusal)
  const { document } = read
  if (supportedProofs(document).length > MAX_PROOFS)
    return [unknown('proof', TOO_MANY, [problem('too-many-proofs', '/proof')], ELSEWHERE)]
  const signed = await read.judge(parts)
  const isProven = isProvenBy(signed)
  return [
    passed('readable', ''),
    passed('contexts', ''),
    checkForm(document, parts),
    checkSubject(document, about),
    signed.issuerKey,
    signed.proof,
    await checkKeyState(document, signed.keys, parts, isProven),
    await checkStatus(document, parts, isProven),
    checkDates(document, parts.clock.now()),
  ]
}

function checkForm(document: JsonObject, { schemaChecker }: VerifyingParts): Check {
  if (listMember(document, '@context')[0] === VC1_CONTEXT) {
    const sentence = 'It follows the older data model, in which endorsements are not checked here.'
    return unknown('structure', sentence, [problem('older-model', '/@context')], ELSEWHERE)
  }
  if (schemaKindOf(document) !== 'endorsement-credential')
    return failed('structure', 'It does not say that it is an endorsement.', [
      problem('type', '/type'),
    ])
  return checkStructure(withoutEnvelopes(document), schemaChecker)
}

/** A genuine endorsement of something that is not in the badge at all would lend it a good name. */
function checkSubject(document: JsonObject, about: readonly string[]): Check {
  const subject = textMember(member(document, 'credentialSubject'), 'id')
  if (subject !== undefined && about.includes(subject))
    return passed('recipient', 'It is about something in the badge.')
  return failed('recipient', 'It is about something else than this badge.', [
    problem('endorses-another', '/credentialSubject/id'),
  ])
}
