/**
 * Verifies one credential. The function reads as the list of checks; each may stop the ones that
 * depend on it, and the rules run only on the document that passed the raw gate.
 */
import { IssuerError } from '../../domain/issuer-error.js'
import { isJsonObject, type JsonObject, member, textMember } from '../../domain/json.js'
import { listProofs } from '../../domain/proof.js'
import { gateCredential } from '../../domain/raw-gate/credential-gate.js'
import { GateRefusal, isBeyondThisVerifier } from '../../domain/raw-gate/gate-refusal.js'
import { toTimestamp } from '../../domain/timestamps.js'
import {
  CHECK_NAMES,
  type Check,
  computeVerdict,
  type ReportSubject,
  type VerificationReport,
} from '../../domain/verification-report.js'
import type { SchemaChecker } from '../ports/documents.js'
import type { Clock } from '../ports/environment.js'
import type { ProofVerifier } from '../ports/proofs.js'
import type { ControllerDocuments, OwnRecords, Refusal, VerifyResult } from '../ports/verifier.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'
import { checkIssuerKey, findIssuerDocument, findKeys, issuerIdOf } from './issuer-key-check.js'
import { checkKeyState } from './key-state-check.js'
import { checkDates, checkEndorsements, checkIssuerTrust, checkRecipient } from './life-checks.js'
import { checkProofs } from './proof-check.js'
import { checkStatus } from './status-check.js'
import { checkStructure } from './structure-check.js'

export type VerifyingParts = {
  readonly clock: Clock
  readonly pinnedContexts: ReadonlySet<string>
  readonly schemaChecker: SchemaChecker
  readonly proofVerifier: ProofVerifier
  /** Documents with keys that are at hand, ours and others'. */
  readonly controllers: ControllerDocuments
  readonly records: OwnRecords
}

/** @returns a full report for any bytes; throws only for bugs */
export async function verifyCredential(
  parts: VerifyingParts,
  bytes: Uint8Array,
): Promise<VerifyResult> {
  const nowMs = parts.clock.now()
  const gated = passGate(bytes, parts.pinnedContexts)
  if ('refusal' in gated)
    return { report: refusedReport(gated.refusal, nowMs), refusal: gated.refusal }
  const { document } = gated
  const keys = await findKeys(document, parts.controllers, nowMs)
  const issuerDocument = await findIssuerDocument(document, parts.controllers)
  const issuerKey = checkIssuerKey(document, keys, issuerDocument)
  const proof = await checkProofs(document, keys, parts.proofVerifier, nowMs)
  const isProven = issuerKey.outcome === 'passed' && proof.outcome === 'passed'
  return {
    report: toReport(document, nowMs, [
      passed('readable', 'The document can be read in one way only.'),
      checkStructure(document, parts.schemaChecker),
      passed('contexts', 'Its vocabulary is one that this service keeps itself.'),
      issuerKey,
      proof,
      await checkKeyState(document, keys, parts.records, isProven),
      await checkStatus(document, parts.records, isProven),
      checkDates(document, nowMs),
      checkRecipient(),
      checkEndorsements(document),
      checkIssuerTrust(),
    ]),
  }
}

function passGate(
  bytes: Uint8Array,
  pinnedContexts: ReadonlySet<string>,
): { document: JsonObject } | { refusal: Refusal } {
  try {
    return { document: gateCredential(bytes, { pinnedContexts }) }
  } catch (error) {
    if (error instanceof GateRefusal) {
      const { rule, message: detail, pointer } = error
      return { refusal: { code: 'CREDENTIAL_REFUSED', rule, detail, pointer } }
    }
    if (error instanceof IssuerError && error.code === 'CONTEXT_NOT_PINNED') {
      const { message: detail, pointer = '' } = error
      return { refusal: { code: error.code, rule: 'context-not-pinned', detail, pointer } }
    }
    throw error
  }
}

const REFUSED_NEXT = 'If the issuer gave it to you like this, tell the issuer; do not rely on it.'
const BEYOND_NEXT = 'Ask its issuer, or check it with another verifier.'

/** Refused at the gate: nothing else was computed, and the rows say so. */
function refusedReport(refusal: Refusal, nowMs: number): VerificationReport {
  const row = refusal.rule.startsWith('context') ? 'contexts' : 'readable'
  const problems = [problem(refusal.rule, refusal.pointer)]
  const checks = CHECK_NAMES.map((name): Check => {
    if (name === row)
      return isBeyondThisVerifier(refusal.rule)
        ? unknown(name, refusal.detail, problems, BEYOND_NEXT)
        : failed(name, refusal.detail, problems, REFUSED_NEXT)
    if (name === 'readable') return passed(name, 'The document is JSON and within the limits.')
    return skipped(name, 'Not looked at, because the document was refused.')
  })
  return { verdict: computeVerdict(checks), checkedAt: toTimestamp(nowMs), format: 'JSON', checks }
}

function toReport(
  document: JsonObject,
  nowMs: number,
  checks: readonly Check[],
): VerificationReport {
  const model = member(document, 'issuanceDate') === undefined ? '2.0' : '1.1'
  return {
    verdict: computeVerdict(checks),
    checkedAt: toTimestamp(nowMs),
    format: `Open Badges 3.0 credential (JSON, VC Data Model ${model})`,
    checks,
    badge: toSubject(document),
  }
}

/** What the report repeats of the badge: never who earned it. */
function toSubject(document: JsonObject): ReportSubject {
  const issuer = member(document, 'issuer')
  const achievement = member(member(document, 'credentialSubject'), 'achievement')
  const optional = {
    name: textMember(document, 'name'),
    achievementName: textMember(achievement, 'name'),
    issuerName: isJsonObject(issuer) ? textMember(issuer, 'name') : undefined,
    validUntil: textMember(document, 'validUntil') ?? textMember(document, 'expirationDate'),
    awardedDate: textMember(document, 'awardedDate'),
  }
  return {
    id: textMember(document, 'id') ?? '',
    issuerId: issuerIdOf(document),
    validFrom: textMember(document, 'validFrom') ?? textMember(document, 'issuanceDate') ?? '',
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as {
      name?: string
    }),
    proofs: listProofs(document).map(
      ({ type, cryptosuite, verificationMethod, created, isSupported }) => ({
        type,
        ...(cryptosuite === undefined ? {} : { cryptosuite }),
        ...(verificationMethod === undefined ? {} : { verificationMethod }),
        ...(created === undefined ? {} : { created }),
        checked: isSupported,
      }),
    ),
  }
}
