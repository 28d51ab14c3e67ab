/** Links of earners; of each token only a hash is kept. */
import type { Kysely } from 'kysely'
import type { ClaimLinkStore } from '../../application/ports/claim-links.js'
import type { Tables } from './tables.js'

/** The ClaimLinkStore on `db`, a connection or a transaction. */
export function createClaimLinkStore(db: Kysely<Tables>): ClaimLinkStore {
  return {
    async insert({ tokenHash, code, expiresAt }) {
      const values = { token_hash: tokenHash, code, expires_at: expiresAt, used_at: null }
      await db.insertInto('claim_links').values(values).execute()
    },
    async find(tokenHash) {
      const query = db.selectFrom('claim_links').selectAll().where('token_hash', '=', tokenHash)
      const row = await query.executeTakeFirst()
      if (row === undefined) return undefined
      const used = row.used_at === null ? {} : { usedAt: row.used_at }
      return { tokenHash, code: row.code, expiresAt: row.expires_at, ...used }
    },
    async use(tokenHash, usedAt) {
      const unused = db.updateTable('claim_links').where('used_at', 'is', null)
      const result = await unused
        .set({ used_at: usedAt })
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    async removeOf(code) {
      await db.deleteFrom('claim_links').where('code', '=', code).execute()
    },
    async removeExpired(before) {
      await db.deleteFrom('claim_links').where('expires_at', '<', before).execute()
    },
  }
}
