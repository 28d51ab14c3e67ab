/** Adds an issuer beside the default one. */
import { DEFAULT_ISSUER, type Issuer, isIssuerSlug } from '../domain/issuer.js'
import { IssuerError } from '../domain/issuer-error.js'
import { toTimestamp } from '../domain/timestamps.js'
import type { Clock } from './ports/environment.js'
import type { Database } from './ports/stores.js'

/**
 * @param issuer its profile, already checked
 * @throws REQUEST_INVALID for a slug that is none, ISSUER_EXISTS
 */
export async function addIssuer(
  parts: { readonly database: Database; readonly clock: Clock },
  issuer: Issuer,
  actor: string,
): Promise<void> {
  if (!isIssuerSlug(issuer.slug)) {
    const sentence = `“${issuer.slug}” cannot be the name of an issuer; use small letters, digits and hyphens.`
    throw new IssuerError('REQUEST_INVALID', sentence)
  }
  const at = toTimestamp(parts.clock.now())
  await parts.database.transaction(async (stores) => {
    const isTaken = issuer.slug === DEFAULT_ISSUER || !(await stores.issuers.insert(issuer, at))
    if (isTaken)
      throw new IssuerError('ISSUER_EXISTS', `There is an issuer “${issuer.slug}” already.`)
    const subject = `issuer:${issuer.slug}`
    await stores.audit.append({ at, actor, action: 'issuer.added', subject, detail: {} })
  })
}
