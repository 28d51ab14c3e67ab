/** Ties a database to one origin and one key: a mistake in a setting must never reach a badge. */
import { IssuerError } from '../domain/issuer-error.js'
import type { Database } from './ports/stores.js'

/**
 * Records origin and signing key at the first use of a database and compares them ever after.
 * @throws SETTING_INVALID for another origin, KEY_UNAVAILABLE for another key
 */
export async function bindDatabase(
  database: Database,
  baseUrl: string,
  verificationMethod: string,
): Promise<void> {
  const bound = await database.transaction(async ({ identity }) => ({
    baseUrl: await identity.bind('base-url', baseUrl),
    verificationMethod: await identity.bind('verification-method', verificationMethod),
  }))
  if (bound.baseUrl !== baseUrl) {
    throw new IssuerError(
      'SETTING_INVALID',
      `The badges in this database belong to ${bound.baseUrl}, and BASE_URL is ${baseUrl}; set BASE_URL back, or use another database.`,
    )
  }
  if (bound.verificationMethod !== verificationMethod) {
    throw new IssuerError(
      'KEY_UNAVAILABLE',
      `The badges in this database are signed with the key ${bound.verificationMethod}, and the key in KEYS_DIR is ${verificationMethod}; put that key back, or use another database.`,
    )
  }
}
