/** What one issuer says of another's work (OB 3.0 class EndorsementCredential), before it is signed. */
import { OB3_CONTEXT, VC2_CONTEXT } from './achievement-credential.js'
import { arePlainLines } from './plain-words.js'
import { type IssuerProfile, type ProfileNode, toProfileNode } from './profile.js'

export const ENDORSED_KINDS = ['achievement', 'badge', 'profile'] as const
export type EndorsedKind = (typeof ENDORSED_KINDS)[number]

/** The contexts of an endorsement: it carries the certified proof only. */
export const ENDORSEMENT_CONTEXTS: readonly string[] = [VC2_CONTEXT, OB3_CONTEXT]
export const ENDORSEMENT_TYPES: readonly string[] = [
  'VerifiableCredential',
  'EndorsementCredential',
]

export type EndorsementFacts = {
  /** Where it will be served; its `id`. */
  readonly url: string
  readonly issuer: IssuerProfile
  readonly validFrom: string
  /** `id` of what is endorsed. */
  readonly subjectId: string
  readonly subjectName: string
  /** As `readComment` gives it. */
  readonly comment: string
}

/** An endorsement before its proof, as plain JSON. */
export type UnsecuredEndorsement = {
  readonly '@context': readonly string[]
  readonly id: string
  readonly type: readonly string[]
  readonly name: string
  readonly issuer: ProfileNode
  readonly validFrom: string
  readonly credentialSubject: object
}

/** Where an endorsement is served; its code is made like that of a badge. */
export function endorsementUrl(baseUrl: string, code: string): string {
  return `${baseUrl}/endorsements/${code}`
}

/**
 * Builds the one credential (OB 3.0 appendix B, EndorsementCredential: `name` is required there). Pure;
 * the same facts give the same document.
 */
export function buildEndorsement(facts: EndorsementFacts): UnsecuredEndorsement {
  return {
    '@context': ENDORSEMENT_CONTEXTS,
    id: facts.url,
    type: ENDORSEMENT_TYPES,
    name: `Endorsement of ${facts.subjectName}`,
    issuer: toProfileNode(facts.issuer),
    validFrom: facts.validFrom,
    credentialSubject: {
      id: facts.subjectId,
      type: ['EndorsementSubject'],
      endorsementComment: facts.comment,
    },
  }
}

export const MAX_COMMENT_CHARS = 2000

/**
 * Checks a comment: plain text or Markdown in any number of lines, 1 to 2,000 characters when trimmed.
 * @returns the comment with plain line ends, or a sentence that says what is wrong with it
 */
export function readComment(
  input: unknown,
): { readonly text: string } | { readonly fault: string } {
  if (typeof input !== 'string') return { fault: MISSING }
  // Before anything is done with it: a long text must cost nothing.
  if (input.length > 4 * MAX_COMMENT_CHARS) return { fault: TOO_LONG }
  const text = input.replaceAll(/\r\n?/g, '\n').trim()
  if (text === '') return { fault: MISSING }
  if ([...text].length > MAX_COMMENT_CHARS) return { fault: TOO_LONG }
  return arePlainLines(text) ? { text } : { fault: NOT_PLAIN }
}

const MISSING = 'Say in the comment what is endorsed, in plain words.'
const TOO_LONG = `The comment must have at most ${MAX_COMMENT_CHARS} characters.`
const NOT_PLAIN =
  'The comment must be plain text, without control characters or marks that turn the writing direction.'
