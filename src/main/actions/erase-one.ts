/** Erases one badge at the terminal. */
import { systemClock, systemHasher } from '../../adapters/system/environment.js'
import { OPERATOR } from '../../application/actor.js'
import { bindDatabase } from '../../application/bind-database.js'
import { eraseBadge } from '../../application/erase-badge.js'
import type { Settings } from '../../config/settings.js'
import { parseBadgeCode } from '../../domain/badge-code.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { withStore } from '../open-store.js'
import { say } from '../terminal.js'

/** Prints each badge that was erased, and what is left to do elsewhere. */
export async function eraseOne(settings: Settings, asked: string): Promise<void> {
  const code = parseBadgeCode(asked)
  if (code === undefined) throw new IssuerError('NOT_FOUND', `“${asked}” is no code of a badge.`)
  const { baseUrl } = settings
  const codes = await withStore(settings, async (database) => {
    await bindDatabase(database, baseUrl)
    const parts = { baseUrl, database, clock: systemClock, hasher: systemHasher }
    return eraseBadge(parts, OPERATOR.name, code)
  })
  for (const erased of codes) say(`erased ${erased}`)
  say('Backups made before now still hold it: see “Erasing” in docs/operations.md.')
}
