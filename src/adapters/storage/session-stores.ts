/** Links to sign in with, and who is signed in; of every secret only a hash is kept. */
import type { Kysely } from 'kysely'
import type { SessionStore, SignInLinkStore } from '../../application/ports/staff-stores.js'
import type { Tables } from './tables.js'

/** The SignInLinkStore on `db`, a connection or a transaction. */
export function createSignInLinkStore(db: Kysely<Tables>): SignInLinkStore {
  return {
    async insert({ tokenHash, staffId, expiresAt, usedAt }) {
      await db
        .insertInto('sign_in_links')
        .values({
          token_hash: tokenHash,
          staff_id: staffId,
          expires_at: expiresAt,
          used_at: usedAt ?? null,
        })
        .execute()
    },
    async find(tokenHash) {
      const row = await db
        .selectFrom('sign_in_links')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return (
        row && {
          tokenHash: row.token_hash,
          staffId: row.staff_id,
          expiresAt: row.expires_at,
          ...(row.used_at === null ? {} : { usedAt: row.used_at }),
        }
      )
    },
    async use(tokenHash, usedAt) {
      const result = await db
        .updateTable('sign_in_links')
        .set({ used_at: usedAt })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    async removeOf(staffId) {
      await db.deleteFrom('sign_in_links').where('staff_id', '=', staffId).execute()
    },
    async removeExpired(before) {
      await db.deleteFrom('sign_in_links').where('expires_at', '<', before).execute()
    },
  }
}

/** The SessionStore on `db`, a connection or a transaction. */
export function createSessionStore(db: Kysely<Tables>): SessionStore {
  return {
    async insert({ secretHash, staffId, openedAt, seenAt }) {
      await db
        .insertInto('sessions')
        .values({
          secret_hash: secretHash,
          staff_id: staffId,
          opened_at: openedAt,
          seen_at: seenAt,
        })
        .execute()
    },
    async find(secretHash) {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('secret_hash', '=', secretHash)
        .executeTakeFirst()
      return (
        row && {
          secretHash: row.secret_hash,
          staffId: row.staff_id,
          openedAt: row.opened_at,
          seenAt: row.seen_at,
        }
      )
    },
    async see(secretHash, seenAt) {
      await db
        .updateTable('sessions')
        .set({ seen_at: seenAt })
        .where('secret_hash', '=', secretHash)
        .execute()
    },
    async remove(secretHash) {
      await db.deleteFrom('sessions').where('secret_hash', '=', secretHash).execute()
    },
    async removeOf(staffId) {
      await db.deleteFrom('sessions').where('staff_id', '=', staffId).execute()
    },
    async removeOpened(before) {
      await db.deleteFrom('sessions').where('opened_at', '<', before).execute()
    },
  }
}
