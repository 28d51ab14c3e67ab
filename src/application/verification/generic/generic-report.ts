/** Reports on documents that are no badges: the same rows, of which some are not for them. */
import type { JsonObject } from '../../../domain/json.js'
import { toTimestamp } from '../../../domain/timestamps.js'
import {
  CHECK_NAMES,
  type Check,
  computeVerdict,
  type VerificationReport,
} from '../../../domain/verification-report.js'
import type { Refusal, VerifyResult } from '../../ports/verifier.js'
import { skipped } from '../check-results.js'
import { refusedChecks } from '../pass-gate.js'
import { toSubject } from '../report-subject.js'

/** @param rows those that were made; the others are skipped */
export function genericReport(
  nowMs: number,
  format: string,
  rows: readonly Check[],
  document?: JsonObject,
): VerificationReport {
  const checks = CHECK_NAMES.map(
    (name) => rows.find((row) => row.name === name) ?? skipped(name, 'Looked at for badges only.'),
  )
  return {
    verdict: computeVerdict(checks),
    checkedAt: toTimestamp(nowMs),
    format,
    checks,
    ...(document === undefined ? {} : { badge: toSubject(document) }),
  }
}

/** Refused at the gate: nothing else was computed. */
export function genericRefusal(nowMs: number, format: string, refusal: Refusal): VerifyResult {
  return { report: genericReport(nowMs, format, refusedChecks(refusal)), refusal }
}
