/** Takes key files into a database that knows no keys yet: a first start, or one from an older release. */
import { IssuerError } from '../domain/issuer-error.js'
import { type KeyParts, recordInside } from './manage-keys.js'
import type { KeyRing } from './ports/proofs.js'
import type { Stores } from './ports/stores.js'

/**
 * Records every key file when the database has no key at all; else it changes nothing. Of several keys
 * for one purpose nobody knows which one signs, so then it refuses.
 * @throws KEY_UNAVAILABLE
 */
export async function adoptKeys(parts: KeyParts, keyRing: KeyRing): Promise<void> {
  if ((await parts.database.stores.keys.list()).length > 0) return
  const files = keyRing.list()
  assertUnambiguous(files)
  const found = await Promise.all(files.map(({ keyId }) => keyRing.read(keyId)))
  const embeddedFirst = found.sort(
    (a, b) => Number(b.algorithm === 'Ed25519') - Number(a.algorithm === 'Ed25519'),
  )
  await parts.database.transaction(async (stores) => {
    if ((await stores.keys.list()).length > 0) return
    for (const key of embeddedFirst) await recordInside(parts, stores, key, 'system')
    await assertSameAsBefore(stores)
  })
}

function assertUnambiguous(files: ReturnType<KeyRing['list']>): void {
  const ids = files.map(({ keyId }) => keyId)
  const shared = ids.find((id, index) => ids.indexOf(id) !== index)
  if (shared !== undefined) {
    throw new IssuerError(
      'KEY_UNAVAILABLE',
      `Two files in KEYS_DIR hold the key ${shared}; a key belongs to one issuer, so leave one of them there.`,
    )
  }
  const purposes = files.map(({ issuer, algorithm }) => `${issuer} ${algorithm}`)
  const twice = purposes.find((purpose, index) => purposes.indexOf(purpose) !== index)
  if (twice === undefined) return
  const [issuer, algorithm] = twice.split(' ')
  throw new IssuerError(
    'KEY_UNAVAILABLE',
    `KEYS_DIR holds several ${algorithm} keys of the issuer “${issuer}”, and this new database does not know which one signs; leave one of them there for the first start.`,
  )
}

/** A database of the first release remembers the one key it was used with. */
async function assertSameAsBefore(stores: Stores): Promise<void> {
  const before = await stores.identity.find('verification-method')
  if (before === undefined || (await stores.keys.findByMethod(before)) !== undefined) return
  throw new IssuerError(
    'KEY_UNAVAILABLE',
    `The badges in this database are signed with the key ${before}, and that key is not in KEYS_DIR; put it back, or use another database.`,
  )
}
