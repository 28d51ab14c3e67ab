/** Who is signed in: a secret in a cookie, its hash in the database, an end when idle and an end at last. */
import type { StaffMember } from '../../domain/staff.js'
import { parseTimestamp, toTimestamp } from '../../domain/timestamps.js'
import type { Actor } from '../actor.js'
import type { Session } from '../ports/staff-stores.js'
import type { Stores } from '../ports/stores.js'
import { isSecret, makeSecret } from '../secrets.js'
import type { StaffParts } from './staff-parts.js'

const MINUTE_MS = 60_000
/** A session ends after so long without a request, and after so long at all. */
const IDLE_MS = 120 * MINUTE_MS
export const SESSION_MS = 12 * 60 * MINUTE_MS

/** A request of somebody who is signed in. */
export type SignedIn = {
  readonly member: StaffMember
  readonly actor: Actor
  /** Goes into every form; a stranger's page cannot know it. */
  readonly formKey: string
}

/** @returns the secret for the cookie; of a session that was there before nothing is kept on */
export async function openSession(
  parts: StaffParts,
  stores: Stores,
  member: StaffMember,
): Promise<string> {
  const secret = makeSecret(parts)
  const now = parts.clock.now()
  const at = toTimestamp(now)
  await stores.sessions.removeOpened(toTimestamp(now - SESSION_MS))
  const { staffId } = member
  await stores.sessions.insert({ secretHash: secret.hash, staffId, openedAt: at, seenAt: at })
  return secret.text
}

/**
 * Who sent this cookie. Notes that they were here, at most once a minute: it is what the idle end is
 * counted from, and nothing else changes.
 */
export async function findSignedIn(
  parts: StaffParts,
  secret: string | undefined,
): Promise<SignedIn | undefined> {
  if (secret === undefined || !isSecret(secret)) return undefined
  const { sessions, staff } = parts.database.stores
  const session = await sessions.find(parts.hasher.sha256Hex(secret))
  const now = parts.clock.now()
  if (session === undefined || !isOpen(session, now)) return undefined
  const member = await staff.find(session.staffId)
  if (member === undefined || member.endedAt !== undefined) return undefined
  if (now - toMs(session.seenAt) >= MINUTE_MS)
    await sessions.see(session.secretHash, toTimestamp(now))
  return {
    member,
    actor: { name: `staff:${member.staffId}` },
    formKey: parts.hasher.sha256Hex(`form:${secret}`),
  }
}

function isOpen({ openedAt, seenAt }: Session, now: number): boolean {
  return now - toMs(openedAt) < SESSION_MS && now - toMs(seenAt) < IDLE_MS
}

function toMs(timestamp: string): number {
  return parseTimestamp(timestamp) ?? 0
}

/** Signs out here; what the cookie held opens nothing any more. */
export async function endSession(parts: StaffParts, secret: string): Promise<void> {
  await parts.database.stores.sessions.remove(parts.hasher.sha256Hex(secret))
}

/** Signs out everywhere; links that wait to be used end too. */
export async function endSessionsOf(stores: Stores, staffId: string): Promise<void> {
  await stores.sessions.removeOf(staffId)
  await stores.signInLinks.removeOf(staffId)
}
