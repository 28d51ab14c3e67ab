/** Opens the database only: for commands that need no key. */
import { mkdirSync } from 'node:fs'
import { openDatabase } from '../adapters/storage/database.js'
import type { Database } from '../application/ports/stores.js'
import type { Settings } from '../config/settings.js'

/** @throws IssuerError STORE_UNAVAILABLE, SETTING_INVALID */
export async function openStore(settings: Settings): Promise<Database> {
  if (settings.databaseUrl.startsWith('file:'))
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
  return openDatabase({ url: settings.databaseUrl })
}
