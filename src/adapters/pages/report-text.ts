/** A VerificationReport as plain text, in the words of the pages. */
import type {
  Check,
  EndorsementFinding,
  ReportSubject,
  VerificationReport,
} from '../../domain/verification-report.js'
import { CHECK_LABELS, countChecks, countsForVerdict } from './check-list.js'
import { ENDORSEMENT_STATES } from './endorsement-list.js'
import { OUTCOME_WORDS } from './outcome-mark.js'
import { plainLine } from './plain-text.js'
import { resultWords } from './stamp.js'
import { decisiveCheck, isForged, verdictSentence } from './verdict.js'

/** Longer than any sentence of ours; what a badge says is cut there. */
const LINE_MAX = 1000
const LABEL_WIDTH = 13

/**
 * For a terminal: lines without control characters, whatever the badge says, and nothing from a text
 * that no issuer signed.
 */
export function renderReportText(report: VerificationReport): string {
  const claims = report.badge === undefined || isForged(report) ? [] : claimLines(report.badge)
  const endorsements = isForged(report) ? [] : (report.endorsements ?? []).flatMap(endorsementLines)
  const lines = [
    ...verdictLines(report),
    '',
    labelled('Read as', report.format),
    labelled('Checked at', report.checkedAt),
    ...(report.refresh === undefined ? [] : [labelled('Newer', report.refresh.sentence)]),
    ...claims,
    '',
    countChecks(report.checks),
    ...report.checks.flatMap(checkLines),
    ...endorsements,
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function verdictLines(report: VerificationReport): readonly string[] {
  const next = report.verdict === 'valid' ? undefined : decisiveCheck(report)?.next
  return [
    resultWords(report),
    safe(verdictSentence(report)),
    ...(next === undefined ? [] : [safe(next)]),
  ]
}

function claimLines(badge: ReportSubject): readonly string[] {
  const { issuerName, issuerId, id, validUntil } = badge
  const issuer = issuerName === undefined ? issuerId : `${issuerName} (${issuerId})`
  const name = badge.achievementName ?? badge.name
  return [
    ...(name === undefined ? [] : [labelled('Achievement', name)]),
    ...(badge.description === undefined ? [] : [labelled('Description', badge.description)]),
    labelled('Issuer', issuer),
    labelled('Awarded', badge.awardedDate ?? badge.validFrom),
    ...(validUntil === undefined ? [] : [labelled('Valid until', validUntil)]),
    labelled('Badge', id),
  ]
}

function checkLines(check: Check): readonly string[] {
  const note = countsForVerdict(check) ? '' : ' (a note, not part of the verdict)'
  return [
    '',
    `${OUTCOME_WORDS[check.outcome]}: ${CHECK_LABELS[check.name]}${note}`,
    `  ${safe(check.sentence)}`,
    ...(check.next === undefined ? [] : [`  What to do: ${safe(check.next)}`]),
  ]
}

function endorsementLines(finding: EndorsementFinding): readonly string[] {
  const { issuerName = 'somebody without a name', issuerId, outcome, sentence } = finding
  const who = issuerId === undefined ? issuerName : `${issuerName} (${issuerId})`
  return ['', `${ENDORSEMENT_STATES[outcome]}: in the name of ${safe(who)}`, `  ${safe(sentence)}`]
}

function labelled(label: string, value: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${safe(value)}`
}

function safe(text: string): string {
  return plainLine(text, LINE_MAX)
}
