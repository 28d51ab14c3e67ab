/** Makes a token and prints it, the only time that it is shown. */
import { systemClock, systemHasher, systemIds } from '../../adapters/system/environment.js'
import { createToken, type Scope } from '../../application/tokens.js'
import type { Settings } from '../../config/settings.js'
import { openStore } from '../open-store.js'
import { say, warn } from '../terminal.js'

export async function showNewToken(
  settings: Settings,
  name: string,
  scopes: readonly Scope[],
): Promise<void> {
  const database = await openStore(settings)
  try {
    const parts = { database, clock: systemClock, ids: systemIds, hasher: systemHasher }
    say(await createToken(parts, name, scopes))
    warn('This token is shown once. Keep it like a password.')
  } finally {
    await database.close()
  }
}
