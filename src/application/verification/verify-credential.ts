/**
 * Verifies one credential in JSON. The steps read in their order; each may stop the ones that depend
 * on it, and the rules run only on the document that passed the raw gate.
 */
import { toTimestamp } from '../../domain/timestamps.js'
import { computeVerdict, type VerificationReport } from '../../domain/verification-report.js'
import type { Refusal, VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { judgeDocument } from './judge-document.js'
import { judgeProofs } from './judge-proofs.js'
import { passGate, refusedChecks } from './pass-gate.js'
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

function refusedReport(refusal: Refusal, nowMs: number): VerificationReport {
  const checks = refusedChecks(refusal)
  return { verdict: computeVerdict(checks), checkedAt: toTimestamp(nowMs), format: 'JSON', checks }
}
