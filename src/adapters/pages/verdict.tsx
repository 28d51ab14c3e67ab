/** The verdict with its sentence: the first thing that a reader of a result sees. */
import type { JSX } from 'preact'
import type { Check, VerificationReport } from '../../domain/verification-report.js'
import { countsForVerdict } from './check-list.js'
import { Moment } from './dates.js'
import { plainText } from './plain-text.js'
import { isAnothers, Stamp } from './stamp.js'

/**
 * The sentence beside the stamp. `signer` is named only where the page itself is the signer's: a
 * badge from elsewhere can call its issuer anything.
 * @param isWithdrawn whether the issuer is known to have withdrawn the badge
 */
export function verdictSentence(
  report: VerificationReport,
  signer?: string,
  isWithdrawn = false,
): string {
  const reason = decisiveCheck(report)
  if (report.verdict !== 'valid' && report.badgeVerdict === 'valid')
    return `${GENUINE[report.verdict]} ${reason?.sentence ?? ''}`
  switch (report.verdict) {
    case 'valid':
      return validSentence(report.checks, signer)
    case 'invalid':
      return reason?.sentence ?? 'At least one of the checks failed.'
    case 'unknown': {
      const sentence = reason?.sentence ?? 'Not every check could be made.'
      return isWithdrawn ? sentence : `${sentence} This says nothing against the badge.`
    }
  }
}

/**
 * Whether the text is known not to be what the issuer it names signed. It could then be anybody's, so nobody
 * repeats it; a badge that has merely expired still speaks for itself.
 */
export function isForged({ verdict, checks }: VerificationReport): boolean {
  const isSigned = ['proof', 'issuerKey'].every(
    (name) => checks.find((check) => check.name === name)?.outcome === 'passed',
  )
  return verdict === 'invalid' && !isSigned
}

/** Only the question whose badge it is stands between these and *valid*. */
const GENUINE = {
  invalid: 'This badge is genuine, but it is not this person’s.',
  unknown: 'This badge is genuine, but whether it is this person’s could not be told.',
} as const

function validSentence(checks: readonly Check[], signer: string | undefined): string {
  const who = signer ?? 'The issuer that the badge names'
  const statusPassed = checks.some((check) => check.name === 'status' && check.outcome === 'passed')
  const standing = statusPassed ? 'it has not been revoked' : 'it is within its dates'
  const isTheirs = checks.some((check) => check.name === 'recipient' && check.outcome === 'passed')
  const theirs = isTheirs ? ' It belongs to the person you asked about.' : ''
  return `${who} signed this badge, nothing in it has changed since, and ${standing}.${theirs}`
}

/** The first check that kept the verdict from being valid. */
export function decisiveCheck(report: VerificationReport): Check | undefined {
  const outcome = report.verdict === 'invalid' ? 'failed' : 'unknown'
  return report.checks.find((check) => countsForVerdict(check) && check.outcome === outcome)
}

/** Sentences of more characters, such as those with an issuer’s reason, are set smaller. */
const LONG_SENTENCE = 180

/** Stamp, sentence, next step and time of the check. */
export function VerdictBand(props: {
  readonly report: VerificationReport
  readonly signer?: string
  /** What the issuer has said of the badge since, when it said something. */
  readonly standing?: JSX.Element | undefined
  /** False when `standing` says what to do. */
  readonly next?: boolean
}): JSX.Element {
  const { report, signer, standing } = props
  const sentence = verdictSentence(report, signer, standing !== undefined)
  const next = props.next === false ? undefined : decisiveCheck(report)?.next
  return (
    <section class={`verdict verdict-${report.verdict}`} aria-label="Verdict">
      <Stamp
        verdict={report.verdict}
        checkedAt={report.checkedAt}
        isAnothers={isAnothers(report)}
      />
      <div class="verdict-text">
        <p
          class={sentence.length > LONG_SENTENCE ? 'verdict-sentence is-long' : 'verdict-sentence'}
        >
          {plainText(sentence)}
        </p>
        {report.verdict === 'valid' || next === undefined ? null : <p>{plainText(next)}</p>}
        {standing}
        <p class="verdict-when">
          Checked on <Moment iso={report.checkedAt} />
        </p>
      </div>
    </section>
  )
}
