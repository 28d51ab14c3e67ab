/**
 * Do the endorsements inside it hold? Each is a credential and is judged alone (OB 3.0 section 9.2): a
 * forged one says nothing against the badge, and the badge's own signature says nothing for it.
 */
import type { JsonObject } from '../../../domain/json.js'
import type { Check, EndorsementFinding } from '../../../domain/verification-report.js'
import type { OutboundAnswer } from '../../ports/outbound.js'
import type { FetchedDocuments } from '../../ports/verifier.js'
import { failed, passed, skipped, unknown } from '../check-results.js'
import { createControllerDocuments } from '../controller-documents.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { ELSEWHERE } from './endorsement-finding.js'
import { endorsementsIn } from './find-endorsements.js'
import { judgeEndorsement, notReached } from './judge-endorsement.js'

export type EndorsementsChecked = {
  readonly check: Check
  readonly findings: readonly EndorsementFinding[]
}

/** A document has a second; when so much of it is gone, the badge's own verdict must not wait longer. */
const BUDGET_MS = 600

/**
 * Verifies every endorsement at whatever place; the raw gate let at most 16 pass. The badge's own documents
 * come first, so that many endorsers cannot use up what is looked up for one badge; and for a badge that
 * does not hold itself, nobody is asked.
 * @param isProven whether the badge is what its issuer signed
 */
export async function checkEndorsements(
  parts: VerifyingParts,
  document: JsonObject,
  nowMs: number,
  isProven: boolean,
): Promise<EndorsementsChecked> {
  const places = [...endorsementsIn(document)]
  if (parts.fetched.isWaiting()) return summarise(places.map(notReached))
  const asking = isProven ? parts : withoutNetwork(parts)
  const findings: EndorsementFinding[] = []
  for (const place of places) {
    const isLate = parts.clock.now() - nowMs > BUDGET_MS
    findings.push(isLate ? notReached(place) : await judgeEndorsement(asking, place, nowMs))
  }
  return summarise(findings)
}

function withoutNetwork(parts: VerifyingParts): VerifyingParts {
  const fetched: FetchedDocuments = { find: () => NOT_ASKED, isWaiting: () => false }
  return { ...parts, fetched, controllers: createControllerDocuments(parts.records, fetched) }
}

const NOT_ASKED: OutboundAnswer = {
  kind: 'fault',
  fault: 'no-connection',
  sentence: 'Nobody is asked for a badge that does not hold itself.',
}

function summarise(findings: readonly EndorsementFinding[]): EndorsementsChecked {
  return { check: toCheck(findings), findings }
}

function toCheck(findings: readonly EndorsementFinding[]): Check {
  const all = findings.length
  if (all === 0) return skipped('endorsements', 'It carries no endorsements.')
  const count = (outcome: EndorsementFinding['outcome']) =>
    findings.filter((finding) => finding.outcome === outcome).length
  const [bad, open] = [count('failed'), count('unknown')]
  const problems = findings.flatMap((finding) => finding.problems)
  if (bad > 0) {
    const sentence = `Endorsement not verified: ${of(bad, all)}. The badge is judged without it.`
    return failed('endorsements', sentence, problems, 'Do not count on that endorsement.')
  }
  if (open > 0) {
    const sentence = `Endorsement not checked: ${of(open, all)}.`
    return unknown('endorsements', sentence, problems, ELSEWHERE)
  }
  const sentence = all === 1 ? 'Its endorsement was verified.' : `All ${all} were verified.`
  return passed('endorsements', sentence)
}

function of(some: number, all: number): string {
  return all === 1 ? 'the only one' : `${some} of ${all}`
}
