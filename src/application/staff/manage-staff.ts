/** Who works at the desk: invited, given another role, ended. */
import { IssuerError } from '../../domain/issuer-error.js'
import { type StaffMember, type Standing, toStaffEmail, toStanding } from '../../domain/staff.js'
import { toTimestamp } from '../../domain/timestamps.js'
import type { Actor } from '../actor.js'
import { oweMail } from '../mail/owe-mail.js'
import type { Stores } from '../ports/stores.js'
import { endSessionsOf } from './sessions.js'
import { makeSignInLink } from './sign-in-links.js'
import type { StaffParts } from './staff-parts.js'

export type StaffRequest = {
  readonly email: string
  readonly role: string
  readonly district?: string | undefined
}

export type Invited = {
  readonly member: StaffMember
  /** What they sign in with; it cannot be shown again. Absent when it comes by mail. */
  readonly link?: string
}

/** How a link reaches its owner: a mail is owed, or whoever made it hands it over. */
export type HandOver = 'mail' | 'by-hand'

/**
 * Lets somebody work at the desk. Somebody who was here before keeps their id.
 * @throws REQUEST_INVALID, STAFF_CONFLICT when they are here already
 */
export async function inviteStaff(
  parts: StaffParts,
  actor: Actor,
  request: StaffRequest,
  handOver: HandOver,
): Promise<Invited> {
  const email = toStaffEmail(request.email)
  const standing = toStanding(request.role, request.district)
  return parts.database.transaction(async (stores) => {
    const member = await admit(parts, stores, email, standing)
    await audit(parts, stores, actor, 'staff.invited', member)
    if (handOver === 'by-hand')
      return { member, link: await makeSignInLink(parts, stores, member, 'invitation') }
    await oweMail(parts, stores, 'invitation', member.staffId)
    return { member }
  })
}

async function admit(
  parts: StaffParts,
  stores: Stores,
  email: string,
  standing: Standing,
): Promise<StaffMember> {
  const before = await stores.staff.findByEmail(email)
  if (before === undefined) {
    const invitedAt = toTimestamp(parts.clock.now())
    const member = { staffId: parts.ids.uuid(), email, ...standing, invitedAt }
    if (await stores.staff.insert(member)) return member
  }
  if (before?.endedAt === undefined)
    throw new IssuerError(
      'STAFF_CONFLICT',
      `${email} works at the desk already; change the role instead.`,
    )
  await stores.staff.change(before.staffId, standing)
  return { staffId: before.staffId, email, ...standing, invitedAt: before.invitedAt }
}

/**
 * A new link for somebody who works here, for when no mail can be sent.
 * @throws NOT_FOUND
 */
export async function renewStaffLink(
  parts: StaffParts,
  actor: Actor,
  email: string,
): Promise<{ readonly member: StaffMember; readonly link: string }> {
  return parts.database.transaction(async (stores) => {
    const member = await getByEmail(stores, email)
    await audit(parts, stores, actor, 'staff.link-made', member)
    return { member, link: await makeSignInLink(parts, stores, member, 'sign-in') }
  })
}

/**
 * Changes what somebody may do, from their next request on.
 * @throws NOT_FOUND, REQUEST_INVALID, STAFF_CONFLICT when no admin would be left
 */
export async function changeStanding(
  parts: StaffParts,
  actor: Actor,
  staffId: string,
  { role, district }: Omit<StaffRequest, 'email'>,
): Promise<void> {
  const standing = toStanding(role, district)
  await parts.database.transaction(async (stores) => {
    const member = await getMember(stores, staffId)
    if (standing.role !== 'admin') await assertOtherAdmin(stores, member)
    await stores.staff.change(staffId, standing)
    await audit(parts, stores, actor, 'staff.changed', { ...member, ...standing })
  })
}

/**
 * Ends somebody's work here: they are signed out everywhere and cannot sign in.
 * @throws NOT_FOUND, STAFF_CONFLICT when no admin would be left
 */
export async function endStaff(parts: StaffParts, actor: Actor, staffId: string): Promise<void> {
  await parts.database.transaction(async (stores) => {
    const member = await getMember(stores, staffId)
    await assertOtherAdmin(stores, member)
    await end(parts, stores, actor, member)
  })
}

/**
 * The same for the operator, who can let others in again and so may end the last admin too.
 * @throws NOT_FOUND
 */
export async function endStaffByEmail(
  parts: StaffParts,
  actor: Actor,
  email: string,
): Promise<StaffMember> {
  return parts.database.transaction(async (stores) => {
    const member = await getByEmail(stores, email)
    await end(parts, stores, actor, member)
    return member
  })
}

async function end(
  parts: StaffParts,
  stores: Stores,
  actor: Actor,
  member: StaffMember,
): Promise<void> {
  const endedAt = toTimestamp(parts.clock.now())
  await stores.staff.change(member.staffId, { ...member, endedAt })
  await endSessionsOf(stores, member.staffId)
  await audit(parts, stores, actor, 'staff.ended', member)
}

/** Nobody could let anybody in any more, except at the command line. */
async function assertOtherAdmin(stores: Stores, { staffId }: StaffMember): Promise<void> {
  const admins = await stores.staff.holdAdmins()
  if (admins.some((one) => one.staffId !== staffId) || admins.length === 0) return
  throw new IssuerError('STAFF_CONFLICT', 'This is the only admin; make somebody else one first.')
}

async function getMember(stores: Stores, staffId: string): Promise<StaffMember> {
  const member = await stores.staff.find(staffId)
  if (member !== undefined && member.endedAt === undefined) return member
  throw new IssuerError('NOT_FOUND', 'Nobody at this address works at the desk.')
}

async function getByEmail(stores: Stores, email: string): Promise<StaffMember> {
  const member = await stores.staff.findByEmail(toStaffEmail(email))
  if (member !== undefined && member.endedAt === undefined) return member
  throw new IssuerError('NOT_FOUND', `Nobody with the address ${email} works at the desk.`)
}

async function audit(
  parts: StaffParts,
  stores: Stores,
  actor: Actor,
  action: string,
  { staffId, role, district }: StaffMember,
): Promise<void> {
  await stores.audit.append({
    at: toTimestamp(parts.clock.now()),
    actor: actor.name,
    action,
    subject: `staff:${staffId}`,
    detail: { role, ...(district === undefined ? {} : { district }) },
  })
}
