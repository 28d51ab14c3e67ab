/**
 * Verifies one credential in JSON. The steps read in their order; each may stop the ones that depend
 * on it, and the rules run only on the document that passed the raw gate.
 */
import type { JsonObject } from '../../domain/json.js'
import { toTimestamp } from '../../domain/timestamps.js'
import { computeVerdict, type VerificationReport } from '../../domain/verification-report.js'
import type { Refusal, VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { checkIssuerKey, findIssuerDocument, findKeys } from './issuer-key-check.js'
import { judgeDocument, type Signed } from './judge-document.js'
import { passGate, refusedChecks } from './pass-gate.js'
import { checkProofs } from './proof-check.js'
import type { VerifyingParts } from './verifying-parts.js'

/** @returns a full report for any bytes; throws only for bugs */
export async function verifyCredential(
  parts: VerifyingParts,
  bytes: Uint8Array,
  options: VerifyOptions = {},
): Promise<VerifyResult> {
  const gated = passGate(bytes, parts.pinnedContexts)
  if ('refusal' in gated) {
    const { refusal } = gated
    return { report: refusedReport(refusal, parts.clock.now()), refusal }
  }
  const { document } = gated
  const signed = await judgeProofs(parts, document)
  return { report: await judgeDocument(parts, document, signed, options) }
}

/** The proofs in the document: their keys, whose these are, and whether they hold. */
export async function judgeProofs(parts: VerifyingParts, document: JsonObject): Promise<Signed> {
  const nowMs = parts.clock.now()
  const keys = await findKeys(document, parts.controllers, nowMs)
  const issuerDocument = await findIssuerDocument(document, parts.controllers)
  return {
    issuerKey: checkIssuerKey(document, keys, issuerDocument),
    proof: await checkProofs(document, keys, parts.proofVerifier, nowMs),
    keys,
    securing: 'JSON',
  }
}

function refusedReport(refusal: Refusal, nowMs: number): VerificationReport {
  const checks = refusedChecks(refusal)
  return { verdict: computeVerdict(checks), checkedAt: toTimestamp(nowMs), format: 'JSON', checks }
}
