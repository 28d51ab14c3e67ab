/**
 * Do the endorsements inside it hold? Each is a credential and is judged alone (OB 3.0 section 9.2): a
 * forged one says nothing against the badge, and the badge's own signature says nothing for it.
 */
import { VC1_CONTEXT } from '../../domain/achievement-credential.js'
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  pointerTo,
  textMember,
  walkJson,
} from '../../domain/json.js'
import { supportedProofs } from '../../domain/proof.js'
import {
  type Check,
  computeVerdict,
  type EndorsementFinding,
  type Verdict,
} from '../../domain/verification-report.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'
import { checkIssuerKey, findIssuerDocument, findKeys, issuerIdOf } from './issuer-key-check.js'
import { checkKeyState } from './key-state-check.js'
import { checkDates } from './life-checks.js'
import { type Passage, passGate, refusedChecks } from './pass-gate.js'
import { checkProofs } from './proof-check.js'
import { checkStatus } from './status-check.js'
import { checkStructure, schemaKindOf } from './structure-check.js'
import type { VerifyingParts } from './verifying-parts.js'

export type EndorsementsChecked = {
  readonly check: Check
  readonly findings: readonly EndorsementFinding[]
}

/** Whoever signs an endorsement signs it once, or once more for older wallets. */
const MAX_PROOFS = 2

/** A document has a second; when so much of it is gone, the badge's own verdict must not wait longer. */
const BUDGET_MS = 600

/** Verifies every endorsement at whatever place; the raw gate let at most 16 pass. */
export async function checkEndorsements(
  parts: VerifyingParts,
  document: JsonObject,
  nowMs: number,
): Promise<EndorsementsChecked> {
  const findings: EndorsementFinding[] = []
  for (const place of endorsementsIn(document)) {
    const isLate = parts.clock.now() - nowMs > BUDGET_MS
    findings.push(isLate ? notReached(place) : await judge(parts, place, nowMs))
  }
  return { check: summarise(findings), findings }
}

type Endorsed = {
  readonly pointer: string
  /** A credential, or its compact form, which is not read here. */
  readonly endorsement: JsonValue
  /** The ids of what it may be about. */
  readonly about: readonly string[]
}

function* endorsementsIn(document: JsonObject): Generator<Endorsed> {
  for (const { value: holder, pointer } of walkJson(document)) {
    if (!isJsonObject(holder)) continue
    for (const name of ['endorsement', 'endorsementJwt']) {
      const isList = Array.isArray(member(holder, name))
      for (const [index, endorsement] of listMember(holder, name).entries()) {
        const at = pointerTo(pointer, name)
        const about = idsOf([holder, ...thingsIn(document)])
        yield { pointer: isList ? pointerTo(at, index) : at, endorsement, about }
      }
    }
  }
}

/** An endorsement is about what it stands in, or about the badge, what it is for, or who takes part. */
function thingsIn(document: JsonObject): readonly unknown[] {
  const subject = member(document, 'credentialSubject')
  return [document, subject, member(subject, 'achievement'), member(document, 'issuer')]
}

function idsOf(nodes: readonly unknown[]): readonly string[] {
  return nodes.flatMap((node) => textMember(node, 'id') ?? [])
}

async function judge(
  parts: VerifyingParts,
  { pointer, endorsement, about }: Endorsed,
  nowMs: number,
): Promise<EndorsementFinding> {
  if (!isJsonObject(endorsement)) return toFinding(pointer, {}, [notChecked(COMPACT, 'token')])
  return toFinding(pointer, endorsement, await checksOf(parts, endorsement, about, nowMs))
}

function notReached({ pointer, endorsement }: Endorsed): EndorsementFinding {
  const document = isJsonObject(endorsement) ? endorsement : {}
  return toFinding(pointer, document, [notChecked(LATE, 'no-time')])
}

function notChecked(sentence: string, code: string): Check {
  return unknown('readable', sentence, [problem(code)], ELSEWHERE)
}

const LATE = 'The others took all the time that there is for one badge.'
const COMPACT = 'It is in compact form, which is not checked here.'
const ELSEWHERE = 'Check it with another verifier.'

/** The steps of a badge without its earner, over the endorsement as a document of its own. */
async function checksOf(
  parts: VerifyingParts,
  endorsement: JsonObject,
  about: readonly string[],
  nowMs: number,
): Promise<readonly Check[]> {
  const bytes = new TextEncoder().encode(JSON.stringify(endorsement))
  const gated: Passage = passGate(bytes, parts.pinnedContexts)
  if ('refusal' in gated) return refusedChecks(gated.refusal)
  const { document } = gated
  if (supportedProofs(document).length > MAX_PROOFS)
    return [unknown('proof', TOO_MANY, [problem('too-many-proofs', '/proof')], ELSEWHERE)]
  const keys = await findKeys(document, parts.controllers, nowMs)
  const issuerDocument = await findIssuerDocument(document, parts.controllers)
  const issuerKey = checkIssuerKey(document, keys, issuerDocument)
  const proof = await checkProofs(document, keys, parts.proofVerifier, nowMs)
  const isProven = issuerKey.outcome === 'passed' && proof.outcome === 'passed'
  return [
    passed('readable', ''),
    passed('contexts', ''),
    checkForm(document, parts),
    checkSubject(document, about),
    issuerKey,
    proof,
    await checkKeyState(document, keys, parts.records, isProven),
    await checkStatus(document, parts, isProven),
    checkDates(document, nowMs),
  ]
}

const TOO_MANY = `It carries more signatures than the ${MAX_PROOFS} that are checked here.`

function checkForm(document: JsonObject, { schemaChecker }: VerifyingParts): Check {
  if (listMember(document, '@context')[0] === VC1_CONTEXT) {
    const sentence = 'It follows the older data model, in which endorsements are not checked here.'
    return unknown('structure', sentence, [problem('older-model', '/@context')], ELSEWHERE)
  }
  if (schemaKindOf(document) !== 'endorsement-credential')
    return failed('structure', 'It does not say that it is an endorsement.', [
      problem('type', '/type'),
    ])
  return checkStructure(document, schemaChecker)
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

const OUTCOMES = { valid: 'passed', invalid: 'failed', unknown: 'unknown' } as const

function toFinding(
  pointer: string,
  endorsement: JsonObject,
  checks: readonly Check[],
): EndorsementFinding {
  const verdict = computeVerdict(checks)
  const [id, issuerId] = [textMember(endorsement, 'id'), issuerIdOf(endorsement)]
  const issuerName = textMember(member(endorsement, 'issuer'), 'name')
  const subjectId = textMember(member(endorsement, 'credentialSubject'), 'id')
  return {
    pointer,
    ...(id === undefined ? {} : { id }),
    ...(issuerId === '' ? {} : { issuerId }),
    ...(issuerName === undefined ? {} : { issuerName }),
    ...(subjectId === undefined ? {} : { subjectId }),
    outcome: OUTCOMES[verdict],
    sentence: sentenceFor(verdict, checks),
    problems: checks.flatMap((check) =>
      check.problems.map((one) => problem(one.code, `${pointer}${one.pointer ?? ''}`)),
    ),
  }
}

function sentenceFor(verdict: Verdict, checks: readonly Check[]): string {
  if (verdict === 'valid') return 'It was signed by whom it names and has not changed since.'
  const outcome = OUTCOMES[verdict]
  const why = checks.find((check) => check.outcome === outcome)?.sentence ?? ''
  return `${verdict === 'invalid' ? 'Endorsement not verified' : 'Endorsement not checked'}: ${why}`
}

function summarise(findings: readonly EndorsementFinding[]): Check {
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
