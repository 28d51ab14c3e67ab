/** The VerificationReport: named checks in order, and the one place that computes the verdict. */

import type { InputForm } from './input-form.js'

export type Verdict = 'valid' | 'invalid' | 'unknown'

export type Outcome = 'passed' | 'failed' | 'unknown' | 'skipped'

/** The checks, in the order in which they are made and shown. */
export const CHECK_NAMES = [
  'readable',
  'structure',
  'contexts',
  'issuerKey',
  'proof',
  'keyState',
  'status',
  'dates',
  'recipient',
  'endorsements',
  'issuerTrust',
] as const

export type CheckName = (typeof CHECK_NAMES)[number]

/** Machine-readable reason beside an outcome. `type` is a W3C problem URL where one exists. */
export type CheckProblem = {
  readonly code: string
  readonly type: string
  /** RFC 6901 pointer into the credential. */
  readonly pointer?: string
}

export type Check = {
  readonly name: CheckName
  readonly outcome: Outcome
  /** One sentence for a person who has never heard of cryptography. */
  readonly sentence: string
  /** What to do next, when something is to be done. */
  readonly next?: string
  readonly problems: readonly CheckProblem[]
}

/** What the report says about the badge; never the earner's name or identifiers. */
export type ReportSubject = {
  readonly id: string
  readonly name?: string
  readonly achievementName?: string
  /** Of the achievement; of the badge where the achievement has none, as earners may be named there. */
  readonly description?: string
  readonly issuerId: string
  readonly issuerName?: string
  readonly validFrom: string
  readonly validUntil?: string
  readonly awardedDate?: string
  readonly proofs: readonly {
    readonly type: string
    readonly cryptosuite?: string
    readonly verificationMethod?: string
    readonly created?: string
    readonly checked: boolean
  }[]
}

/** What was found of one endorsement inside the badge; it was judged by itself. */
export type EndorsementFinding = {
  /** RFC 6901 pointer to where it stands. */
  readonly pointer: string
  readonly id?: string
  readonly issuerId?: string
  /** As it names its issuer; whose it is only when it passed. */
  readonly issuerName?: string
  /** `id` of what it is about. */
  readonly subjectId?: string
  readonly outcome: 'passed' | 'failed' | 'unknown'
  readonly sentence: string
  readonly problems: readonly CheckProblem[]
}

/** What came of asking, once, for a newer version of the badge (OB 3.0 section 9.1 step 3). */
export type RefreshFinding = {
  /** `newer`: there is one, and this report is about it; `none`: there is none; `kept`: it was no use. */
  readonly outcome: 'newer' | 'none' | 'kept'
  readonly sentence: string
  readonly problems: readonly CheckProblem[]
}

export type VerificationReport = {
  readonly verdict: Verdict
  /**
   * The verdict on the badge alone, whoever earned it; there only when somebody was asked about. A badge can
   * be `valid` here and `invalid` for the person who shows it.
   */
  readonly badgeVerdict?: Verdict
  /** When the checks ran, UTC with `Z`. */
  readonly checkedAt: string
  /** What was recognised, e.g. “Open Badges 3.0 credential (JSON)”. */
  readonly format: string
  /** The forms it came in, outermost first, e.g. a QR code that led to JSON. */
  readonly input?: readonly InputForm[]
  readonly checks: readonly Check[]
  /** Absent when the badge names no place for newer versions, or is not soundly signed. */
  readonly refresh?: RefreshFinding
  /** One for each endorsement in it; absent when there is none. */
  readonly endorsements?: readonly EndorsementFinding[]
  /** Absent when the document could not be read so far. */
  readonly badge?: ReportSubject
}

/** Checks that must pass before anything is called valid. The others may be skipped. */
const REQUIRED: readonly CheckName[] = [
  'readable',
  'structure',
  'contexts',
  'issuerKey',
  'proof',
  'keyState',
  'dates',
]

/** Never part of the verdict: notes for the reader. */
export const NOTES: readonly CheckName[] = ['issuerTrust', 'endorsements']

/**
 * Rolls the checks up: any failure → `invalid`; else anything required that did not pass, or any
 * unknown → `unknown`; else `valid`. Nothing else in the system computes a verdict.
 */
export function computeVerdict(checks: readonly Check[]): Verdict {
  const counted = checks.filter((check) => !NOTES.includes(check.name))
  if (counted.some((check) => check.outcome === 'failed')) return 'invalid'
  const passed = new Set(counted.filter((c) => c.outcome === 'passed').map((c) => c.name))
  if (REQUIRED.some((name) => !passed.has(name))) return 'unknown'
  return counted.some((check) => check.outcome === 'unknown') ? 'unknown' : 'valid'
}

/**
 * The verdicts of a report. Who asks about a person asks one question, "may I rely on this for her?", so a
 * badge of somebody else is `invalid` there; that the badge itself is genuine is said beside it.
 */
export function computeVerdicts(
  checks: readonly Check[],
): Pick<VerificationReport, 'verdict' | 'badgeVerdict'> {
  const verdict = computeVerdict(checks)
  const asked = checks.some(({ name, outcome }) => name === 'recipient' && outcome !== 'skipped')
  if (!asked) return { verdict }
  return {
    verdict,
    badgeVerdict: computeVerdict(checks.filter(({ name }) => name !== 'recipient')),
  }
}
