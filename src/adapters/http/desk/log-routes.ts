/** What was done, for admins. */
import type { AuditQuery } from '../../../application/ports/audit.js'
import { renderLogPage } from '../../pages/desk/log-page.js'
import type { DeskRoute } from './desk-route.js'

const PAGE_SIZE = 100

export const LOG_ROUTES: readonly DeskRoute[] = [
  {
    method: 'GET',
    path: '/staff/log',
    access: 'log:read',
    handle: async ({ parts, query: asked, ...frame }, response) => {
      const { audit, staff } = parts.issuing.database.stores
      const query = readQuery(asked)
      const found = await audit.list(query, PAGE_SIZE + 1)
      const people = new Map(
        (await staff.list()).map(({ staffId, email }) => [`staff:${staffId}`, email] as const),
      )
      const entries = found.slice(0, PAGE_SIZE)
      const next = found.length > PAGE_SIZE ? entries.at(-1)?.entry : undefined
      const page = { query, entries, people, frame, ...(next === undefined ? {} : { next }) }
      response.type('html').send(renderLogPage(page, parts.assets))
    },
  },
]

const MAX_TERM = 300

/** What is not understood is left out. */
function readQuery(query: URLSearchParams): AuditQuery {
  const given = (name: string) => query.get(name)?.trim().slice(0, MAX_TERM) ?? ''
  const [subject, actor] = ['subject', 'actor'].map(given)
  const before = Number(/^[1-9][0-9]{0,14}$/.exec(given('before'))?.[0])
  return {
    ...(subject === undefined || subject === '' ? {} : { subject }),
    ...(actor === undefined || actor === '' ? {} : { actor }),
    ...(Number.isNaN(before) ? {} : { before }),
  }
}
