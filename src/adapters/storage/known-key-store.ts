/** Keys of other issuers, as they were seen when their badges were verified. */
import type { Kysely } from 'kysely'
import type { KnownKeyStore } from '../../application/ports/stores.js'
import type { Tables } from './tables.js'

/** The KnownKeyStore on `db`, a connection or a transaction. */
export function createKnownKeyStore(db: Kysely<Tables>): KnownKeyStore {
  return {
    async add(issuer, keys, seenAt) {
      if (keys.length === 0) return
      await db
        .insertInto('known_keys')
        .values(keys.map((key) => ({ issuer, public_key: key, seen_at: seenAt })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async list(issuer) {
      const rows = await db
        .selectFrom('known_keys')
        .selectAll()
        .where('issuer', '=', issuer)
        .orderBy('seen_at')
        .orderBy('public_key')
        .execute()
      return rows.map(({ public_key, seen_at }) => ({ key: public_key, seenAt: seen_at }))
    },
    async forget(issuer) {
      const result = await db
        .deleteFrom('known_keys')
        .where('issuer', '=', issuer)
        .executeTakeFirst()
      return Number(result.numDeletedRows)
    },
  }
}
