/**
 * Sends what is owed. An attempt is claimed before it begins, so that of several processes one sends; a
 * process that dies on the way leaves the claim to run out, and the mail is sent again under the same
 * Message-ID: at least once, and seen to be one.
 */
import { nextAttempt } from '../../domain/mail-schedule.js'
import { parseTimestamp, toTimestamp } from '../../domain/timestamps.js'
import type { MailKind, MailSender, OwedMail, SendOutcome } from '../ports/mail.js'
import { type LetterParts, writeLetter } from './write-letter.js'

export type MailParts = LetterParts & { readonly sender: MailSender }

const MINUTE_MS = 60_000
/** Longer than any attempt lasts. */
const CLAIM_MS = 5 * MINUTE_MS
const AT_ONCE = 20

/** How long somebody has use for a mail: a link to sign in with is soon asked for again. */
const USEFUL_MS: Readonly<Record<MailKind, number>> = {
  'sign-in': 60 * MINUTE_MS,
  invitation: 24 * 60 * MINUTE_MS,
  badge: 24 * 60 * MINUTE_MS,
  'claim-link': 24 * 60 * MINUTE_MS,
}

/**
 * Tries every mail that is due, one after the other.
 * @returns how many were tried
 */
export async function sendOwedMail(parts: MailParts): Promise<number> {
  const { mails } = parts.database.stores
  const now = parts.clock.now()
  const due = await mails.listDue(toTimestamp(now), AT_ONCE)
  let tried = 0
  for (const mail of due) {
    if (!(await mails.claim(mail, toTimestamp(parts.clock.now() + CLAIM_MS)))) continue
    tried += 1
    await mails.settle(await attempt(parts, mail))
  }
  return tried
}

async function attempt(parts: MailParts, mail: OwedMail): Promise<OwedMail> {
  const letter = await writeLetter(parts, mail)
  const attempts = mail.attempts + 1
  const outcome: SendOutcome =
    letter === undefined
      ? { kind: 'refused', why: 'whom it was for is not here any more' }
      : await parts.sender.send(letter)
  if (outcome.kind === 'accepted') {
    const { failure: _failure, ...sent } = mail
    return { ...sent, attempts, state: 'sent' }
  }
  const failed = { ...mail, attempts, failure: outcome.why }
  const next = outcome.kind === 'failed' ? whenNext(parts, mail, attempts) : undefined
  return next === undefined
    ? { ...failed, state: 'given-up' }
    : { ...failed, nextAt: toTimestamp(next) }
}

function whenNext(parts: MailParts, mail: OwedMail, attempts: number): number | undefined {
  const createdAt = parseTimestamp(mail.createdAt) ?? 0
  return nextAttempt(attempts, parts.clock.now(), createdAt + USEFUL_MS[mail.kind])
}
