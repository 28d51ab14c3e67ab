/** Opens SQLite or PostgreSQL as one Database; the only place that looks at the URL. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely } from 'kysely'
import type { Database, Stores } from '../../application/ports/stores.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { createAuditLog } from './audit-log.js'
import { createBadgeStore } from './badge-store.js'
import { createCatalogueStore } from './catalogue-store.js'
import { createClaimLinkStore } from './claim-link-store.js'
import { createCorrectionStore } from './correction-store.js'
import { createEndorsementStore } from './endorsement-store.js'
import type { Engine, StorageLog } from './engine.js'
import { createErasureStore } from './erasure-store.js'
import { createIdentityStore } from './identity-store.js'
import { createIntentStore } from './intent-store.js'
import { createIssuerStore } from './issuer-store.js'
import { createKeyStore } from './key-store.js'
import { createKnownKeyStore } from './known-key-store.js'
import { createMailStore } from './mail-store.js'
import { MIGRATIONS, type Migration } from './migrations.js'
import { createPostgresEngine } from './postgres-engine.js'
import { createReleaseStore } from './release-store.js'
import { createReviewStopStore } from './review-stop-store.js'
import { createReviewStore } from './review-store.js'
import { assertMigrated, runMigrations } from './run-migrations.js'
import { createSessionStore, createSignInLinkStore } from './session-stores.js'
import { createSqliteEngine } from './sqlite-engine.js'
import { createStaffStore } from './staff-store.js'
import { createStatusListStore } from './status-list-store.js'
import type { Tables } from './tables.js'
import { createTokenStore } from './token-store.js'

const LOCK_WAIT_MS = 10_000
const CONFLICT_RETRIES = 5
const FIRST_PAUSE_MS = 10

export type DatabaseOptions = {
  /** `file:/path/to/imprimatur.db`, `postgres://…` or `postgresql://…`. */
  readonly url: string
  readonly log?: StorageLog
  /** How long a statement waits for a lock that others hold; 10 s unless told. */
  readonly lockWaitMs?: number
  /** Leaves the schema as it is, and refuses another than this release's. */
  readonly isMigrated?: true
  /** Another history than the release's own; for tests. */
  readonly migrations?: readonly Migration[]
}

/**
 * Opens the database, checks its durability settings and migrates it. Throws SETTING_INVALID for
 * another kind of URL and STORE_UNAVAILABLE when the database cannot be used.
 *
 * `stores` and `ping` take one connection per call. SQLite has one per process: while a transaction
 * is open they wait until it ends, so work inside a transaction uses only the stores it was given;
 * waiting there for `stores` or for another transaction would never end. PostgreSQL has ten.
 *
 * A transaction sees one snapshot. Its work may run again (PostgreSQL, up to five times more after a
 * conflict), so it does nothing outside its stores. When a statement in it fails, it never commits,
 * even if the work catches the error.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const engine = createEngine(options)
  const db = new Kysely<Tables>({ dialect: engine.dialect })
  try {
    await engine.checkSettings(db)
    const migrations = options.migrations ?? MIGRATIONS
    if (options.isMigrated === true) await assertMigrated(db, engine, migrations)
    else await runMigrations(db, engine, migrations)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return {
    stores: createStores(db, engine),
    transaction: (work) => runTransaction(db, engine, work),
    ping: async () => {
      await db.selectFrom('schema_migrations').select('id').limit(1).execute()
    },
    scrub: () => engine.scrub(db),
    close: () => db.destroy(),
  }
}

function createEngine({ url, log, lockWaitMs = LOCK_WAIT_MS }: DatabaseOptions): Engine {
  if (/^file:./.test(url)) return createSqliteEngine(url, lockWaitMs)
  if (/^postgres(ql)?:\/\//.test(url)) return createPostgresEngine(url, lockWaitMs, log)
  throw new IssuerError(
    'SETTING_INVALID',
    'The database URL must start with file: (SQLite) or postgres:// (PostgreSQL).',
  )
}

function createStores(db: Kysely<Tables>, { locksRows }: Engine): Stores {
  return {
    identity: createIdentityStore(db),
    issuers: createIssuerStore(db),
    keys: createKeyStore(db, locksRows),
    knownKeys: createKnownKeyStore(db),
    catalogue: createCatalogueStore(db),
    reviews: createReviewStore(db),
    reviewStops: createReviewStopStore(db),
    intents: createIntentStore(db),
    statusLists: createStatusListStore(db),
    badges: createBadgeStore(db),
    corrections: createCorrectionStore(db),
    endorsements: createEndorsementStore(db),
    tokens: createTokenStore(db),
    staff: createStaffStore(db, locksRows),
    signInLinks: createSignInLinkStore(db),
    claimLinks: createClaimLinkStore(db),
    erasures: createErasureStore(db),
    releases: createReleaseStore(db),
    sessions: createSessionStore(db),
    mails: createMailStore(db),
    audit: createAuditLog(db),
  }
}

async function runTransaction<T>(
  db: Kysely<Tables>,
  engine: Engine,
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      // One snapshot, first writer wins: nothing is overwritten unseen. SQLite is stricter anyway.
      return await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((transaction) => work(createStores(transaction, engine)))
    } catch (error) {
      if (!engine.isConflict(error)) throw error
      if (retries === CONFLICT_RETRIES) throw tooManyConflicts(error)
    }
    await sleep(Math.random() * FIRST_PAUSE_MS * 2 ** retries)
  }
}

function tooManyConflicts(cause: unknown): IssuerError {
  return new IssuerError(
    'STORE_UNAVAILABLE',
    'Too many changes to the same records at the same time; try again later.',
    { cause },
  )
}
