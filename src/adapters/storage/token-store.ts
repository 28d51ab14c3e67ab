/** API tokens, by their public part; of the secret only a hash is kept. */
import type { Kysely } from 'kysely'
import type { TokenStore } from '../../application/ports/stores.js'
import type { Tables } from './tables.js'

/** The TokenStore on `db`. `insert` throws the database's own error when the id is taken. */
export function createTokenStore(db: Kysely<Tables>): TokenStore {
  return {
    async insert(token) {
      await db
        .insertInto('tokens')
        .values({
          token_id: token.tokenId,
          name: token.name,
          scopes: JSON.stringify(token.scopes),
          issuer: token.issuer,
          secret_hash: token.secretHash,
          created_at: token.createdAt,
        })
        .execute()
    },
    async find(tokenId) {
      const row = await db
        .selectFrom('tokens')
        .selectAll()
        .where('token_id', '=', tokenId)
        .executeTakeFirst()
      return (
        row && {
          tokenId: row.token_id,
          name: row.name,
          scopes: JSON.parse(row.scopes) as readonly string[],
          issuer: row.issuer,
          secretHash: row.secret_hash,
          createdAt: row.created_at,
        }
      )
    },
  }
}
