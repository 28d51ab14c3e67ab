/** Achievement versions: added once, never changed. */
import type { Kysely } from 'kysely'
import type { CatalogueStore } from '../../application/ports/stores.js'
import type { Achievement, AchievementDefinition, Art } from '../../domain/achievement.js'
import type { AchievementRow, Tables } from './tables.js'

/** One order for names on both databases, whatever their collation. */
const collator = new Intl.Collator('en')

/** The CatalogueStore on `db`, a connection or a transaction. */
export function createCatalogueStore(db: Kysely<Tables>): CatalogueStore {
  const achievements = () => db.selectFrom('achievements').selectAll('achievements')
  return {
    async findLatest(slug) {
      const row = await achievements()
        .where('slug', '=', slug)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toAchievement(row)
    },
    async findVersion(slug, version) {
      const row = await achievements()
        .where('slug', '=', slug)
        .where('version', '=', version)
        .executeTakeFirst()
      return row && toAchievement(row)
    },
    async listLatest() {
      const rows = await achievements()
        .where('version', '=', ({ selectFrom }) =>
          selectFrom('achievements as other')
            .select(({ fn }) => fn.max('other.version').as('newest'))
            .whereRef('other.slug', '=', 'achievements.slug'),
        )
        .execute()
      return rows.map(toAchievement).sort(byName)
    },
    async addVersion(achievement, importedAt) {
      const result = await db
        .insertInto('achievements')
        .values(toRow(achievement, importedAt))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
  }
}

function byName(a: Achievement, b: Achievement): number {
  return collator.compare(a.name, b.name) || (a.slug < b.slug ? -1 : 1)
}

function toRow(achievement: Achievement, importedAt: string): AchievementRow {
  const { version, digest, art, ...definition } = achievement
  return {
    slug: achievement.slug,
    version,
    digest,
    definition: JSON.stringify(definition satisfies AchievementDefinition),
    art: art.content,
    art_type: art.mediaType,
    imported_at: importedAt,
  }
}

function toAchievement(row: AchievementRow): Achievement {
  const definition = JSON.parse(row.definition) as AchievementDefinition
  const art = { mediaType: row.art_type as Art['mediaType'], content: row.art }
  return { ...definition, version: row.version, digest: row.digest, art }
}
