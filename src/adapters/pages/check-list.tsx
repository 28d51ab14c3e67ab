/** The named checks of a VerificationReport as a list for people. */
import type { JSX } from 'preact'
import {
  type Check,
  type CheckName,
  NOTES,
  type Outcome,
  type VerificationReport,
} from '../../domain/verification-report.js'
import { OutcomeMark } from './outcome-mark.js'
import { plainText } from './plain-text.js'

/** What each check asks, as a statement that passed or did not. */
export const CHECK_LABELS: Readonly<Record<CheckName, string>> = {
  readable: 'It can be read as a badge',
  structure: 'It is built as the standard asks',
  contexts: 'Its words have their standard meaning',
  issuerKey: 'Signed by this issuer’s own key',
  proof: 'Nothing has changed since it was signed',
  keyState: 'The key was in good standing when it signed',
  status: 'The issuer still stands by it',
  dates: 'Today is within its dates',
  recipient: 'It belongs to the person you asked about',
  endorsements: 'Others’ endorsements in it hold',
  issuerTrust: 'Somebody we know vouches for the issuer',
}

/** Whether the check counts towards the verdict; notes never do, so they are never shown as alarms. */
export function countsForVerdict(check: Check): boolean {
  return !NOTES.includes(check.name)
}

/** Every check in order: shape and word, what was asked, what was found, what to do next. */
export function CheckList(props: { readonly checks: readonly Check[] }): JSX.Element {
  return (
    <ol class="checks">
      {props.checks.map((check) => (
        <CheckItem check={check} />
      ))}
    </ol>
  )
}

/** The list behind one line; open by itself unless all is well: then the verdict is enough for most. */
export function FoldedChecks(props: { readonly report: VerificationReport }): JSX.Element {
  const { verdict, checks } = props.report
  return (
    <details open={verdict !== 'valid'}>
      <summary>{countChecks(checks)}</summary>
      <CheckList checks={checks} />
    </details>
  )
}

function CheckItem(props: { readonly check: Check }): JSX.Element {
  const { check } = props
  const isNote = !countsForVerdict(check)
  const tone = isNote && check.outcome !== 'passed' ? 'note' : check.outcome
  return (
    <li class={`check check-${tone}`}>
      <OutcomeMark outcome={check.outcome} />
      <div>
        <p class="check-label">
          {CHECK_LABELS[check.name]}
          {isNote ? <span class="check-aside"> (a note, not part of the verdict)</span> : null}
        </p>
        <p>{plainText(check.sentence)}</p>
        {check.next === undefined ? null : (
          <p class="check-next">What to do: {plainText(check.next)}</p>
        )}
      </div>
    </li>
  )
}

const COUNT_WORDS: readonly (readonly [Outcome, string])[] = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['unknown', 'could not be checked'],
  ['skipped', 'not checked'],
]

/** “7 checks passed, 2 not checked, 2 notes”: one line above the list. */
export function countChecks(checks: readonly Check[]): string {
  const counting = checks.filter(countsForVerdict)
  const notes = checks.length - counting.length
  const counted = COUNT_WORDS.map(([outcome, words]) => ({
    words,
    count: counting.filter((check) => check.outcome === outcome).length,
  })).filter(({ count }) => count > 0)
  const phrases = counted.map(({ count, words }, position) => {
    const noun = count === 1 ? ' check' : ' checks'
    return `${count}${position === 0 ? noun : ''} ${words}`
  })
  if (notes > 0) phrases.push(notes === 1 ? '1 note' : `${notes} notes`)
  return phrases.join(', ')
}
