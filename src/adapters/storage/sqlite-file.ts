/** One libsql connection to a file, so that only taking the write lock can ever find it taken. */
import { closeSync, openSync } from 'node:fs'
import type { SqliteDatabase } from 'kysely'
import Libsql from 'libsql'
import { IssuerError } from '../../domain/issuer-error.js'

export interface SqliteFile extends SqliteDatabase {
  isInTransaction(): boolean
}

/** Statements that libsql runs whole and then finalises, whatever comes of them. */
const WHOLE = /^(begin immediate|commit|rollback|pragma \w+ = \w+)$/

/**
 * Opens `path`; a new file is readable by its owner only, because it holds names and addresses.
 * Throws STORE_UNAVAILABLE when it cannot be opened.
 *
 * A prepared statement that meets a lock stays in progress in libsql until it is collected as
 * garbage (libsql-client-ts issue 352), and every later COMMIT on the connection fails. So no
 * prepared statement may meet one: a write outside a transaction gets a transaction of its own, and
 * its BEGIN IMMEDIATE, which is not prepared, is what reports SQLITE_BUSY.
 */
export function openSqliteFile(path: string): SqliteFile {
  const file = openLibsql(path)
  return {
    close: () => {
      file.close()
    },
    isInTransaction: () => file.inTransaction,
    prepare: (sql) => {
      if (WHOLE.test(sql)) return prepareWhole(file, sql)
      const statement = file.prepare(sql)
      return {
        reader: statement.reader,
        all: (parameters) => statement.all(parameters),
        iterate: (parameters) => statement.iterate(parameters),
        run: (parameters) => holdingLock(file, () => statement.run(parameters)),
      }
    },
  }
}

function openLibsql(path: string): Libsql.Database {
  try {
    createPrivately(path)
    return new Libsql(path)
  } catch (cause) {
    throw new IssuerError(
      'STORE_UNAVAILABLE',
      `The database file ${path} cannot be opened; check that its folder exists and is writable.`,
      { cause },
    )
  }
}

/** Never opens a file that exists: closing it again would drop SQLite's locks on it (POSIX). */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function prepareWhole(file: Libsql.Database, sql: string): ReturnType<SqliteFile['prepare']> {
  const run = () => {
    file.exec(sql)
    return { changes: 0, lastInsertRowid: 0 }
  }
  return { reader: false, run, all: () => [], iterate: () => [].values() }
}

function holdingLock<T>(file: Libsql.Database, write: () => T): T {
  if (file.inTransaction) return write()
  file.exec('begin immediate')
  try {
    const result = write()
    file.exec('commit')
    return result
  } catch (error) {
    if (file.inTransaction) file.exec('rollback')
    throw error
  }
}
