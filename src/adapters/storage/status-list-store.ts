/** Status lists and the indexes reserved in them; a reservation is never given back. */
import { type Kysely, sql } from 'kysely'
import type { StatusList, StatusListStore } from '../../application/ports/stores.js'
import type { Tables } from './tables.js'

const COLUMNS = ['list_id', 'issuer', 'length_bits', 'created_at'] as const

/** The StatusListStore on `db`. `reserve` also returns false when the code has an index already. */
export function createStatusListStore(db: Kysely<Tables>): StatusListStore {
  const lists = () => db.selectFrom('status_lists').select(COLUMNS)
  return {
    async findCurrent(issuer) {
      const row = await lists()
        .where('issuer', '=', issuer)
        .orderBy('ordinal', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toStatusList(row)
    },
    async find(listId) {
      const row = await lists().where('list_id', '=', listId).executeTakeFirst()
      return row && toStatusList(row)
    },
    async add({ listId, issuer, lengthBits, createdAt }) {
      const result = await db
        .insertInto('status_lists')
        .values({
          list_id: listId,
          issuer,
          ordinal: sql<number>`(select coalesce(max(ordinal), 0) + 1 from status_lists where issuer = ${issuer})`,
          length_bits: lengthBits,
          created_at: createdAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async countReserved(listId) {
      const row = await db
        .selectFrom('status_entries')
        .select(({ fn }) => fn.countAll().as('reserved'))
        .where('list_id', '=', listId)
        .executeTakeFirstOrThrow()
      return Number(row.reserved)
    },
    async reserve(listId, listIndex, code) {
      const result = await db
        .insertInto('status_entries')
        .values({ list_id: listId, list_index: listIndex, code })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
  }
}

function toStatusList(row: {
  readonly list_id: string
  readonly issuer: string
  readonly length_bits: number
  readonly created_at: string
}): StatusList {
  return {
    listId: row.list_id,
    issuer: row.issuer,
    lengthBits: row.length_bits,
    createdAt: row.created_at,
  }
}
