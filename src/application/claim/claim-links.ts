/** Links with which an earner opens what is hers: each saves once, for a time, and is kept as a hash. */
import { IssuerError } from '../../domain/issuer-error.js'
import { parseTimestamp, toTimestamp } from '../../domain/timestamps.js'
import type { ClaimLink } from '../ports/claim-links.js'
import type { Clock, Hasher, IdSource } from '../ports/environment.js'
import type { BadgeRecord, Database, Stores } from '../ports/stores.js'
import { isSecret, makeSecret } from '../secrets.js'

export type ClaimParts = {
  readonly baseUrl: string
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly hasher: Hasher
}

const HOUR_MS = 3_600_000
/** How long a link works that was mailed or handed over, and one that follows on another that saved. */
const LINK_HOURS = { mailed: 60 * 24, next: 1 } as const
/** Links are remembered so long after their end, so that a late click is told why. */
const REMEMBERED_MS = 365 * 24 * HOUR_MS

/**
 * Makes a link, in the caller's transaction.
 * @returns its path and secret; it cannot be shown again
 */
export async function makeClaimLink(
  parts: ClaimParts,
  stores: Stores,
  code: string,
  kind: keyof typeof LINK_HOURS,
): Promise<string> {
  const now = parts.clock.now()
  const secret = makeSecret(parts)
  await stores.claimLinks.removeExpired(toTimestamp(now - REMEMBERED_MS))
  await stores.claimLinks.insert({
    tokenHash: secret.hash,
    code,
    expiresAt: toTimestamp(now + LINK_HOURS[kind] * HOUR_MS),
  })
  return `${parts.baseUrl}/claim/${secret.text}`
}

export type UsableLink = { readonly badge: BadgeRecord; readonly link: ClaimLink }

/**
 * The badge that a link opens, without using it.
 * @throws LINK_NOT_USABLE with the reason
 */
export async function openClaimLink(
  parts: ClaimParts,
  stores: Stores,
  token: string,
): Promise<UsableLink> {
  if (!isSecret(token))
    throw notUsable('This link is not whole. Copy all of it from the mail, to its last letter.')
  const link = await stores.claimLinks.find(parts.hasher.sha256Hex(token))
  const badge = link && (await stores.badges.find(link.code))
  if (link === undefined || badge === undefined)
    throw notUsable('This link is not known here. Ask for a new one on the page of your badge.')
  if (link.usedAt !== undefined) throw usedBefore()
  if ((parseTimestamp(link.expiresAt) ?? 0) <= parts.clock.now())
    throw notUsable('This link is too old. Ask for a new one on the page of your badge.')
  return { badge, link }
}

export function usedBefore(): IssuerError {
  return notUsable(
    'This link was used before, and each saves once. Ask for a new one on the page of your badge.',
  )
}

function notUsable(sentence: string): IssuerError {
  return new IssuerError('LINK_NOT_USABLE', sentence)
}
