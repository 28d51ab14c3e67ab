/** Who sees what. One function decides it for every artefact: page, JSON, images, search engines. */

/** What the earner agreed to; a review without consent means hidden, hidden and not listed. */
export type Consent = {
  readonly name: 'shown' | 'initials' | 'hidden'
  readonly evidence: 'shown' | 'hidden'
  /** Whether search engines and lists may name the badge. */
  readonly listed: boolean
}

/** The decision, the only one in the system. */
export type Visibility = {
  /** What to call the earner; absent means not at all. */
  readonly earner?: string
  readonly evidence: boolean
  /** Whether the levels that the reviewers found are shown. */
  readonly results: boolean
  /** Whether the signed document itself is served to everyone. */
  readonly credential: boolean
  /** Whether search engines may index the page. */
  readonly indexed: boolean
}

/**
 * Decides what each artefact of a badge shows. A credential that contains something hidden is not
 * served; its page and its verdict still are. Every credential names its earner, if not in clear then
 * by a hash of the address that a guess can be held against: so it goes with the name.
 * @param holdsEvidence whether any evidence item of the credential carries its content
 */
export function decideVisibility(
  consent: Consent,
  earnerName: string,
  holdsEvidence: boolean,
): Visibility {
  const evidence = consent.evidence === 'shown'
  const credential = consent.name === 'shown' && (evidence || !holdsEvidence)
  const earner = displayName(consent, earnerName)
  return {
    ...(earner === undefined ? {} : { earner }),
    evidence,
    results: evidence || credential,
    credential,
    indexed: consent.listed,
  }
}

function displayName(consent: Consent, name: string): string | undefined {
  if (consent.name === 'shown') return name
  if (consent.name === 'initials') return toInitials(name)
  return undefined
}

/** “Ana María López” → “A. M. L.”: the first letter of each word, by code point. */
export function toInitials(name: string): string {
  return name
    .split(/\s+/u)
    .map((word) => [...word][0])
    .filter((letter) => letter !== undefined)
    .map((letter) => `${letter.toLocaleUpperCase('en')}.`)
    .join(' ')
}
