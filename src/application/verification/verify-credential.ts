/**
 * Verifies one credential. The function reads as the list of checks; each may stop the ones that
 * depend on it, and the rules run only on the document that passed the raw gate.
 */
import { isJsonObject, type JsonObject, member, textMember } from '../../domain/json.js'
import { listProofs } from '../../domain/proof.js'
import { toTimestamp } from '../../domain/timestamps.js'
import {
  type Check,
  computeVerdict,
  computeVerdicts,
  type EndorsementFinding,
  type ReportSubject,
  type VerificationReport,
} from '../../domain/verification-report.js'
import type { Refusal, VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { passed } from './check-results.js'
import { checkEndorsements } from './endorsement-check.js'
import { checkIssuerKey, findIssuerDocument, findKeys, issuerIdOf } from './issuer-key-check.js'
import { checkIssuerTrust } from './issuer-trust-check.js'
import { checkKeyState } from './key-state-check.js'
import { checkDates } from './life-checks.js'
import { passGate, refusedChecks } from './pass-gate.js'
import { checkProofs } from './proof-check.js'
import { checkRecipient } from './recipient-check.js'
import { checkStatus } from './status-check.js'
import { checkStructure } from './structure-check.js'
import type { VerifyingParts } from './verifying-parts.js'

/** @returns a full report for any bytes; throws only for bugs */
export async function verifyCredential(
  parts: VerifyingParts,
  bytes: Uint8Array,
  options: VerifyOptions = {},
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
  const endorsements = await checkEndorsements(parts, document, nowMs)
  return {
    report: toReport(
      document,
      nowMs,
      [
        passed('readable', 'The document can be read in one way only.'),
        checkStructure(document, parts.schemaChecker),
        passed('contexts', 'Its vocabulary is one that this service keeps itself.'),
        issuerKey,
        proof,
        await checkKeyState(document, keys, parts.records, isProven),
        await checkStatus(document, parts.records, isProven),
        checkDates(document, nowMs),
        checkRecipient(document, options.recipient, parts.hasher, isProven),
        endorsements.check,
        await checkIssuerTrust(document, parts, isProven),
      ],
      endorsements.findings,
    ),
  }
}

function refusedReport(refusal: Refusal, nowMs: number): VerificationReport {
  const checks = refusedChecks(refusal)
  return { verdict: computeVerdict(checks), checkedAt: toTimestamp(nowMs), format: 'JSON', checks }
}

function toReport(
  document: JsonObject,
  nowMs: number,
  checks: readonly Check[],
  endorsements: readonly EndorsementFinding[],
): VerificationReport {
  const model = member(document, 'issuanceDate') === undefined ? '2.0' : '1.1'
  return {
    ...computeVerdicts(checks),
    checkedAt: toTimestamp(nowMs),
    format: `Open Badges 3.0 credential (JSON, VC Data Model ${model})`,
    checks,
    ...(endorsements.length === 0 ? {} : { endorsements }),
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
