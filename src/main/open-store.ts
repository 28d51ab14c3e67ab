/** Opens the database only: for commands that need no key. */
import { existsSync, mkdirSync } from 'node:fs'
import { openDatabase } from '../adapters/storage/database.js'
import type { Database } from '../application/ports/stores.js'
import type { Settings } from '../config/settings.js'
import { IssuerError } from '../domain/issuer-error.js'

/** @throws IssuerError STORE_UNAVAILABLE, SETTING_INVALID */
export async function openStore(settings: Settings): Promise<Database> {
  if (settings.databaseUrl.startsWith('file:'))
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
  return openDatabase({ url: settings.databaseUrl })
}

/**
 * Opens the database for one piece of work, and closes it however that ends.
 * @throws what `openStore` and the work throw
 */
export async function withStore<T>(
  settings: Settings,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openStore(settings)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/**
 * The database of this origin as it stands, for a command that only reads; undefined when there is none.
 * @throws IssuerError STORE_UNAVAILABLE, SETTING_INVALID
 */
export async function openStoreToRead(settings: Settings): Promise<Database | undefined> {
  const { databaseUrl: url, baseUrl } = settings
  if (url.startsWith('file:') && !existsSync(url.slice('file:'.length))) return undefined
  const database = await openDatabase({ url, isMigrated: true })
  const bound = await database.stores.identity.find('base-url')
  if (bound === undefined || bound === baseUrl) return database
  await database.close()
  throw new IssuerError(
    'SETTING_INVALID',
    `The badges in this database belong to ${bound}, and BASE_URL is ${baseUrl}; set BASE_URL back, or use another database.`,
  )
}
