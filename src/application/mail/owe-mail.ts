/** Writes down that a mail is owed, in the transaction of what it tells of. */
import { toTimestamp } from '../../domain/timestamps.js'
import type { Clock, IdSource } from '../ports/environment.js'
import type { MailKind } from '../ports/mail.js'
import type { Stores } from '../ports/stores.js'

export async function oweMail(
  { clock, ids }: { readonly clock: Clock; readonly ids: IdSource },
  stores: Stores,
  kind: MailKind,
  about: string,
): Promise<void> {
  const at = toTimestamp(clock.now())
  await stores.mails.insert({
    mailId: ids.uuid(),
    kind,
    about,
    state: 'owed',
    attempts: 0,
    nextAt: at,
    createdAt: at,
  })
}
