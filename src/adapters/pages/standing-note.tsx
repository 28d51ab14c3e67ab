/** What the issuer has done to a badge since it was issued: revoked, suspended, replaced. */
import type { JSX } from 'preact'
import type { BadgeView, ShownStatus } from '../../application/badge-view.js'
import { Day } from './dates.js'
import { plainText } from './plain-text.js'

const WORDS = { revoked: 'Revoked', suspended: 'Suspended for the time being' } as const

/**
 * Day and reason, unless the verdict beside it says so already (when the check could not be made, it
 * does not), and the badge that replaced this one.
 */
export function StandingNote(props: { readonly view: BadgeView }): JSX.Element {
  const { status, replacedBy, report } = props.view
  const isSaid = report.checks.some((one) => one.name === 'status' && one.outcome === 'failed')
  return (
    <>
      {status === undefined || isSaid ? null : <Standing status={status} />}
      {replacedBy === undefined ? null : (
        <p class="standing">
          This badge was replaced by{' '}
          <a class="url" href={replacedBy}>
            {replacedBy}
          </a>
        </p>
      )}
    </>
  )
}

function Standing(props: { readonly status: ShownStatus }): JSX.Element {
  const { state, changedAt, publicReason } = props.status
  return (
    <p class="standing">
      {WORDS[state]} on <Day iso={changedAt} />.{' '}
      {publicReason === undefined
        ? 'The issuer gave no public reason.'
        : `The issuer’s reason: ${plainText(publicReason)}`}
    </p>
  )
}
