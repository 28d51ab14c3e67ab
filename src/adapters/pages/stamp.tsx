/** The verdict as a stamp: one word, one colour, one shape. */
import type { JSX } from 'preact'
import type { Verdict, VerificationReport } from '../../domain/verification-report.js'
import { toStampDate } from './dates.js'

/** The words of the three verdicts, the only spelling in the product. */
const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  valid: 'Valid',
  invalid: 'Not valid',
  unknown: 'Could not be checked now',
}

/** What is said of a genuine badge of somebody else than the person who was asked about. */
const ANOTHERS_WORDS = 'Genuine, but not theirs'

/** Whether nothing is wrong with the badge but that it is somebody else’s. */
export function isAnothers({ verdict, badgeVerdict }: VerificationReport): boolean {
  return verdict === 'invalid' && badgeVerdict === 'valid'
}

/** The words for a result, as they stand on the stamp and in the title of the page. */
export function resultWords(report: VerificationReport): string {
  return isAnothers(report) ? ANOTHERS_WORDS : VERDICT_WORDS[report.verdict]
}

type Line = {
  readonly text: string
  readonly y: number
  readonly size: number
  readonly width: number
}

/** The word set in lines of a fixed width, so that it fits the frame in any font. */
const LINES: Readonly<Record<Verdict, readonly Line[]>> = {
  valid: [{ text: 'VALID', y: 116, size: 44, width: 132 }],
  invalid: [{ text: 'NOT VALID', y: 113, size: 34, width: 158 }],
  unknown: [
    { text: 'COULD NOT BE', y: 104, size: 21, width: 152 },
    { text: 'CHECKED NOW', y: 130, size: 21, width: 152 },
  ],
}

const ANOTHERS_LINES: readonly Line[] = [{ text: 'NOT THEIRS', y: 113, size: 32, width: 158 }]

const DATE_Y: Readonly<Record<Verdict, number>> = { valid: 150, invalid: 150, unknown: 161 }

/** Round seal, octagon, broken square: known apart in black and white and at a glance. */
const FRAMES: Readonly<Record<Verdict, JSX.Element>> = {
  valid: (
    <>
      <circle cx="100" cy="100" r="95" stroke-width="5" />
      <circle cx="100" cy="100" r="87" stroke-width="3.2" stroke-dasharray="0 7.009" />
      <circle cx="100" cy="100" r="79.5" stroke-width="1.2" />
      <path d="M84 52l11 11 22-24" stroke-width="7" />
      <path d="M29 77h142M29 128h142" stroke-width="1.4" />
    </>
  ),
  invalid: (
    <>
      <path d="M60 5h80l55 55v80l-55 55H60L5 140V60z" stroke-width="6" />
      <path d="M64 15h72l49 49v72l-49 49H64l-49-49V64z" stroke-width="1.4" />
      <path d="M88 36l24 24M112 36l-24 24" stroke-width="7" />
      <path d="M15 77h170M15 128h170" stroke-width="1.4" />
    </>
  ),
  unknown: (
    <>
      <rect x="6" y="6" width="188" height="188" rx="14" stroke-width="5" stroke-dasharray="14 9" />
      <path
        d="M88 43c0-9 5.5-14 12.5-14s12.5 5 12.5 12c0 9-12.5 10-12.5 20M100.5 73v.5"
        stroke-width="6"
      />
      <path d="M18 83h164M18 139h164" stroke-width="1.4" />
    </>
  ),
}

/** The stamp of a verdict with the day of the check, as an image whose alternative is the word. */
export function Stamp(props: {
  readonly verdict: Verdict
  readonly checkedAt: string
  /** The badge is genuine, and somebody else’s. */
  readonly isAnothers?: boolean
}): JSX.Element {
  const { verdict, checkedAt, isAnothers: isOfAnother = false } = props
  return (
    <svg
      class="stamp"
      viewBox="0 0 200 200"
      role="img"
      aria-label={isOfAnother ? ANOTHERS_WORDS : VERDICT_WORDS[verdict]}
      fill="none"
      stroke="currentColor"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {FRAMES[verdict]}
      <g fill="currentColor" stroke="none" text-anchor="middle">
        {(isOfAnother ? ANOTHERS_LINES : LINES[verdict]).map((line) => (
          <text
            class="stamp-word"
            x="100"
            y={line.y}
            font-size={line.size}
            textLength={line.width}
            lengthAdjust="spacingAndGlyphs"
          >
            {line.text}
          </text>
        ))}
        <text
          class="stamp-date"
          x="100"
          y={DATE_Y[verdict]}
          font-size="14.5"
          textLength="92"
          lengthAdjust="spacingAndGlyphs"
        >
          {toStampDate(checkedAt)}
        </text>
      </g>
    </svg>
  )
}
