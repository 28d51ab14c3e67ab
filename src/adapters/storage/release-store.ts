/** Releases of many, each review of them a row. */
import type { Kysely } from 'kysely'
import type { Release, ReleaseCounts, ReleaseStore } from '../../application/ports/releases.js'
import type { Tables } from './tables.js'

/** Databases take so many values in one statement, and more. */
const ROWS_AT_ONCE = 500

/** The ReleaseStore on `db`, a connection or a transaction. */
export function createReleaseStore(db: Kysely<Tables>): ReleaseStore {
  return {
    async insert({ releaseId, actor, createdAt }, reviewRecordIds) {
      const values = { release_id: releaseId, actor, created_at: createdAt }
      await db.insertInto('releases').values(values).execute()
      const rows = [...new Set(reviewRecordIds)].map((id) => ({
        release_id: releaseId,
        review_record_id: id,
        state: 'waiting',
        failure: null,
      }))
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
        await db
          .insertInto('release_items')
          .values(rows.slice(at, at + ROWS_AT_ONCE))
          .execute()
    },
    async find(releaseId) {
      const row = await db
        .selectFrom('releases')
        .selectAll()
        .where('release_id', '=', releaseId)
        .executeTakeFirst()
      return row && toRelease(row)
    },
    async list(limit) {
      const rows = await db
        .selectFrom('releases')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('release_id')
        .limit(limit)
        .execute()
      return rows.map(toRelease)
    },
    async listWaiting(limit) {
      const rows = await db
        .selectFrom('release_items')
        .innerJoin('releases', 'releases.release_id', 'release_items.release_id')
        .select(['releases.release_id', 'releases.actor', 'release_items.review_record_id'])
        .where('release_items.state', '=', 'waiting')
        .orderBy('releases.created_at')
        .orderBy('releases.release_id')
        .orderBy('release_items.review_record_id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        releaseId: row.release_id,
        actor: row.actor,
        reviewRecordId: row.review_record_id,
      }))
    },
    async settle({ releaseId, reviewRecordId }, failure) {
      await db
        .updateTable('release_items')
        .set({ state: failure === undefined ? 'released' : 'failed', failure: failure ?? null })
        .where('release_id', '=', releaseId)
        .where('review_record_id', '=', reviewRecordId)
        .execute()
    },
    count: (releaseId) => countItems(db, releaseId),
    async listFailed(releaseId, limit) {
      const rows = await db
        .selectFrom('release_items')
        .select(['review_record_id', 'failure'])
        .where('release_id', '=', releaseId)
        .where('state', '=', 'failed')
        .orderBy('review_record_id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        reviewRecordId: row.review_record_id,
        failure: row.failure ?? '',
      }))
    },
  }
}

async function countItems(db: Kysely<Tables>, releaseId: string): Promise<ReleaseCounts> {
  const rows = await db
    .selectFrom('release_items')
    .select(({ fn }) => ['state', fn.countAll<number | bigint | string>().as('found')])
    .where('release_id', '=', releaseId)
    .groupBy('state')
    .execute()
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.found ?? 0)
  return { waiting: of('waiting'), released: of('released'), failed: of('failed') }
}

function toRelease(row: Tables['releases']): Release {
  return { releaseId: row.release_id, actor: row.actor, createdAt: row.created_at }
}
