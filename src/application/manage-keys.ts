/** The life of keys in the database: recorded, activated, retired, given up. */
import { issuerPath } from '../domain/issuer.js'
import { IssuerError } from '../domain/issuer-error.js'
import {
  changeKey,
  type KeyChange,
  type NewKey,
  type SigningKey,
  toSigningKey,
} from '../domain/signing-key.js'
import { toTimestamp } from '../domain/timestamps.js'
import { issuerDid } from '../domain/verification-method.js'
import type { Clock } from './ports/environment.js'
import type { Database, Stores } from './ports/stores.js'

export type KeyParts = {
  readonly baseUrl: string
  readonly database: Database
  readonly clock: Clock
}

/**
 * Records a new key. The first of its issuer and algorithm signs at once; any other waits to be
 * activated, published meanwhile.
 * @throws KEY_EXISTS when the key is recorded already, for whatever issuer: two never share one
 */
export async function recordKey(parts: KeyParts, key: NewKey, actor: string): Promise<SigningKey> {
  return parts.database.transaction((stores) => recordInside(parts, stores, key, actor))
}

/** The same, in the caller's transaction. */
export async function recordInside(
  parts: KeyParts,
  stores: Stores,
  key: NewKey,
  actor: string,
): Promise<SigningKey> {
  const at = toTimestamp(parts.clock.now())
  const isFirst = (await stores.keys.findActive(key.issuer, key.algorithm)) === undefined
  const did = await didOf(parts, stores, key)
  const record = toSigningKey(key, parts.baseUrl, did, isFirst ? at : undefined)
  if (!(await stores.keys.insert(record)))
    throw new IssuerError('KEY_EXISTS', `The key ${key.keyId} is recorded already.`)
  await audit(stores, record, at, actor, 'key.recorded')
  return record
}

/** On http an issuer is the `did:key` of its Ed25519 key, and its other keys go with that. */
async function didOf({ baseUrl }: KeyParts, stores: Stores, key: NewKey): Promise<string> {
  const signing =
    key.algorithm === 'Ed25519' ? key : await stores.keys.findActive(key.issuer, 'Ed25519')
  const multibase = signing?.publicKeyMultibase ?? ''
  return issuerDid(baseUrl, multibase, issuerPath(key.issuer))
}

/**
 * Finds a key by its id or the beginning of it.
 * @throws NOT_FOUND when there is none, or more than one
 */
export async function findKey(stores: Stores, prefix: string): Promise<SigningKey> {
  const found = (await stores.keys.list()).filter((key) => key.keyId.startsWith(prefix))
  const [key] = found
  if (key !== undefined && found.length === 1) return key
  const why = found.length === 0 ? 'No key begins' : `${found.length} keys begin`
  throw new IssuerError('NOT_FOUND', `${why} with “${prefix}”; see: imprimatur keys list`)
}

/**
 * Changes the state of a key. Activating one retires the one that was active, in one step; processes
 * that serve see it with their next badge.
 * @throws NOT_FOUND, KEY_STATE_CONFLICT
 */
export async function changeKeyState(
  parts: KeyParts,
  prefix: string,
  change: KeyChange,
  actor: string,
): Promise<SigningKey> {
  return parts.database.transaction(async (stores) => {
    const key = await findKey(stores, prefix)
    await stores.keys.takeActive(key.issuer, key.algorithm)
    // Not before: while this waited for its turn, the key that retires was signing on.
    const at = toTimestamp(parts.clock.now())
    const changed = changeKey(key, change, at)
    if (change.kind === 'activate') await retireActive(stores, key, at, actor)
    if (change.kind === 'retire') assertNotTheLast(key)
    await move(stores, key, changed, at, actor)
    return changed
  })
}

async function retireActive(
  stores: Stores,
  { issuer, algorithm }: SigningKey,
  at: string,
  actor: string,
): Promise<void> {
  const active = await stores.keys.findActive(issuer, algorithm)
  if (active === undefined) return
  await move(stores, active, changeKey(active, { kind: 'retire' }, at), at, actor)
}

/** Without it no badge and no status list could be signed. */
function assertNotTheLast(key: SigningKey): void {
  if (key.state !== 'active' || key.algorithm !== 'Ed25519') return
  throw new IssuerError(
    'KEY_STATE_CONFLICT',
    `The key ${key.keyId} signs badges and status lists; activate its successor instead, which retires it.`,
  )
}

async function move(
  stores: Stores,
  from: SigningKey,
  to: SigningKey,
  at: string,
  actor: string,
): Promise<void> {
  if (!(await stores.keys.move(from.state, to)))
    throw new IssuerError('KEY_STATE_CONFLICT', 'The key was changed at the same time; look again.')
  await audit(stores, to, at, actor, `key.${to.state}`)
}

async function audit(
  stores: Stores,
  key: SigningKey,
  at: string,
  actor: string,
  action: string,
): Promise<void> {
  const { issuer, algorithm, state, compromisedSince: since } = key
  await stores.audit.append({
    at,
    actor,
    action,
    subject: `key:${key.keyId}`,
    detail: { issuer, algorithm, state, ...(since === undefined ? {} : { since }) },
  })
}
