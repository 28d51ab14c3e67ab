/** The outcome of one check as a shape and a word, so that colour is never needed to read it. */
import type { JSX } from 'preact'
import type { Outcome } from '../../domain/verification-report.js'

/** The word for each outcome, as every page says it. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  unknown: 'Could not be checked',
  skipped: 'Not checked',
}

/** Ring with a tick, octagon with a cross, broken square with a question mark, ring with a dash. */
const SHAPES: Readonly<Record<Outcome, JSX.Element>> = {
  passed: (
    <>
      <circle cx="12" cy="12" r="10" />
      <path d="M7.4 12.5l3.1 3.2 6.2-7" />
    </>
  ),
  failed: (
    <>
      <path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" />
      <path d="M8.3 8.300l7.4 7.400M15.7 8.300l-7.4 7.4" />
    </>
  ),
  unknown: (
    <>
      <rect x="2.5" y="2.5" width="19" height="19" rx="2" stroke-dasharray="3.2 2" />
      <path d="M9.2 9.600c0-1.7 1.2-2.7 2.8-2.700s2.8 1 2.8 2.500c0 2-2.8 2.2-2.8 4.300M12 16.800v.4" />
    </>
  ),
  skipped: (
    <>
      <circle cx="12" cy="12" r="10" stroke-dasharray="1.5 2.7" />
      <path d="M8 12h8" />
    </>
  ),
}

/**
 * Shape and word of an outcome. The shape is decoration: the word says the same.
 * @param props.words instead of the usual word
 */
export function OutcomeMark(props: {
  readonly outcome: Outcome
  readonly words?: string
}): JSX.Element {
  return (
    <span class="outcome">
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {SHAPES[props.outcome]}
      </svg>
      <span>{props.words ?? OUTCOME_WORDS[props.outcome]}</span>
    </span>
  )
}
