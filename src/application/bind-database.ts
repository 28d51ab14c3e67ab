/** Ties a database to one origin: a mistake in a setting must never reach a badge. */
import { IssuerError } from '../domain/issuer-error.js'
import type { Database } from './ports/stores.js'

/**
 * Records the origin at the first use of a database and compares it ever after.
 * @throws SETTING_INVALID for another origin
 */
export async function bindDatabase(database: Database, baseUrl: string): Promise<void> {
  const bound = await database.transaction(({ identity }) => identity.bind('base-url', baseUrl))
  if (bound === baseUrl) return
  throw new IssuerError(
    'SETTING_INVALID',
    `The badges in this database belong to ${bound}, and BASE_URL is ${baseUrl}; set BASE_URL back, or use another database.`,
  )
}
