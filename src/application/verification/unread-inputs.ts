/** Reports on inputs in which no credential was found, or which could not be had. */
import { describeInput, type InputForm, leavesOpen } from '../../domain/input-form.js'
import { toTimestamp } from '../../domain/timestamps.js'
import {
  CHECK_NAMES,
  type Check,
  computeVerdict,
  type VerificationReport,
} from '../../domain/verification-report.js'
import type { FoundInput } from '../ports/inputs.js'
import type { VerifyResult } from '../ports/verifier.js'
import { failed, problem, skipped, unknown } from './check-results.js'

/** It may be there: what was brought only points to it. */
export type Unread = { readonly kind: 'unread'; readonly code: string; readonly sentence: string }

type Unreadable = Extract<FoundInput, { kind: 'refused' | 'older-standard' }>

/** Nobody could look at it, so nothing is said about it. */
export function notReached(
  nowMs: number,
  forms: readonly InputForm[],
  { code, sentence }: Unread,
): VerifyResult {
  const next = 'Try again later, or bring the badge itself as a file.'
  const row = unknown('readable', sentence, [problem(code)], next)
  return { report: toReport(nowMs, forms, row) }
}

/** It was looked at, and is nothing that can be checked here. */
export function notReadable(
  nowMs: number,
  forms: readonly InputForm[],
  found: Unreadable,
): VerifyResult {
  if (found.kind === 'older-standard') {
    const next = 'Ask its issuer to confirm it, or for a badge of the present standard.'
    const row = unknown('readable', found.detail, [problem('older-standard')], next)
    return { report: toReport(nowMs, forms, row) }
  }
  const { rule, detail } = found
  const outcome = leavesOpen(rule) ? unknown : failed
  const row = outcome('readable', detail, [problem(rule)], 'Bring the badge as its issuer gave it.')
  const refusal = { code: 'CREDENTIAL_REFUSED', rule, detail, pointer: '' } as const
  return { report: toReport(nowMs, forms, row), refusal }
}

function toReport(nowMs: number, input: readonly InputForm[], row: Check): VerificationReport {
  const checks = CHECK_NAMES.map((name) =>
    name === row.name ? row : skipped(name, 'Not looked at, because no badge was read.'),
  )
  const checkedAt = toTimestamp(nowMs)
  const format = input.length === 0 ? 'Not recognised' : describeInput(input)
  return { verdict: computeVerdict(checks), checkedAt, format, input, checks }
}
