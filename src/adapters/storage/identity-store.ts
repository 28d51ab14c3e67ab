/** What this database belongs to: recorded once, never changed. */
import type { Kysely } from 'kysely'
import type { IdentityStore } from '../../application/ports/stores.js'
import type { Tables } from './tables.js'

/** The IdentityStore on `db`, a connection or a transaction. */
export function createIdentityStore(db: Kysely<Tables>): IdentityStore {
  return {
    async bind(name, value) {
      await db
        .insertInto('identity')
        .values({ name, value })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const row = await db
        .selectFrom('identity')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
      return row.value
    },
    async find(name) {
      const row = await db
        .selectFrom('identity')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst()
      return row?.value
    },
  }
}
