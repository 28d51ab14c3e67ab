/** PostgreSQL through pg: a bounded pool, durable commits, every wait with an end. */
import {
  type Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import { DatabaseError, Pool, type PoolClient } from 'pg'
import { IssuerError } from '../../domain/issuer-error.js'
import type { Engine, StorageLog } from './engine.js'
import { guardDriver } from './guarded-driver.js'
import type { Tables } from './tables.js'

const POOL_SIZE = 10
const CONNECT_TIMEOUT_MS = 10_000
const STATEMENT_TIMEOUT_MS = 30_000
/** Later than the server's own limit: ends waiting on a server that has gone silent. */
const SILENCE_TIMEOUT_MS = 35_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000

/** SQLSTATE. */
const UNDEFINED_TABLE = '42P01'

/** Serialisation failure and deadlock: the transaction was rolled back and may be run again. */
const CONFLICTS: readonly string[] = ['40001', '40P01']

/**
 * SQLSTATE classes and codes that mean “not now”: connection (08), authorisation (28), no such
 * database (3D), resources (53), operator (57), system (58), lock or idle timeout.
 */
const UNAVAILABLE = /^(08|28|3D|53|57|58|55P03$|25P03$)/

/**
 * The engine for `postgres://` and `postgresql://`. Connects lazily. `lockWaitMs` is how long a
 * statement waits for a lock before STORE_UNAVAILABLE; `log` hears of idle connections that break.
 */
export function createPostgresEngine(url: string, lockWaitMs: number, log?: StorageLog): Engine {
  const guard = { lockWaitMs: 0, isBusy: () => false, translate }
  return {
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () =>
        guardDriver(
          new PostgresDriver({ pool: async () => openPool(url, lockWaitMs, log) }),
          guard,
        ),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    sequence: (column) => column.primaryKey().generatedAlwaysAsIdentity(),
    checkSettings,
    scrub,
    lockMigrations,
    locksRows: true,
    isMissingTable: (error) => error instanceof DatabaseError && error.code === UNDEFINED_TABLE,
    isConflict: (error) => error instanceof DatabaseError && CONFLICTS.includes(error.code ?? ''),
  }
}

/** Rows that nobody can see any more stay in the files until then. */
async function scrub(db: Kysely<Tables>): Promise<void> {
  for (const table of ERASED_FROM) await sql`vacuum ${sql.table(table)}`.execute(db)
}

const ERASED_FROM: readonly (keyof Tables)[] = [
  'badges',
  'claim_links',
  'corrections',
  'endorsements',
  'intents',
  'mails',
  'review_stops',
  'reviews',
  'status_entries',
]

function openPool(url: string, lockWaitMs: number, log?: StorageLog): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'imprimatur',
    max: POOL_SIZE,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: SILENCE_TIMEOUT_MS,
    lock_timeout: lockWaitMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  })
  pool.on('error', (error) => log?.warn({ err: error }, 'an idle database connection broke'))
  return {
    connect: async () => discardWhenBroken(await pool.connect()),
    end: () => pool.end(),
  }
}

/** A client that is closed, not pooled again, after a failure that the server did not report itself. */
function discardWhenBroken(client: PoolClient): PostgresPoolClient {
  let broken = false
  // The pool listens only to idle clients, and an error nobody listens to would end the process.
  const onError = () => {
    broken = true
  }
  client.on('error', onError)
  const query = async (text: string, parameters: readonly unknown[]) => {
    try {
      return await client.query(text, [...parameters])
    } catch (error) {
      broken ||= !(error instanceof DatabaseError)
      throw error
    }
  }
  return {
    // Kysely's type has a second overload, for cursors; none are configured here.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => {
      client.off('error', onError)
      client.release(broken)
    },
  }
}

async function checkSettings(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ commit: string; encoding: string }>`select
    current_setting('synchronous_commit') as commit,
    current_setting('server_encoding') as encoding`.execute(db)
  const { commit, encoding } = rows[0] ?? { commit: 'unknown', encoding: 'unknown' }
  // remote_apply waits for more than on does.
  if (commit !== 'on' && commit !== 'remote_apply') {
    throw new IssuerError(
      'STORE_UNAVAILABLE',
      `PostgreSQL runs with synchronous_commit=${commit}, which can lose badges; set it to on.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new IssuerError(
      'STORE_UNAVAILABLE',
      `The database is encoded in ${encoding}; create it with encoding UTF8.`,
    )
  }
}

/** One lock per schema, so that services which share a database do not wait for each other. */
async function lockMigrations(db: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(
    hashtext('imprimatur migrations'), hashtext(current_schema()))`.execute(db)
}

/** Anything pg throws that is no answer of the server is a connection that failed. */
function translate(error: unknown): unknown {
  if (error instanceof IssuerError || !(error instanceof Error)) return error
  if (error instanceof DatabaseError && !UNAVAILABLE.test(error.code ?? '')) return error
  return new IssuerError(
    'STORE_UNAVAILABLE',
    'The database does not answer or refuses the connection; try again later.',
    { cause: error },
  )
}
