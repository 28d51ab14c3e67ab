/** The audit log: appended to, never changed. */
import type { Kysely, Selectable } from 'kysely'
import type { AuditEntry, AuditLog } from '../../application/ports/audit.js'
import type { AuditRow, Tables } from './tables.js'

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
        .selectAll()
        .where('subject', '=', subject)
        .orderBy('entry')
        .execute()
      return rows.map(toEntry)
    },
    async list({ subject, actor, before }, limit) {
      const rows = await db
        .selectFrom('audit_entries')
        .selectAll()
        .$if(subject !== undefined, (found) => found.where('subject', '=', subject ?? ''))
        .$if(actor !== undefined, (found) => found.where('actor', '=', actor ?? ''))
        .$if(before !== undefined, (found) => found.where('entry', '<', before ?? 0))
        .orderBy('entry', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ ...toEntry(row), entry: Number(row.entry) }))
    },
  }
}

function toEntry({ at, actor, action, subject, detail }: Selectable<AuditRow>): AuditEntry {
  return { at, actor, action, subject, detail: JSON.parse(detail) as AuditEntry['detail'] }
}
