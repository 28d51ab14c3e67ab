/** What others say of an achievement, a badge or an issuer, and whether it holds. */
import type { JSX } from 'preact'
import type { ShownEndorsement } from '../../application/badge-view.js'
import type { EndorsementFinding } from '../../domain/verification-report.js'
import { Day } from './dates.js'
import { Markdown } from './markdown.js'
import { OutcomeMark } from './outcome-mark.js'
import { Chapter, Identifier } from './parts.js'
import { plainText } from './plain-text.js'

/** The chapter, or nothing when nobody has said anything. */
export function Endorsements(props: {
  readonly endorsements: readonly ShownEndorsement[]
}): JSX.Element | null {
  if (props.endorsements.length === 0) return null
  return (
    <Chapter id="endorsements" title="Who endorses it">
      <ul class="entries">
        {props.endorsements.map((endorsement) => (
          <li>
            <Endorsement endorsement={endorsement} />
          </li>
        ))}
      </ul>
    </Chapter>
  )
}

const ABOUT: Readonly<Record<ShownEndorsement['about'], string>> = {
  achievement: 'Said of the achievement',
  badge: 'Said of this badge',
  profile: 'Said of the issuer',
}

function Endorsement(props: { readonly endorsement: ShownEndorsement }): JSX.Element {
  const { about, endorser, signedAt, url, comment, outcome } = props.endorsement
  return (
    <>
      <h3>
        {outcome === 'passed' ? 'Endorsed by ' : 'In the name of '}
        <EndorserName name={endorser} />
      </h3>
      {comment === undefined ? null : <EndorsementComment comment={comment} />}
      <EndorsementState {...props.endorsement} />
      <p class="quiet">
        {ABOUT[about]}
        {outcome === 'failed' || signedAt === '' ? null : (
          <>
            {' '}
            on <Day iso={signedAt} />
          </>
        )}
        {url === undefined ? null : (
          <>
            {'. '}
            <a href={url}>The signed endorsement</a>
          </>
        )}
      </p>
    </>
  )
}

/** Whose endorsements a badge from anywhere carries, each with what was found; never their words. */
export function EndorsementFindings(props: {
  readonly findings: readonly EndorsementFinding[]
}): JSX.Element | null {
  if (props.findings.length === 0) return null
  return (
    <Chapter id="endorsements" title="Who endorses it">
      <ul class="entries">
        {props.findings.map(({ issuerName, issuerId, outcome, sentence }) => (
          <li>
            <h3>
              {outcome === 'passed' ? 'Endorsed by ' : 'In the name of '}
              <EndorserName name={issuerName ?? ''} />
            </h3>
            {issuerId === undefined ? null : (
              <p>
                <Identifier>{issuerId}</Identifier>
              </p>
            )}
            <EndorsementState outcome={outcome} sentence={sentence} />
          </li>
        ))}
      </ul>
    </Chapter>
  )
}

function EndorserName(props: { readonly name: string }): JSX.Element {
  return <span dir="auto">{plainText(props.name) || 'somebody without a name'}</span>
}

/** The words of somebody else, marked as such. */
export function EndorsementComment(props: { readonly comment: string }): JSX.Element {
  return (
    <blockquote class="said">
      <Markdown text={props.comment} />
    </blockquote>
  )
}

export const ENDORSEMENT_STATES: Readonly<Record<ShownEndorsement['outcome'], string>> = {
  passed: 'Endorsement verified',
  failed: 'Endorsement not verified',
  unknown: 'Endorsement could not be checked',
}

/** Shape and words of the outcome, and why unless it holds. */
export function EndorsementState(
  props: Pick<ShownEndorsement, 'outcome' | 'sentence'>,
): JSX.Element {
  const { outcome, sentence } = props
  return (
    <div class={`endorsement-state check-${outcome}`}>
      <OutcomeMark outcome={outcome} words={ENDORSEMENT_STATES[outcome]} />
      {outcome === 'passed' || sentence === '' ? null : <p>{plainText(sentence)}</p>}
    </div>
  )
}
