/** Mail that is owed: written down with the change that it tells of, sent until it was accepted. */

/** To staff, about a member by id; to an earner, about a badge by its code. */
export type MailKind = StaffMailKind | EarnerMailKind
export type StaffMailKind = 'sign-in' | 'invitation'
export type EarnerMailKind = 'badge' | 'claim-link'

/** No address and no link stands here: both are looked up, or made, when it is sent. */
export type OwedMail = {
  /** A UUID; the Message-ID is made of it, so that what was sent twice is seen to be one mail. */
  readonly mailId: string
  readonly kind: MailKind
  /** Id of what it is about. */
  readonly about: string
  readonly state: 'owed' | 'sent' | 'given-up'
  /** How often it was tried. */
  readonly attempts: number
  /** When it is tried next; whoever tries it puts that off first. */
  readonly nextAt: string
  readonly createdAt: string
  /** Why the last attempt failed, in the words of the mail server. */
  readonly failure?: string
}

export interface MailStore {
  insert(mail: OwedMail): Promise<void>
  /** Owed, and due by then; longest due first. */
  listDue(by: string, limit: number): Promise<readonly OwedMail[]>
  /** Puts a due mail off, only if nobody else has; returns whether it did. */
  claim(mail: OwedMail, until: string): Promise<boolean>
  /** Writes what became of an attempt. */
  settle(mail: OwedMail): Promise<void>
  /** Oldest first. */
  listAbout(about: string): Promise<readonly OwedMail[]>
  removeAbout(about: string): Promise<void>
}

export type Letter = {
  /** Without angle brackets. */
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** `refused`: the server will never take it; `failed`: later it may. `why` names no address. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' | 'failed'; readonly why: string }

export interface MailSender {
  /** Never throws. */
  send(letter: Letter): Promise<SendOutcome>
  close(): void
}

export type MailLanguage = 'en' | 'es'

/** What stands in a letter. */
export type LetterFacts = {
  readonly kind: MailKind
  /** Of the badge that it is about; empty in letters to staff. */
  readonly badgeName: string
  readonly link: string
  /** Who writes. */
  readonly issuerName: string
}

/** Puts a letter into words. */
export type LetterWriter = (
  facts: LetterFacts,
  language: MailLanguage,
) => Pick<Letter, 'subject' | 'text' | 'html'>
