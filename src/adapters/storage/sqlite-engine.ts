/** SQLite through libsql: one file, one connection per process, write-ahead log. */
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import { IssuerError } from '../../domain/issuer-error.js'
import type { Engine } from './engine.js'
import { guardDriver } from './guarded-driver.js'
import { openSqliteFile, type SqliteFile } from './sqlite-file.js'
import type { Tables } from './tables.js'

/**
 * Every pragma we rely on, with the value it must read back. `busy_timeout` is 0 because the
 * library waits synchronously, which would stop the whole process; guardDriver waits instead.
 */
const PRAGMAS = [
  { name: 'busy_timeout', set: '0', holds: '0' },
  { name: 'journal_mode', set: 'wal', holds: 'wal' },
  { name: 'synchronous', set: 'full', holds: '2' },
  { name: 'foreign_keys', set: 'on', holds: '1' },
  // What is deleted is overwritten: somebody may have asked to be forgotten.
  { name: 'secure_delete', set: 'on', holds: '1' },
] as const

/** Others may be reading from the log. */
const SCRUB_TRIES = 50
const SCRUB_PAUSE_MS = 100
const SCRUB_LATE =
  'It was deleted, but the log of the database (the file ending in -wal) is in use and may hold it still; restart the service to empty it.'

const UNAVAILABLE = /^SQLITE_(BUSY|IOERR|FULL|READONLY|CANTOPEN|CORRUPT|NOTADB|PROTOCOL)/

/**
 * The engine for `file:/path` and `file:///path`; the parent folder must exist. `lockWaitMs` is how
 * long a statement waits for another connection's lock before STORE_UNAVAILABLE.
 */
export function createSqliteEngine(url: string, lockWaitMs: number): Engine {
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
  const guard = { lockWaitMs, isBusy, translate }
  return {
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => guardDriver(new ImmediateSqliteDriver(() => openSqliteFile(path)), guard),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    sequence: (column) => column.primaryKey().autoIncrement(),
    checkSettings,
    scrub,
    lockMigrations: async () => {}, // BEGIN IMMEDIATE already lets in one writer at a time
    locksRows: false,
    isConflict: () => false,
    isMissingTable: (error) => error instanceof Error && /^no such table/.test(error.message),
  }
}

/** Takes the write lock when a transaction begins, so that no statement within it can be too late. */
class ImmediateSqliteDriver extends SqliteDriver {
  #file: SqliteFile | undefined

  constructor(open: () => SqliteFile) {
    super({
      database: async () => {
        this.#file = open()
        return this.#file
      },
    })
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A full disk and the like end a transaction by themselves; then there is nothing to roll back. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file?.isInTransaction() === true) await super.rollbackTransaction(connection)
  }

  /** Waits for the transaction that is open; whoever still waits after that is told it is closed. */
  override async destroy(): Promise<void> {
    await this.acquireConnection()
    await super.destroy()
    await this.releaseConnection()
  }
}

async function checkSettings(db: Kysely<Tables>): Promise<void> {
  for (const { name, set, holds } of PRAGMAS) {
    await sql`pragma ${sql.raw(name)} = ${sql.raw(set)}`.execute(db)
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)
    const found = String(Object.values(rows[0] ?? {})[0])
    if (found !== holds) {
      throw new IssuerError(
        'STORE_UNAVAILABLE',
        `SQLite does not hold ${name}=${set} for this file (it says ${found}); keep the database on a local disk.`,
      )
    }
  }
}

/** The log still holds what was deleted; empties it into the file, where it is overwritten. */
async function scrub(db: Kysely<Tables>): Promise<void> {
  for (let left = SCRUB_TRIES; ; left -= 1) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db)
    if (rows[0]?.busy === 0) return
    if (left === 0) throw new IssuerError('STORE_UNAVAILABLE', SCRUB_LATE)
    await sleep(SCRUB_PAUSE_MS)
  }
}

function isBusy(error: unknown): boolean {
  return readCode(error).startsWith('SQLITE_BUSY')
}

function translate(error: unknown): unknown {
  if (!UNAVAILABLE.test(readCode(error))) return error
  const message = isBusy(error)
    ? 'The database is locked by another process for too long; try again later.'
    : 'The database file cannot be read or written; check the disk.'
  return new IssuerError('STORE_UNAVAILABLE', message, { cause: error })
}

function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
