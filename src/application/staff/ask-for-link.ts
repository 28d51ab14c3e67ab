/** Somebody at the door asks for a link: it goes to their mail if they work here. */
import { oweMail } from '../mail/owe-mail.js'
import type { StaffParts } from './staff-parts.js'

/**
 * Owes a mail with a link, unless one is owed already. Nothing is said to whoever asked.
 * @param email as `toStaffEmail` gives it
 */
export async function askForLink(parts: StaffParts, email: string): Promise<void> {
  await parts.database.transaction(async (stores) => {
    const member = await stores.staff.findByEmail(email)
    if (member === undefined || member.endedAt !== undefined) return
    const mails = await stores.mails.listAbout(member.staffId)
    if (mails.some(({ kind, state }) => kind === 'sign-in' && state === 'owed')) return
    await oweMail(parts, stores, 'sign-in', member.staffId)
  })
}
