/** Brings a database to this release's schema, or refuses a database that is not of this history. */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { IssuerError } from '../../domain/issuer-error.js'
import { toTimestamp } from '../../domain/timestamps.js'
import type { Engine } from './engine.js'
import type { Migration } from './migrations.js'
import type { MigrationRow, Tables } from './tables.js'

/**
 * Runs the migrations that are not recorded yet, all in one transaction under the engine's lock.
 * Throws STORE_UNAVAILABLE when the recorded history differs from `migrations` or is longer.
 */
export async function runMigrations(
  db: Kysely<Tables>,
  engine: Engine,
  migrations: readonly Migration[],
): Promise<void> {
  // Read committed: what another process migrated while we waited for the lock must be seen.
  await db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (transaction) => {
      await engine.lockMigrations(transaction)
      await createMigrationTable(transaction)
      const recorded = await listRecorded(transaction)
      checkHistory(recorded, migrations)
      for (const [offset, migration] of migrations.slice(recorded.length).entries()) {
        const position = recorded.length + offset
        await migration.up(transaction, engine.sequence)
        await record(transaction, migrations, position)
      }
    })
}

/**
 * Does nothing for a database that is at this release's schema; writes nothing in any case.
 * @throws STORE_UNAVAILABLE when it is at another
 */
export async function assertMigrated(
  db: Kysely<Tables>,
  engine: Engine,
  migrations: readonly Migration[],
): Promise<void> {
  // Another schema of the same server may have such a table, so nothing but asking tells.
  const recorded = await listRecorded(db).catch((error: unknown) => {
    if (engine.isMissingTable(error)) return []
    throw error
  })
  checkHistory(recorded, migrations)
  if (recorded.length === migrations.length) return
  throw new IssuerError(
    'STORE_UNAVAILABLE',
    'The database is not at the schema of this release; start the service once to bring it there.',
  )
}

/** SHA-256 (hex) of the ids up to and including `position`: it changes when any earlier one does. */
export function historyDigest(migrations: readonly Migration[], position: number): string {
  const ids = migrations.slice(0, position + 1).map((migration) => migration.id)
  return createHash('sha256').update(ids.join('\n')).digest('hex')
}

async function createMigrationTable(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('position', 'integer', (c) => c.primaryKey().notNull())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('applied_at', 'text', (c) => c.notNull())
    .execute()
}

function listRecorded(db: Kysely<Tables>): Promise<readonly MigrationRow[]> {
  return db.selectFrom('schema_migrations').selectAll().orderBy('position').execute()
}

function checkHistory(recorded: readonly MigrationRow[], migrations: readonly Migration[]): void {
  for (const [place, row] of recorded.entries()) {
    const known = migrations[place]
    if (known === undefined) {
      throw new IssuerError(
        'STORE_UNAVAILABLE',
        `The database belongs to a newer release (it has migration ${row.id}); start that release.`,
      )
    }
    if (row.position !== place || row.digest !== historyDigest(migrations, place)) {
      throw new IssuerError(
        'STORE_UNAVAILABLE',
        `The database has migration ${row.id} where this release has ${known.id}; start the release that made it.`,
      )
    }
  }
}

async function record(
  db: Kysely<Tables>,
  migrations: readonly Migration[],
  position: number,
): Promise<void> {
  await db
    .insertInto('schema_migrations')
    .values({
      position,
      id: migrations[position]?.id ?? '',
      digest: historyDigest(migrations, position),
      applied_at: toTimestamp(Date.now()),
    })
    .execute()
}
