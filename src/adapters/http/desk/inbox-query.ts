/** What of the inbox an address, or a form on its page, asks for. */
import { FOLDERS, type Folder, type InboxQuery } from '../../../application/staff/inbox.js'

/** A slug or an id. */
const TERM = /^[A-Za-z0-9][\w-]{0,99}$/

/** What is not understood is left out: an old bookmark still opens the desk. */
export function readQuery(query: URLSearchParams): InboxQuery {
  const named = query.get('folder') ?? ''
  const folder: Folder = Object.hasOwn(FOLDERS, named) ? (named as Folder) : 'waiting'
  const given = (name: string) => TERM.exec(query.get(name)?.trim() ?? '')?.[0]
  const [district, achievement, after] = ['district', 'achievement', 'after'].map(given)
  return {
    folder,
    ...(district === undefined ? {} : { district }),
    ...(achievement === undefined ? {} : { achievement }),
    ...(after === undefined ? {} : { after }),
  }
}
