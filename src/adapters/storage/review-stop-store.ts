/** Why the desk does not release an approval now; the last word of each review. */
import type { Kysely } from 'kysely'
import type { ReviewStopStore } from '../../application/ports/stores.js'
import type { Tables } from './tables.js'

/** The ReviewStopStore on `db`, a connection or a transaction. */
export function createReviewStopStore(db: Kysely<Tables>): ReviewStopStore {
  return {
    async put({ reviewRecordId, state, reason, actor, at }) {
      const said = { state, reason, actor, at }
      await db
        .insertInto('review_stops')
        .values({ review_record_id: reviewRecordId, ...said })
        .onConflict((conflict) => conflict.column('review_record_id').doUpdateSet(said))
        .execute()
    },
    async find(reviewRecordId) {
      const row = await db
        .selectFrom('review_stops')
        .selectAll()
        .where('review_record_id', '=', reviewRecordId)
        .executeTakeFirst()
      return (
        row && {
          reviewRecordId: row.review_record_id,
          state: row.state as 'held' | 'returned',
          reason: row.reason,
          actor: row.actor,
          at: row.at,
        }
      )
    },
  }
}
