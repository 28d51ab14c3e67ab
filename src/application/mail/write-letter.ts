/** From an owed mail to the letter: looks up for whom it is, and makes the link that stands in it. */
import { textMember } from '../../domain/json.js'
import { makeClaimLink } from '../claim/claim-links.js'
import type {
  EarnerMailKind,
  Letter,
  LetterFacts,
  LetterWriter,
  MailLanguage,
  OwedMail,
  StaffMailKind,
} from '../ports/mail.js'
import type { Stores } from '../ports/stores.js'
import { makeSignInLink } from '../staff/sign-in-links.js'
import type { StaffParts } from '../staff/staff-parts.js'

export type LetterParts = StaffParts & {
  readonly issuerName: string
  readonly language: MailLanguage
  readonly write: LetterWriter
}

/** To whom, and what is known only when it is sent. */
type Addressed = { readonly to: string } & Pick<LetterFacts, 'link' | 'badgeName'>

/** @returns undefined when nobody is there any more to write to */
export async function writeLetter(parts: LetterParts, mail: OwedMail): Promise<Letter | undefined> {
  const { kind, about, mailId } = mail
  const { database, issuerName, language, baseUrl } = parts
  const made = await database.transaction((stores) =>
    isToEarner(kind) ? toEarner(parts, stores, about) : toStaff(parts, stores, about, kind),
  )
  if (made === undefined) return undefined
  const { to, ...facts } = made
  return {
    messageId: `${mailId}@${new URL(baseUrl).hostname}`,
    to,
    ...parts.write({ kind, issuerName, ...facts }, language),
  }
}

function isToEarner(kind: OwedMail['kind']): kind is EarnerMailKind {
  return kind === 'badge' || kind === 'claim-link'
}

async function toStaff(
  parts: LetterParts,
  stores: Stores,
  staffId: string,
  kind: StaffMailKind,
): Promise<Addressed | undefined> {
  const member = await stores.staff.find(staffId)
  if (member === undefined || member.endedAt !== undefined) return undefined
  const link = await makeSignInLink(parts, stores, member, kind)
  return { to: member.email, link, badgeName: '' }
}

async function toEarner(
  parts: LetterParts,
  stores: Stores,
  code: string,
): Promise<Addressed | undefined> {
  const badge = await stores.badges.find(code)
  const record = badge && (await stores.reviews.findById(badge.reviewRecordId))
  if (badge === undefined || record === undefined) return undefined
  return {
    to: record.review.candidate.email,
    link: await makeClaimLink(parts, stores, code, 'mailed'),
    badgeName: textMember(JSON.parse(badge.securedJson), 'name') ?? '',
  }
}
