/** Which keys of vouched-for issuers this service has seen, so that a domain in other hands is noticed. */
import { IssuerError } from '../domain/issuer-error.js'
import { toTimestamp } from '../domain/timestamps.js'
import type { Clock } from './ports/environment.js'
import type { Database } from './ports/stores.js'
import type { KeyMemory } from './ports/verifier.js'

/** A document that lists more is not remembered beyond these. */
const MAX_KEYS = 50

export type KnownKeysParts = { readonly database: Database; readonly clock: Clock }

/**
 * Compares what an issuer publishes now with what was seen before, and remembers what is new of it.
 * Keys that stand beside one that is known are its successors; keys without any known one are not
 * remembered, so that they stay *changed* until the operator has asked.
 * @param parts without a clock, nothing is remembered
 * @param keys names of the keys that it publishes, each the same for the same key
 */
export async function recallKeys(
  { database, clock }: Pick<KnownKeysParts, 'database'> & Partial<KnownKeysParts>,
  issuer: string,
  keys: readonly string[],
): Promise<KeyMemory> {
  const { knownKeys } = database.stores
  const published = keys.slice(0, MAX_KEYS)
  const known = await knownKeys.list(issuer)
  const first = known[0]
  if (first !== undefined && !known.some(({ key }) => published.includes(key)))
    return { kind: 'changed', since: first.seenAt }
  if (clock !== undefined) {
    const added = published.filter((key) => !known.some((one) => one.key === key))
    const room = Math.max(0, MAX_KEYS - known.length)
    await knownKeys.add(issuer, added.slice(0, room), toTimestamp(clock.now()))
  }
  return { kind: first === undefined ? 'first' : 'known' }
}

/**
 * Forgets an issuer's keys, after the operator made sure that the new ones are its own.
 * @throws REQUEST_INVALID when none are known
 */
export async function forgetKeys(
  { database, clock }: KnownKeysParts,
  issuer: string,
  actor: string,
): Promise<void> {
  const at = toTimestamp(clock.now())
  await database.transaction(async (stores) => {
    const count = await stores.knownKeys.forget(issuer)
    if (count === 0) {
      const sentence = `No keys of “${issuer.slice(0, 200)}” are known here; give its identifier as it stands in its badges.`
      throw new IssuerError('REQUEST_INVALID', sentence)
    }
    const detail = { keys: count }
    const subject = `issuer:${issuer}`
    await stores.audit.append({ at, actor, action: 'issuer.keys-forgotten', subject, detail })
  })
}
