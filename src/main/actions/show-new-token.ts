/** Makes a token and prints it, the only time that it is shown. */
import { systemClock, systemHasher, systemIds } from '../../adapters/system/environment.js'
import { getIssuer } from '../../application/signing-issuer.js'
import { createToken, type Scope } from '../../application/tokens.js'
import type { Settings } from '../../config/settings.js'
import { toDefaultIssuer } from '../default-issuer.js'
import { withStore } from '../open-store.js'
import { say, warn } from '../terminal.js'

export type NewToken = {
  readonly name: string
  readonly scope: readonly Scope[]
  readonly issuer: string
}

export async function showNewToken(
  settings: Settings,
  { name, scope, issuer }: NewToken,
): Promise<void> {
  await withStore(settings, async (database) => {
    await getIssuer({ defaultIssuer: toDefaultIssuer(settings) }, database.stores, issuer)
    const parts = { database, clock: systemClock, ids: systemIds, hasher: systemHasher }
    say(await createToken(parts, name, scope, issuer))
    warn('This token is shown once. Keep it like a password.')
  })
}
