/** Intents: what was about to be signed, kept so that a crash can be finished. */
import type { Kysely } from 'kysely'
import type { Intent, IntentStore } from '../../application/ports/stores.js'
import type { IntentRow, Tables } from './tables.js'

/** The IntentStore on `db`. `insert` also returns false when the code or the index has an intent. */
export function createIntentStore(db: Kysely<Tables>): IntentStore {
  return {
    async insert(intent) {
      const result = await db
        .insertInto('intents')
        .values(toRow(intent))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async findByReview(reviewRecordId) {
      const row = await db
        .selectFrom('intents')
        .selectAll()
        .where('review_record_id', '=', reviewRecordId)
        .where('state', '!=', 'failed')
        .executeTakeFirst()
      return row && toIntent(row)
    },
    async listOpen(limit) {
      const rows = await db
        .selectFrom('intents')
        .selectAll()
        .where('state', '=', 'open')
        .orderBy('created_at')
        .orderBy('code')
        .limit(limit)
        .execute()
      return rows.map(toIntent)
    },
    async close(code, state, reason) {
      const result = await db
        .updateTable('intents')
        .set({ state, reason: reason ?? null })
        .where('code', '=', code)
        .where('state', '=', 'open')
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
  }
}

function toRow(intent: Intent): IntentRow {
  return {
    code: intent.code,
    review_record_id: intent.reviewRecordId,
    list_id: intent.listId,
    list_index: intent.listIndex,
    document: intent.document,
    evidence_nonces: JSON.stringify(intent.evidenceNonces),
    proof_created: intent.proofCreated,
    verification_method: intent.verificationMethod,
    created_at: intent.createdAt,
    state: 'open',
    reason: null,
  }
}

function toIntent(row: IntentRow): Intent {
  return {
    code: row.code,
    reviewRecordId: row.review_record_id,
    listId: row.list_id,
    listIndex: row.list_index,
    document: row.document,
    evidenceNonces: JSON.parse(row.evidence_nonces) as readonly string[],
    proofCreated: row.proof_created,
    verificationMethod: row.verification_method,
    createdAt: row.created_at,
  }
}
