/** The desk's folders of reviews. */
import type { JSX } from 'preact'
import type { ReviewRecord } from '../../../application/ports/stores.js'
import {
  FOLDERS,
  type Folder,
  type Inbox,
  type InboxQuery,
} from '../../../application/staff/inbox.js'
import { mayDo } from '../../../domain/staff.js'
import { Day } from '../dates.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'
import { DeskForm, type DeskFrame, renderDeskPage } from './desk-frame.js'
import { FilterField } from './fields.js'

/** What each folder is called, and what it says when nothing lies in it. */
const FOLDER_WORDS: Readonly<Record<Folder, readonly [name: string, empty: string]>> = {
  waiting: ['Waiting', 'No approved review waits for its release.'],
  held: ['Held', 'Nothing is held.'],
  returned: ['Sent back', 'Nothing was sent back.'],
  released: ['Released', 'No badge was released yet.'],
}

export function renderInboxPage(
  { inbox, frame }: { readonly inbox: Inbox; readonly frame: DeskFrame },
  assets: PageAssets,
): string {
  const [name, empty] = FOLDER_WORDS[inbox.query.folder]
  return renderDeskPage({
    title: `Reviews: ${name.toLowerCase()}`,
    place: '/staff',
    frame,
    assets,
    children: (
      <section class="sheet">
        <h1>Reviews</h1>
        <FolderLinks inbox={inbox} />
        <FilterForm query={inbox.query} isDistrict={frame.member.role === 'district'} />
        {inbox.reviews.length === 0 ? (
          <p class="lede">{empty}</p>
        ) : (
          <Reviews inbox={inbox} frame={frame} />
        )}
        {inbox.next === undefined ? null : (
          <p>
            <a rel="next" href={addressOf({ ...inbox.query, after: inbox.next })}>
              Later ones
            </a>
          </p>
        )}
      </section>
    ),
  })
}

function FolderLinks({ inbox }: { readonly inbox: Inbox }): JSX.Element {
  const { after: _after, ...query } = inbox.query
  return (
    <nav aria-label="Folders" class="folders">
      {(Object.keys(FOLDERS) as readonly Folder[]).map((folder) => (
        <a
          href={addressOf({ ...query, folder })}
          {...(folder === query.folder ? { 'aria-current': 'page' as const } : {})}
        >
          {FOLDER_WORDS[folder][0]} <span class="count">{inbox.counts[folder]}</span>
        </a>
      ))}
    </nav>
  )
}

function FilterForm(props: {
  readonly query: InboxQuery
  readonly isDistrict: boolean
}): JSX.Element {
  const { folder, district, achievement } = props.query
  return (
    <form method="get" action="/staff" class="filter">
      <input type="hidden" name="folder" value={folder} />
      {props.isDistrict ? null : <FilterField name="district" label="District" value={district} />}
      <FilterField name="achievement" label="Achievement" value={achievement} />
      <p>
        <button class="button is-quiet" type="submit">
          Filter
        </button>
      </p>
    </form>
  )
}

/** Where something waits and the member may decide, a form around the table releases many. */
function Reviews(props: { readonly inbox: Inbox; readonly frame: DeskFrame }): JSX.Element {
  const { inbox, frame } = props
  const { folder, district, achievement } = inbox.query
  if (folder !== 'waiting' || !mayDo(frame.member, 'reviews:decide'))
    return <ReviewTable reviews={inbox.reviews} />
  const filter = Object.entries({ district, achievement }).filter(
    ([, value]) => value !== undefined,
  )
  const { waiting } = inbox.counts
  return (
    <DeskForm frame={frame} action="/staff/releases">
      {filter.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <ReviewTable reviews={inbox.reviews} isChosen />
      <p class="buttons">
        <button class="button" type="submit" name="which" value="chosen">
          Release those chosen
        </button>
        <button class="button is-quiet" type="submit" name="which" value="all">
          Release all {waiting}
        </button>
      </p>
    </DeskForm>
  )
}

function ReviewTable(props: {
  readonly reviews: readonly ReviewRecord[]
  /** Whether each can be chosen. */
  readonly isChosen?: boolean
}): JSX.Element {
  const { reviews, isChosen } = props
  return (
    <table class="desk-table">
      <thead>
        <tr>
          <th scope="col">Candidate</th>
          <th scope="col">Achievement</th>
          <th scope="col">District</th>
          <th scope="col">Approved</th>
        </tr>
      </thead>
      <tbody>
        {reviews.map(({ recordId, review }) => (
          <tr>
            <th scope="row" dir="auto">
              {isChosen === true ? (
                <input
                  type="checkbox"
                  name="review"
                  value={recordId}
                  aria-label={`Choose ${plainText(review.candidate.name)}`}
                />
              ) : null}{' '}
              <a href={`/staff/reviews/${recordId}`}>{plainText(review.candidate.name)}</a>
            </th>
            <td data-label="Achievement">{plainText(review.achievement)}</td>
            <td data-label="District">{plainText(review.candidate.district ?? 'none')}</td>
            <td data-label="Approved">
              <Day iso={review.decidedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function addressOf(query: InboxQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return `/staff?${new URLSearchParams(given as [string, string][])}`
}
