/** The verdict with its sentence: the first thing that a reader of a result sees. */
import type { JSX } from 'preact'
import type { Check, VerificationReport } from '../../domain/verification-report.js'
import { countsForVerdict } from './check-list.js'
import { Moment } from './dates.js'
import { plainText } from './plain-text.js'
import { Stamp } from './stamp.js'

/**
 * The sentence beside the stamp. `signer` is named only where the page itself is the signer's: a
 * badge from elsewhere can call its issuer anything.
 */
export function verdictSentence(report: VerificationReport, signer?: string): string {
  const reason = decisiveCheck(report)
  switch (report.verdict) {
    case 'valid':
      return validSentence(report.checks, signer)
    case 'invalid':
      return reason?.sentence ?? 'At least one of the checks failed.'
    case 'unknown':
      return `${reason?.sentence ?? 'Not every check could be made.'} This says nothing against the badge.`
  }
}

function validSentence(checks: readonly Check[], signer: string | undefined): string {
  const who = signer ?? 'The issuer that the badge names'
  const statusPassed = checks.some((check) => check.name === 'status' && check.outcome === 'passed')
  const standing = statusPassed ? 'it has not been revoked' : 'it is within its dates'
  return `${who} signed this badge, nothing in it has changed since, and ${standing}.`
}

/** The first check that kept the verdict from being valid. */
function decisiveCheck(report: VerificationReport): Check | undefined {
  const outcome = report.verdict === 'invalid' ? 'failed' : 'unknown'
  return report.checks.find((check) => countsForVerdict(check) && check.outcome === outcome)
}

/** Stamp, sentence, next step and time of the check. */
export function VerdictBand(props: {
  readonly report: VerificationReport
  readonly signer?: string
}): JSX.Element {
  const { report, signer } = props
  const next = decisiveCheck(report)?.next
  return (
    <section class={`verdict verdict-${report.verdict}`} aria-label="Verdict">
      <Stamp verdict={report.verdict} checkedAt={report.checkedAt} />
      <div class="verdict-text">
        <p class="verdict-sentence">{plainText(verdictSentence(report, signer))}</p>
        {report.verdict === 'valid' || next === undefined ? null : <p>{plainText(next)}</p>}
        <p class="verdict-when">
          Checked on <Moment iso={report.checkedAt} />
        </p>
      </div>
    </section>
  )
}
