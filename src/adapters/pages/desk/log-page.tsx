/** The audit log at the desk: who did what to what, newest first. */
import type { JSX } from 'preact'
import type { AuditQuery, NumberedEntry } from '../../../application/ports/audit.js'
import { Moment } from '../dates.js'
import type { PageAssets } from '../page-assets.js'
import { plainText } from '../plain-text.js'
import { type DeskFrame, renderDeskPage } from './desk-frame.js'
import { FilterField } from './fields.js'

const PLACE = '/staff/log'

type Model = {
  readonly query: AuditQuery
  readonly entries: readonly NumberedEntry[]
  /** Addresses of staff by what the log calls them. */
  readonly people: ReadonlyMap<string, string>
  /** Where the next page begins; absent on the last. */
  readonly next?: number
  readonly frame: DeskFrame
}

export function renderLogPage(model: Model, assets: PageAssets): string {
  const { query, entries, people, next, frame } = model
  return renderDeskPage({
    title: 'What was done',
    place: PLACE,
    frame,
    assets,
    children: (
      <section class="sheet">
        <h1>What was done</h1>
        <p class="quiet">
          Every change is written down here, with ids and codes instead of names. Nothing in it can
          be changed.
        </p>
        <form method="get" action={PLACE} class="filter">
          <FilterField name="subject" label="What it was done to" value={query.subject} />
          <FilterField name="actor" label="Who" value={query.actor} />
          <p>
            <button class="button is-quiet" type="submit">
              Find
            </button>
          </p>
        </form>
        {entries.length === 0 ? (
          <p class="lede">Nothing fits.</p>
        ) : (
          <EntryTable entries={entries} people={people} />
        )}
        {next === undefined ? null : (
          <p>
            <a rel="next" href={addressOf({ ...query, before: next })}>
              Earlier ones
            </a>
          </p>
        )}
      </section>
    ),
  })
}

function EntryTable({ entries, people }: Pick<Model, 'entries' | 'people'>): JSX.Element {
  return (
    <table class="desk-table">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">To</th>
          <th scope="col">Details</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ at, actor, action, subject, detail }) => (
          <tr>
            <th scope="row">
              <Moment iso={at} />
            </th>
            <td data-label="Who">
              <a href={addressOf({ actor })}>{plainText(people.get(actor) ?? actor)}</a>
            </td>
            <td data-label="Did">{plainText(action)}</td>
            <td data-label="To">
              <a href={addressOf({ subject })}>{plainText(people.get(subject) ?? subject)}</a>
            </td>
            <td data-label="Details" class="quiet">
              {Object.entries(detail)
                .map(([name, value]) => `${name}: ${plainText(String(value))}`)
                .join(', ') || 'none'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function addressOf(query: AuditQuery): string {
  const given = Object.entries(query).map(([name, value]) => [name, String(value)])
  return `${PLACE}?${new URLSearchParams(given as [string, string][])}`
}
