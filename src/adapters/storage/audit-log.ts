/** The audit log: appended to, never changed. */
import type { Kysely } from 'kysely'
import type { AuditEntry, AuditLog } from '../../application/ports/stores.js'
import type { Tables } from './tables.js'

/** The AuditLog on `db`; entries are listed in the order in which they were written. */
export function createAuditLog(db: Kysely<Tables>): AuditLog {
  return {
    async append({ at, actor, action, subject, detail }) {
      await db
        .insertInto('audit_entries')
        .values({ at, actor, action, subject, detail: JSON.stringify(detail) })
        .execute()
    },
    async listFor(subject) {
      const rows = await db
        .selectFrom('audit_entries')
        .select(['at', 'actor', 'action', 'subject', 'detail'])
        .where('subject', '=', subject)
        .orderBy('entry')
        .execute()
      return rows.map((row) => ({
        ...row,
        detail: JSON.parse(row.detail) as AuditEntry['detail'],
      }))
    },
  }
}
