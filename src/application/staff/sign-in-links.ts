/** Links that staff sign in with: each works once, for a short time, and is kept as a hash. */
import { IssuerError } from '../../domain/issuer-error.js'
import type { StaffMember } from '../../domain/staff.js'
import { parseTimestamp, toTimestamp } from '../../domain/timestamps.js'
import type { SignInLink } from '../ports/staff-stores.js'
import type { Stores } from '../ports/stores.js'
import { isSecret, makeSecret } from '../secrets.js'
import { openSession } from './sessions.js'
import type { StaffParts } from './staff-parts.js'

const MINUTE_MS = 60_000
/** How long a link works that was asked for, and one that invites. */
export const LINK_MINUTES = { 'sign-in': 15, invitation: 72 * 60 } as const
/** Links are remembered so long after their end, so that a late click is told why. */
const REMEMBERED_MS = 30 * 24 * 60 * MINUTE_MS

/**
 * Makes a link, in the caller's transaction.
 * @returns its address; it cannot be shown again
 */
export async function makeSignInLink(
  parts: StaffParts,
  stores: Stores,
  member: StaffMember,
  kind: keyof typeof LINK_MINUTES,
): Promise<string> {
  const now = parts.clock.now()
  const secret = makeSecret(parts)
  await stores.signInLinks.removeExpired(toTimestamp(now - REMEMBERED_MS))
  await stores.signInLinks.insert({
    tokenHash: secret.hash,
    staffId: member.staffId,
    expiresAt: toTimestamp(now + LINK_MINUTES[kind] * MINUTE_MS),
  })
  return `${parts.baseUrl}/staff/sign-in/${secret.text}`
}

/**
 * Whose link this is, without using it.
 * @throws LINK_NOT_USABLE with the reason
 */
export async function readSignInLink(parts: StaffParts, token: string): Promise<StaffMember> {
  return (await getUsable(parts, parts.database.stores, token)).member
}

/**
 * Uses the link and opens a session, in one transaction.
 * @returns the member and the session's secret, for the cookie
 * @throws LINK_NOT_USABLE with the reason
 */
export async function useSignInLink(
  parts: StaffParts,
  token: string,
): Promise<{ readonly member: StaffMember; readonly secret: string }> {
  return parts.database.transaction(async (stores) => {
    const { member, link } = await getUsable(parts, stores, token)
    const at = toTimestamp(parts.clock.now())
    if (!(await stores.signInLinks.use(link.tokenHash, at))) throw used()
    await stores.audit.append({
      at,
      actor: `staff:${member.staffId}`,
      action: 'staff.signed-in',
      subject: `staff:${member.staffId}`,
      detail: {},
    })
    return { member, secret: await openSession(parts, stores, member) }
  })
}

type UsableLink = { readonly member: StaffMember; readonly link: SignInLink }

async function getUsable(parts: StaffParts, stores: Stores, token: string): Promise<UsableLink> {
  if (!isSecret(token))
    throw notUsable('This link is not whole. Copy all of it from the mail, to its last letter.')
  const link = await stores.signInLinks.find(parts.hasher.sha256Hex(token))
  const member = link && (await stores.staff.find(link.staffId))
  if (link === undefined || member === undefined || member.endedAt !== undefined)
    throw notUsable('This link is not known here. Ask for a new one.')
  if (link.usedAt !== undefined) throw used()
  if ((parseTimestamp(link.expiresAt) ?? 0) <= parts.clock.now())
    throw notUsable('This link is too old. Ask for a new one.')
  return { member, link }
}

function used(): IssuerError {
  return notUsable('This link was used before, and each works once. Ask for a new one.')
}

function notUsable(sentence: string): IssuerError {
  return new IssuerError('LINK_NOT_USABLE', sentence)
}
