/** Mail that is owed, and what became of it. */
import type { Kysely } from 'kysely'
import type { MailKind, MailStore, OwedMail } from '../../application/ports/mail.js'
import type { MailRow, Tables } from './tables.js'

/** The MailStore on `db`, a connection or a transaction. */
export function createMailStore(db: Kysely<Tables>): MailStore {
  return {
    async insert(mail) {
      await db.insertInto('mails').values(toRow(mail)).execute()
    },
    async listDue(by, limit) {
      const rows = await db
        .selectFrom('mails')
        .selectAll()
        .where('state', '=', 'owed')
        .where('next_at', '<=', by)
        .orderBy('next_at')
        .orderBy('mail_id')
        .limit(limit)
        .execute()
      return rows.map(toMail)
    },
    async claim({ mailId, nextAt }, until) {
      const result = await db
        .updateTable('mails')
        .set({ next_at: until })
        .where('mail_id', '=', mailId)
        .where('state', '=', 'owed')
        .where('next_at', '=', nextAt)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    async settle(mail) {
      const { mail_id, state, attempts, next_at, failure } = toRow(mail)
      await db
        .updateTable('mails')
        .set({ state, attempts, next_at, failure })
        .where('mail_id', '=', mail_id)
        .execute()
    },
    async listAbout(about) {
      const rows = await db
        .selectFrom('mails')
        .selectAll()
        .where('about', '=', about)
        .orderBy('created_at')
        .orderBy('mail_id')
        .execute()
      return rows.map(toMail)
    },
    async removeAbout(about) {
      await db.deleteFrom('mails').where('about', '=', about).execute()
    },
  }
}

function toRow(mail: OwedMail): MailRow {
  return {
    mail_id: mail.mailId,
    kind: mail.kind,
    about: mail.about,
    state: mail.state,
    attempts: mail.attempts,
    next_at: mail.nextAt,
    created_at: mail.createdAt,
    failure: mail.failure ?? null,
  }
}

function toMail(row: MailRow): OwedMail {
  return {
    mailId: row.mail_id,
    kind: row.kind as MailKind,
    about: row.about,
    state: row.state as OwedMail['state'],
    attempts: row.attempts,
    nextAt: row.next_at,
    createdAt: row.created_at,
    ...(row.failure === null ? {} : { failure: row.failure }),
  }
}
