/** Corrections: which review takes the place of which badge, and why. */
import type { Kysely } from 'kysely'
import type { CorrectionStore } from '../../application/ports/stores.js'
import type { Tables } from './tables.js'

/** The CorrectionStore on `db`. */
export function createCorrectionStore(db: Kysely<Tables>): CorrectionStore {
  return {
    async put({ reviewRecordId, code, reason }) {
      const said = { reason: reason.text, reason_public: reason.isPublic ? 1 : 0 }
      await db
        .insertInto('corrections')
        .values({ review_record_id: reviewRecordId, code, ...said })
        .onConflict((conflict) => conflict.column('review_record_id').doUpdateSet(said))
        .execute()
    },
    async findByReview(reviewRecordId) {
      const row = await db
        .selectFrom('corrections')
        .selectAll()
        .where('review_record_id', '=', reviewRecordId)
        .executeTakeFirst()
      return (
        row && {
          reviewRecordId: row.review_record_id,
          code: row.code,
          reason: { text: row.reason, isPublic: row.reason_public === 1 },
        }
      )
    },
  }
}
