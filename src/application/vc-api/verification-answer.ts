/** A verification report in the terms of the VC API, whose clients look at the status code first. */
import type { VerificationReport } from '../../domain/verification-report.js'
import type { VerifyResult } from '../ports/verifier.js'

/** RFC 9457, as VC Data Model 2.0 section 7.1 asks of verifiers. */
export type ProblemDetail = {
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly code: string
  readonly pointer?: string
}

export type VerificationAnswer = {
  readonly verified: boolean
  /** Names of the checks that passed. */
  readonly checks: readonly string[]
  /** Sentences about what was not looked at. */
  readonly warnings: readonly string[]
  readonly problemDetails: readonly ProblemDetail[]
  readonly report: VerificationReport
}

/**
 * Only *valid* is verified: what could not be checked now is none of it, and its problems say so.
 * @param statusAsked whether the caller wants the status looked up, and there is one
 */
export function toVerificationAnswer(
  { report }: VerifyResult,
  statusAsked: boolean,
): VerificationAnswer {
  const named = (outcome: string) => report.checks.filter((check) => check.outcome === outcome)
  const notLookedAt = statusAsked && named('skipped').some(({ name }) => name === 'status')
  const problemDetails = [...named('failed'), ...named('unknown')].flatMap((check) =>
    check.problems.map(({ type, code, pointer }) => ({
      type,
      title: `The check “${check.name}” ${check.outcome === 'failed' ? 'failed' : 'could not be made'}`,
      detail: check.sentence,
      code,
      ...(pointer === undefined ? {} : { pointer }),
    })),
  )
  return {
    verified: report.verdict === 'valid' && !notLookedAt,
    checks: named('passed').map(({ name }) => name),
    warnings: named('skipped')
      .filter(({ name }) => name === 'status')
      .map(({ sentence }) => sentence),
    problemDetails: notLookedAt ? [...problemDetails, STATUS_NOT_LOOKED_AT] : problemDetails,
    report,
  }
}

const STATUS_NOT_LOOKED_AT: ProblemDetail = {
  type: 'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR',
  title: 'The check “status” could not be made',
  detail: 'Whether the issuer has withdrawn it was not looked at.',
  code: 'status-unreachable',
}
