/** What a report says of one endorsement. */
import { isJsonObject, type JsonObject, member, textMember } from '../../../domain/json.js'
import {
  type Check,
  type CheckProblem,
  computeVerdict,
  type EndorsementFinding,
  type Verdict,
} from '../../../domain/verification-report.js'
import { problem } from '../check-results.js'
import { issuerIdOf } from '../issuer-key-check.js'
import type { Endorsed } from './find-endorsements.js'
import { isInToken } from './read-endorsement.js'

export const ELSEWHERE = 'Check it with another verifier.'

const OUTCOMES = { valid: 'passed', invalid: 'failed', unknown: 'unknown' } as const

/** @param read the credential in it; absent when it was not read, and then what stands in the badge is named */
export function toFinding(
  { pointer, endorsement }: Endorsed,
  checks: readonly Check[],
  read?: JsonObject,
): EndorsementFinding {
  const verdict = computeVerdict(checks)
  const inside = isInToken(endorsement)
  const open = checks.filter(({ outcome }) => outcome !== 'passed')
  return {
    pointer,
    ...namesIn(read ?? (isJsonObject(endorsement) && !inside ? endorsement : {})),
    outcome: OUTCOMES[verdict],
    sentence: sentenceFor(verdict, checks),
    problems: open.flatMap(({ problems }) => problems.map((one) => placed(one, pointer, inside))),
  }
}

function namesIn(document: JsonObject) {
  const [id, issuerId] = [textMember(document, 'id'), issuerIdOf(document)]
  const issuerName = textMember(member(document, 'issuer'), 'name')
  const subjectId = textMember(member(document, 'credentialSubject'), 'id')
  return {
    ...(id === undefined ? {} : { id }),
    ...(issuerId === '' ? {} : { issuerId }),
    ...(issuerName === undefined ? {} : { issuerName }),
    ...(subjectId === undefined ? {} : { subjectId }),
  }
}

/** No pointer leads into a token, so all that is wrong in one is wrong where it stands. */
function placed(one: CheckProblem, pointer: string, isInside: boolean): CheckProblem {
  return problem(one.code, isInside ? pointer : `${pointer}${one.pointer ?? ''}`)
}

function sentenceFor(verdict: Verdict, checks: readonly Check[]): string {
  if (verdict === 'valid') return 'It was signed by whom it names and has not changed since.'
  const outcome = OUTCOMES[verdict]
  const why = checks.find((check) => check.outcome === outcome)?.sentence ?? ''
  return `${verdict === 'invalid' ? 'Endorsement not verified' : 'Endorsement not checked'}: ${why}`
}
