/** Issuers beside the default one, whose profile stands in the settings. */
import type { Kysely } from 'kysely'
import type { IssuerStore } from '../../application/ports/stores.js'
import type { Issuer } from '../../domain/issuer.js'
import type { IssuerRow, Tables } from './tables.js'

/** The IssuerStore on `db`, a connection or a transaction. */
export function createIssuerStore(db: Kysely<Tables>): IssuerStore {
  return {
    async insert(issuer, createdAt) {
      const result = await db
        .insertInto('issuers')
        .values({
          slug: issuer.slug,
          name: issuer.name,
          url: issuer.url ?? null,
          description: issuer.description ?? null,
          email: issuer.email ?? null,
          created_at: createdAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async find(slug) {
      const row = await db
        .selectFrom('issuers')
        .selectAll()
        .where('slug', '=', slug)
        .executeTakeFirst()
      return row && toIssuer(row)
    },
    async list() {
      const rows = await db.selectFrom('issuers').selectAll().orderBy('slug').execute()
      return rows.map(toIssuer)
    },
  }
}

function toIssuer({ slug, name, url, description, email }: IssuerRow): Issuer {
  return {
    slug,
    name,
    ...(url === null ? {} : { url }),
    ...(description === null ? {} : { description }),
    ...(email === null ? {} : { email }),
  }
}
