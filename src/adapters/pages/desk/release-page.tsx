/** How far a release of many is. */
import type { JSX } from 'preact'
import type { FailedItem, Release, ReleaseCounts } from '../../../application/ports/releases.js'
import { Moment } from '../dates.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'
import { type DeskFrame, renderDeskPage } from './desk-frame.js'

type Props = {
  readonly release: Release
  readonly counts: ReleaseCounts
  readonly failed: readonly (FailedItem & { readonly name: string })[]
  readonly frame: DeskFrame
}

export function renderReleasePage(props: Props, assets: PageAssets): string {
  const { release, counts, failed, frame } = props
  const all = counts.waiting + counts.released + counts.failed
  return renderDeskPage({
    title: counts.waiting === 0 ? 'Released' : `Releasing: ${all - counts.waiting} of ${all}`,
    place: '/staff',
    frame,
    assets,
    children: (
      <article class="sheet">
        <h1>{counts.waiting === 0 ? 'Done' : 'Releasing'}</h1>
        <Progress counts={counts} all={all} />
        <p class="quiet">
          Asked for on <Moment iso={release.createdAt} />. It goes on by itself; you can close this
          page.
        </p>
        {failed.length === 0 ? null : <Failed failed={failed} all={counts.failed} />}
        <p>
          {counts.waiting === 0 ? (
            <>
              <a href="/staff/badges">The badges</a>,{' '}
            </>
          ) : (
            <>
              <a href={`/staff/releases/${release.releaseId}`}>Look again</a>,{' '}
            </>
          )}
          <a href="/staff">what still waits</a>
        </p>
      </article>
    ),
  })
}

function Progress(props: { readonly counts: ReleaseCounts; readonly all: number }): JSX.Element {
  const { counts, all } = props
  const done = all - counts.waiting
  return (
    <p class="lede">
      <label for="progress">
        {counts.released} of {all} released
        {counts.failed === 0 ? '' : `, ${counts.failed} not`}
      </label>
      <progress id="progress" class="progress" max={all} value={done} />
    </p>
  )
}

function Failed(props: { readonly failed: Props['failed']; readonly all: number }): JSX.Element {
  const { failed, all } = props
  return (
    <section aria-labelledby="failed">
      <h2 id="failed">Not released</h2>
      <ul>
        {failed.map(({ reviewRecordId, name, failure }) => (
          <li>
            <a href={`/staff/reviews/${reviewRecordId}`}>{plainText(name)}</a>: {plainText(failure)}
          </li>
        ))}
      </ul>
      {failed.length < all ? <p>And {all - failed.length} more.</p> : null}
    </section>
  )
}
