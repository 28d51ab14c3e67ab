/** What differs between the databases, in one type: nothing else in this folder knows which one runs. */
import type { ColumnDefinitionBuilder, Dialect, Kysely } from 'kysely'
import type { Tables } from './tables.js'

/** Turns an integer column into a primary key that counts upwards by itself. */
export type SequenceColumn = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder

export interface Engine {
  readonly dialect: Dialect
  readonly sequence: SequenceColumn
  /** Sets what must be set, reads it back; throws STORE_UNAVAILABLE when durability does not hold. */
  checkSettings(db: Kysely<Tables>): Promise<void>
  /** Takes from the files what was deleted, as far as the database lets us. */
  scrub(db: Kysely<Tables>): Promise<void>
  /** Lets one process at a time migrate; held until the transaction `db` ends. */
  lockMigrations(db: Kysely<Tables>): Promise<void>
  /** Whether a row must be locked to stay as it is while a transaction lasts; SQLite has one writer. */
  readonly locksRows: boolean
  /** Whether a transaction lost against another one and may simply be run again. */
  isConflict(error: unknown): boolean
  /** Whether a statement named a table that is not there. */
  isMissingTable(error: unknown): boolean
}

/** Where the adapter reports what it survives; a pino logger fits. */
export interface StorageLog {
  warn(detail: object, message: string): void
}
