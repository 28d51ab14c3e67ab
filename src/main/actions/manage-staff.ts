/** Invites, ends and shows the people at the desk. */
import { systemClock, systemHasher, systemIds } from '../../adapters/system/environment.js'
import { OPERATOR } from '../../application/actor.js'
import {
  endStaffByEmail,
  inviteStaff,
  renewStaffLink,
  type StaffRequest,
} from '../../application/staff/manage-staff.js'
import type { StaffParts } from '../../application/staff/staff-parts.js'
import { readSettings, type Settings } from '../../config/settings.js'
import type { StaffMember } from '../../domain/staff.js'
import { withStore } from '../open-store.js'
import { say, warn } from '../terminal.js'

export async function invite(request: StaffRequest): Promise<void> {
  await withStaff(async (parts, { smtpUrl }) => {
    const handOver = smtpUrl === undefined ? 'by-hand' : 'mail'
    const { member, link } = await inviteStaff(parts, OPERATOR, request, handOver)
    if (link !== undefined) sayLink(member, link)
    else say(`${member.email} gets a mail with a link as soon as the server runs.`)
  })
}

export async function renewLink(email: string): Promise<void> {
  await withStaff(async (parts) => {
    const { member, link } = await renewStaffLink(parts, OPERATOR, email)
    sayLink(member, link)
  })
}

export async function end(email: string): Promise<void> {
  await withStaff(async (parts) => {
    const member = await endStaffByEmail(parts, OPERATOR, email)
    say(`${member.email} is signed out and cannot sign in any more.`)
  })
}

export async function showStaff(): Promise<void> {
  await withStaff(async ({ database }) => {
    for (const { email, role, district, endedAt } of await database.stores.staff.list()) {
      const what = district === undefined ? role : `${role} of ${district}`
      say(`${email}  ${what}  ${endedAt === undefined ? 'may sign in' : `ended ${endedAt}`}`)
    }
  })
}

function sayLink(member: StaffMember, link: string): void {
  say(link)
  warn(`This link signs in ${member.email}. It works once and is shown once.`)
}

async function withStaff(
  work: (parts: StaffParts, settings: Settings) => Promise<void>,
): Promise<void> {
  const settings = readSettings()
  const { baseUrl } = settings
  const fixed = { baseUrl, clock: systemClock, ids: systemIds, hasher: systemHasher }
  await withStore(settings, (database) => work({ ...fixed, database }, settings))
}
