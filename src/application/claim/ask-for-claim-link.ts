/** Somebody asks for a fresh link to a badge: it goes to the earner's mail, and nothing is said about it. */
import { oweMail } from '../mail/owe-mail.js'
import type { ClaimParts } from './claim-links.js'

/**
 * Owes a mail with a link, unless one is owed already or there is no such badge. For one that was corrected
 * the link leads to the badge in its place: what the old one shows stays hidden.
 */
export async function askForClaimLink(parts: ClaimParts, asked: string): Promise<void> {
  await parts.database.transaction(async (stores) => {
    const code = (await stores.statusLists.findEntry(asked))?.replacedBy ?? asked
    if ((await stores.badges.find(code)) === undefined) return
    const mails = await stores.mails.listAbout(code)
    if (mails.some(({ state }) => state === 'owed')) return
    await oweMail(parts, stores, 'claim-link', code)
  })
}
