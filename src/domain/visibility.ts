/** Who sees what. One function decides it for every artefact: page, JSON, images, search engines. */

/** What the earner agreed to; a review without consent means hidden, hidden and not listed. */
export type Consent = {
  readonly name: 'shown' | 'initials' | 'hidden'
  readonly evidence: 'shown' | 'hidden'
  /** Whether search engines and lists may name the badge. */
  readonly listed: boolean
}

/** What the earner chose when she claimed her badge, or later; from then on it alone counts. */
export type Claim = {
  readonly name: Consent['name']
  /** Positions of the evidence items that everyone may see. */
  readonly evidence: readonly number[]
  readonly listed: boolean
  /** Whether the preview of a link calls her what the page calls her, or nothing. */
  readonly preview: 'named' | 'plain'
}

/** The decision, the only one in the system. */
export type Visibility = {
  /** What to call the earner; absent means not at all. */
  readonly earner?: string
  /** The same in the preview of a link to the page. */
  readonly previewEarner?: string
  /** Positions of the items whose content is shown; absent when nothing of the evidence is. */
  readonly evidence?: readonly number[]
  /** Whether the levels that the reviewers found are shown. */
  readonly results: boolean
  /** Whether the signed document itself is served to everyone. */
  readonly credential: boolean
  /** Whether search engines may index the page. */
  readonly indexed: boolean
}

/** What is to be decided about. */
export type Disclosed = {
  readonly earnerName: string
  /** Positions of the evidence items whose content stands in the signed document. */
  readonly open: readonly number[]
  /** Positions of those that the reviewers let out; the earner may show these and no others. */
  readonly mayShow: readonly number[]
}

/**
 * Decides what each artefact of a badge shows. A credential that contains something hidden is not
 * served; its page and its verdict still are. Every credential names its earner, if not in clear then
 * by a hash of the address that a guess can be held against: so it goes with the name.
 * @param claim what the earner chose; absent before she claimed, and then the review's consent counts
 */
export function decideVisibility(
  consent: Consent,
  claim: Claim | undefined,
  { earnerName, open, mayShow }: Disclosed,
): Visibility {
  const choice = claim ?? { ...consent, preview: 'named' }
  const evidence =
    claim === undefined ? byConsent(consent, open) : byClaim(claim, [...open, ...mayShow])
  const showsAllOfIt = open.every((position) => evidence?.includes(position))
  const credential = choice.name === 'shown' && showsAllOfIt
  const earner = displayName(choice.name, earnerName)
  return {
    ...(earner === undefined ? {} : { earner }),
    ...(earner === undefined || choice.preview === 'plain' ? {} : { previewEarner: earner }),
    ...(evidence === undefined ? {} : { evidence }),
    results: evidence !== undefined || credential,
    credential,
    indexed: choice.listed,
  }
}

/** All or nothing; what is sealed stays so. */
function byConsent(consent: Consent, open: readonly number[]): readonly number[] | undefined {
  return consent.evidence === 'shown' ? open : undefined
}

function byClaim({ evidence }: Claim, allowed: readonly number[]): readonly number[] | undefined {
  const shown = evidence.filter((position) => allowed.includes(position))
  return shown.length === 0 ? undefined : shown
}

function displayName(shown: Consent['name'], name: string): string | undefined {
  if (shown === 'shown') return name
  if (shown === 'initials') return toInitials(name)
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
