/** Status lists, the indexes reserved in them and their states; a reservation is never given back. */
import { type Kysely, sql } from 'kysely'
import type { StatusEntry, StatusList, StatusListStore } from '../../application/ports/stores.js'
import type { StatusState } from '../../domain/badge-status.js'
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
    ...createEntryMethods(db),
  }
}

type EntryMethods = Pick<
  StatusListStore,
  'findEntry' | 'findEntryAt' | 'moveEntry' | 'countRevoked' | 'listRevoked'
>

function createEntryMethods(db: Kysely<Tables>): EntryMethods {
  const entries = () =>
    db
      .selectFrom('status_entries as entry')
      .innerJoin('status_lists as list', 'list.list_id', 'entry.list_id')
      .select(ENTRY_COLUMNS)
  return {
    async findEntry(code) {
      const row = await entries().where('entry.code', '=', code).executeTakeFirst()
      return row && toStatusEntry(row)
    },
    async findEntryAt(listId, listIndex) {
      const row = await entries()
        .where('entry.list_id', '=', listId)
        .where('entry.list_index', '=', listIndex)
        .executeTakeFirst()
      return row && toStatusEntry(row)
    },
    async moveEntry(code, from, to, { reason, changedAt, replacedBy }) {
      const result = await db
        .updateTable('status_entries')
        .set({
          state: to,
          reason: reason.text,
          reason_public: reason.isPublic ? 1 : 0,
          changed_at: changedAt,
          replaced_by: replacedBy ?? null,
        })
        .where('code', '=', code)
        .where('state', '=', from)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    async countRevoked(listId) {
      const row = await db
        .selectFrom('status_entries')
        .select(({ fn }) => fn.countAll().as('revoked'))
        .where('list_id', '=', listId)
        .where('state', '=', 'revoked')
        .executeTakeFirstOrThrow()
      return Number(row.revoked)
    },
    async listRevoked(listId) {
      const rows = await db
        .selectFrom('status_entries')
        .select(['list_index', 'changed_at'])
        .where('list_id', '=', listId)
        .where('state', '=', 'revoked')
        .orderBy('list_index')
        .execute()
      return rows.map((row) => ({ listIndex: row.list_index, changedAt: row.changed_at ?? '' }))
    },
  }
}

const ENTRY_COLUMNS = [
  'entry.code',
  'entry.list_id',
  'entry.list_index',
  'list.issuer',
  'entry.state',
  'entry.reason',
  'entry.reason_public',
  'entry.changed_at',
  'entry.replaced_by',
] as const

function toStatusEntry(row: {
  readonly code: string
  readonly list_id: string
  readonly list_index: number
  readonly issuer: string
  readonly state: string
  readonly reason: string | null
  readonly reason_public: number | null
  readonly changed_at: string | null
  readonly replaced_by: string | null
}): StatusEntry {
  return {
    code: row.code,
    listId: row.list_id,
    listIndex: row.list_index,
    issuer: row.issuer,
    state: row.state as StatusState,
    ...(row.reason === null
      ? {}
      : { reason: { text: row.reason, isPublic: row.reason_public === 1 } }),
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at }),
    ...(row.replaced_by === null ? {} : { replacedBy: row.replaced_by }),
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
