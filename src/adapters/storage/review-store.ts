/** Reviews as received, one per (source, id, attempt), with the state they have reached. */
import type { Kysely } from 'kysely'
import type { ReviewRecord, ReviewStore } from '../../application/ports/stores.js'
import type { Review, ReviewState } from '../../domain/review.js'
import type { ReviewRow, Tables } from './tables.js'

/** The ReviewStore on `db`, a connection or a transaction. */
export function createReviewStore(db: Kysely<Tables>): ReviewStore {
  return {
    async insert(record) {
      const result = await db
        .insertInto('reviews')
        .values(toRow(record))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find({ source, id, attempt }) {
      const row = await db
        .selectFrom('reviews')
        .selectAll()
        .where('source', '=', source)
        .where('id', '=', id)
        .where('attempt', '=', attempt)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    async findById(recordId) {
      const row = await db
        .selectFrom('reviews')
        .selectAll()
        .where('record_id', '=', recordId)
        .executeTakeFirst()
      return row && toRecord(row)
    },
    async move(recordId, from, to, change) {
      const content = change && {
        review: JSON.stringify(change.review),
        content_digest: change.contentDigest,
      }
      const result = await db
        .updateTable('reviews')
        .set({ state: to, ...content })
        .where('record_id', '=', recordId)
        .where('state', '=', from)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
  }
}

function toRow(record: ReviewRecord): ReviewRow {
  const { recordId, review, state, achievementVersion, contentDigest, receivedAt } = record
  return {
    record_id: recordId,
    source: review.source,
    id: review.id,
    attempt: review.attempt,
    state,
    achievement_version: achievementVersion,
    review: JSON.stringify(review),
    content_digest: contentDigest,
    received_at: receivedAt,
  }
}

function toRecord(row: ReviewRow): ReviewRecord {
  return {
    recordId: row.record_id,
    review: JSON.parse(row.review) as Review,
    state: row.state as ReviewState,
    achievementVersion: row.achievement_version,
    contentDigest: row.content_digest,
    receivedAt: row.received_at,
  }
}
