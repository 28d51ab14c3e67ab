/** Reviews as received, one per (source, id, attempt), with the state they have reached. */
import type { Kysely } from 'kysely'
import type { ReviewQuery, ReviewRecord, ReviewStore } from '../../application/ports/stores.js'
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
        ...toContent(change.review),
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
    async list({ after, ...query }, limit) {
      const rows = await matching(db, query)
        .selectAll()
        .$if(after !== undefined, (found) =>
          found.where(({ eb, refTuple, selectFrom }) =>
            eb(
              refTuple('received_at', 'record_id'),
              '>',
              selectFrom('reviews as before')
                .select(['before.received_at', 'before.record_id'])
                .where('before.record_id', '=', after ?? '')
                .$asTuple('received_at', 'record_id'),
            ),
          ),
        )
        .orderBy('received_at')
        .orderBy('record_id')
        .limit(limit)
        .execute()
      return rows.map(toRecord)
    },
    async count(query) {
      const { found } = await matching(db, query)
        .select(({ fn }) => fn.countAll<number | bigint | string>().as('found'))
        .executeTakeFirstOrThrow()
      return Number(found)
    },
  }
}

function matching(db: Kysely<Tables>, query: Omit<ReviewQuery, 'after'>) {
  const { states, district, achievement } = query
  return db
    .selectFrom('reviews')
    .where('state', 'in', [...states])
    .$if(district !== undefined, (found) => found.where('district', '=', district ?? ''))
    .$if(achievement !== undefined, (found) => found.where('achievement', '=', achievement ?? ''))
}

function toContent(review: Review) {
  return {
    review: JSON.stringify(review),
    achievement: review.achievement,
    district: review.candidate.district ?? null,
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
    ...toContent(review),
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
