/** The desk's list of badges. */
import type { JSX } from 'preact'
import type { BadgeQuery, BadgeSummary } from '../../../application/ports/stores.js'
import type { BadgeList } from '../../../application/staff/desk-badges.js'
import type { StatusState } from '../../../domain/badge-status.js'
import { Day } from '../dates.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'
import { type DeskFrame, renderDeskPage } from './desk-frame.js'
import { FilterChoice, FilterField } from './fields.js'

const PLACE = '/staff/badges'

/** How the desk calls the standing of a badge. */
export const STANDING_WORDS: Readonly<Record<StatusState, string>> = {
  valid: 'in good standing',
  suspended: 'suspended',
  revoked: 'revoked',
}

const STANDINGS = Object.entries(STANDING_WORDS)
const CLAIMS = [
  ['yes', 'claimed'],
  ['no', 'not claimed yet'],
] as const

export function renderBadgeListPage(
  { list, frame }: { readonly list: BadgeList; readonly frame: DeskFrame },
  assets: PageAssets,
): string {
  return renderDeskPage({
    title: 'Badges',
    place: PLACE,
    frame,
    assets,
    children: (
      <section class="sheet">
        <h1>Badges</h1>
        <FilterForm query={list.query} isDistrict={frame.member.role === 'district'} />
        {list.badges.length === 0 ? (
          <p class="lede">No badge fits.</p>
        ) : (
          <BadgeTable badges={list.badges} />
        )}
        {list.next === undefined ? null : (
          <p>
            <a rel="next" href={addressOf({ ...list.query, after: list.next })}>
              Earlier ones
            </a>
          </p>
        )}
      </section>
    ),
  })
}

function FilterForm(props: {
  readonly query: BadgeQuery
  readonly isDistrict: boolean
}): JSX.Element {
  const { text, district, achievement, state, isClaimed } = props.query
  const claimed = isClaimed === undefined ? undefined : isClaimed ? 'yes' : 'no'
  return (
    <form method="get" action={PLACE} class="filter">
      <FilterField name="text" label="Name or code" value={text} />
      {props.isDistrict ? null : <FilterField name="district" label="District" value={district} />}
      <FilterField name="achievement" label="Achievement" value={achievement} />
      <FilterChoice name="state" label="Standing" value={state} options={STANDINGS} />
      <FilterChoice name="claimed" label="Claim" value={claimed} options={CLAIMS} />
      <p>
        <button class="button is-quiet" type="submit">
          Find
        </button>
      </p>
    </form>
  )
}

function BadgeTable({ badges }: { readonly badges: readonly BadgeSummary[] }): JSX.Element {
  return (
    <table class="desk-table">
      <thead>
        <tr>
          <th scope="col">Earner</th>
          <th scope="col">Achievement</th>
          <th scope="col">District</th>
          <th scope="col">Issued</th>
          <th scope="col">Claimed</th>
          <th scope="col">Standing</th>
        </tr>
      </thead>
      <tbody>
        {badges.map((badge) => (
          <tr>
            <th scope="row" dir="auto">
              <a href={`${PLACE}/${badge.code}`}>{plainText(badge.earnerName)}</a>
            </th>
            <td data-label="Achievement">{plainText(badge.achievementSlug)}</td>
            <td data-label="District">{plainText(badge.district ?? 'none')}</td>
            <td data-label="Issued">
              <Day iso={badge.issuedAt} />
            </td>
            <td data-label="Claimed">
              {badge.claimedAt === undefined ? 'not yet' : <Day iso={badge.claimedAt} />}
            </td>
            <td data-label="Standing">{STANDING_WORDS[badge.state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function addressOf({ isClaimed, ...query }: BadgeQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const claimed = isClaimed === undefined ? [] : [['claimed', isClaimed ? 'yes' : 'no']]
  return `${PLACE}?${new URLSearchParams([...given, ...claimed] as [string, string][])}`
}
