/** A Kysely driver with our manners: exact text, patient locks, named failures, honest commits. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { DatabaseConnection, Driver } from 'kysely'
import { refuseUnstorableText } from './stored-text.js'

export interface Guard {
  /** How long a statement waits for a lock that `isBusy` reports, in milliseconds. */
  readonly lockWaitMs: number
  /** Whether the statement changed nothing because another connection holds the lock. */
  isBusy(error: unknown): boolean
  /** The error to throw for a failure of the database: an IssuerError, or the failure itself. */
  translate(error: unknown): unknown
}

/**
 * Wraps `inner`. Statements with unstorable text are refused; busy ones are repeated until
 * `lockWaitMs` has passed, without blocking the process; failures are translated. A transaction in
 * which a statement failed never commits: PostgreSQL would answer COMMIT with a silent rollback, so
 * on both databases committing throws that first failure instead.
 */
export function guardDriver(inner: Driver, guard: Guard): Driver {
  const guarded = new WeakSet<DatabaseConnection>()
  const failures = new WeakMap<DatabaseConnection, unknown>()

  return {
    init: () => inner.init(),
    async acquireConnection() {
      const connection = await inner.acquireConnection().catch((error: unknown) => {
        throw guard.translate(error)
      })
      if (!guarded.has(connection)) {
        guardConnection(connection, guard, failures)
        guarded.add(connection)
      }
      return connection
    },
    async beginTransaction(connection, settings) {
      failures.delete(connection)
      await inner.beginTransaction(connection, settings)
    },
    async commitTransaction(connection) {
      if (failures.has(connection)) throw failures.get(connection)
      await inner.commitTransaction(connection)
    },
    rollbackTransaction: (connection) => inner.rollbackTransaction(connection),
    releaseConnection: (connection) => inner.releaseConnection(connection),
    destroy: () => inner.destroy(),
  }
}

/** Replaces `executeQuery` in place: drivers keep private state on their own connection objects. */
function guardConnection(
  connection: DatabaseConnection,
  guard: Guard,
  failures: WeakMap<DatabaseConnection, unknown>,
): void {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async (query) => {
    try {
      refuseUnstorableText(query.parameters)
      return await repeatWhileBusy(() => execute(query), guard)
    } catch (error) {
      const failure = guard.translate(error)
      if (!failures.has(connection)) failures.set(connection, failure)
      throw failure
    }
  }
}

async function repeatWhileBusy<T>(run: () => Promise<T>, guard: Guard): Promise<T> {
  const deadline = performance.now() + guard.lockWaitMs
  for (;;) {
    try {
      // `async` also catches drivers that throw before they return their promise.
      return await (async () => run())()
    } catch (error) {
      if (!guard.isBusy(error) || performance.now() >= deadline) throw error
    }
    await sleep(1 + Math.random() * 4)
  }
}
