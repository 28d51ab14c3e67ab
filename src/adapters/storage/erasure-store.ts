/** Erased badges: what is left of them, and the deletion of everything else. */
import type { Kysely } from 'kysely'
import type { ErasureStore } from '../../application/ports/erasures.js'
import type { Tables } from './tables.js'

/** The ErasureStore on `db`, a connection or a transaction. */
export function createErasureStore(db: Kysely<Tables>): ErasureStore {
  return {
    async insert({ code, contentDigest, issuedAt, erasedAt }) {
      await db
        .insertInto('erasures')
        .values({
          code,
          content_digest: contentDigest,
          issued_at: issuedAt,
          erased_at: erasedAt,
        })
        .execute()
    },
    async find(code) {
      const row = await db
        .selectFrom('erasures')
        .selectAll()
        .where('code', '=', code)
        .executeTakeFirst()
      return (
        row && {
          code,
          contentDigest: row.content_digest,
          issuedAt: row.issued_at,
          erasedAt: row.erased_at,
        }
      )
    },
    // In this order, because of what refers to what.
    async removeTraces({ code, reviewRecordId, url }) {
      await db.deleteFrom('claim_links').where('code', '=', code).execute()
      await db.deleteFrom('mails').where('about', '=', code).execute()
      await db.deleteFrom('endorsements').where('subject_id', '=', url).execute()
      await db.deleteFrom('corrections').where('code', '=', code).execute()
      await db.deleteFrom('corrections').where('review_record_id', '=', reviewRecordId).execute()
      await db.deleteFrom('review_stops').where('review_record_id', '=', reviewRecordId).execute()
      await db.deleteFrom('badges').where('code', '=', code).execute()
      await db.deleteFrom('intents').where('review_record_id', '=', reviewRecordId).execute()
      await db
        .updateTable('status_entries')
        .set({ reason: null, reason_public: null })
        .where('code', '=', code)
        .execute()
    },
  }
}
