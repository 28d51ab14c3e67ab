/** From an owed mail to the letter: looks up for whom it is, and makes the link that stands in it. */
import type { Letter, LetterWriter, MailLanguage, OwedMail } from '../ports/mail.js'
import { makeSignInLink } from '../staff/sign-in-links.js'
import type { StaffParts } from '../staff/staff-parts.js'

export type LetterParts = StaffParts & {
  readonly issuerName: string
  readonly language: MailLanguage
  readonly write: LetterWriter
}

/** @returns undefined when nobody is there any more to write to */
export async function writeLetter(parts: LetterParts, mail: OwedMail): Promise<Letter | undefined> {
  const { kind, about, mailId } = mail
  const { database, issuerName, language, baseUrl } = parts
  const made = await database.transaction(async (stores) => {
    const member = await stores.staff.find(about)
    if (member === undefined || member.endedAt !== undefined) return undefined
    return { to: member.email, link: await makeSignInLink(parts, stores, member, kind) }
  })
  if (made === undefined) return undefined
  return {
    messageId: `${mailId}@${new URL(baseUrl).hostname}`,
    to: made.to,
    ...parts.write({ kind, link: made.link, issuerName }, language),
  }
}
