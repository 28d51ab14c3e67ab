/** Adds and shows issuers. */
import { systemClock } from '../../adapters/system/environment.js'
import { addIssuer as add } from '../../application/add-issuer.js'
import { forgetKeys } from '../../application/known-keys.js'
import { readIssuerProfile, readSettings } from '../../config/settings.js'
import { toDefaultIssuer } from '../default-issuer.js'
import { withStore } from '../open-store.js'
import { say } from '../terminal.js'

export type IssuerOptions = {
  readonly name: string
  readonly url?: string
  readonly description?: string
  readonly email?: string
}

export async function addIssuer(slug: string, options: IssuerOptions): Promise<void> {
  const issuer = { slug, ...readIssuerProfile(options) }
  await withStore(readSettings(), async (database) => {
    await add({ database, clock: systemClock }, issuer, 'cli')
    say(`Added the issuer ${slug}. Make its keys with: imprimatur keys create --issuer ${slug}`)
  })
}

export async function showIssuers(): Promise<void> {
  const settings = readSettings()
  const issuers = [toDefaultIssuer(settings)]
  await withStore(settings, async (database) => {
    for (const { slug, name } of [...issuers, ...(await database.stores.issuers.list())]) {
      const active = await database.stores.keys.findActive(slug, 'Ed25519')
      say(`${slug}  ${name}  ${active?.controller ?? 'has no active key'}`)
    }
  })
}

export async function forgetIssuerKeys(issuer: string): Promise<void> {
  await withStore(readSettings(), async (database) => {
    await forgetKeys({ database, clock: systemClock }, issuer, 'cli')
    say(`Forgot the keys of ${issuer}; those that it publishes at the next check are remembered.`)
  })
}
