/** What an earner sees of her badge through her link, and what she decides there. */
import { badgeUrl } from '../../domain/badge-code.js'
import { readSeal } from '../../domain/evidence.js'
import { listMember, textMember } from '../../domain/json.js'
import { toTimestamp } from '../../domain/timestamps.js'
import type { Claim } from '../../domain/visibility.js'
import { toInitials } from '../../domain/visibility.js'
import type { BadgeRecord } from '../ports/stores.js'
import { readReviewed } from '../shown-evidence.js'
import { type ClaimParts, makeClaimLink, openClaimLink, usedBefore } from './claim-links.js'

/** One thing that she handed in. */
export type ClaimItem = {
  readonly position: number
  readonly name: string
  readonly narrative?: string
  readonly url?: string
  /** False when the reviewers keep it closed, whatever she wants. */
  readonly mayShow: boolean
  /** Whether it stands in the signed document: then hiding it hides the document. */
  readonly isSigned: boolean
}

/** All that the earner's page is made of. */
export type ClaimView = {
  readonly code: string
  /** The public page. */
  readonly url: string
  readonly badgeName: string
  readonly earnerName: string
  readonly initials: string
  readonly items: readonly ClaimItem[]
  /** What is in force: her choice, or what the review agreed to. */
  readonly choice: Claim
  readonly isClaimed: boolean
  readonly hasToken: boolean
}

/**
 * Changes nothing: a link that a mail program or a scanner opened still works.
 * @throws LINK_NOT_USABLE
 */
export async function readClaim(parts: ClaimParts, token: string): Promise<ClaimView> {
  const { badge } = await openClaimLink(parts, parts.database.stores, token)
  const credential: unknown = JSON.parse(badge.securedJson)
  const items = await readItems(parts, badge, credential)
  return {
    code: badge.code,
    url: badgeUrl(parts.baseUrl, badge.code),
    badgeName: textMember(credential, 'name') ?? '',
    earnerName: badge.earnerName,
    initials: toInitials(badge.earnerName),
    items,
    choice: badge.claim ?? choiceBefore(badge, items),
    isClaimed: badge.claimedAt !== undefined,
    hasToken: badge.token !== undefined,
  }
}

/** The badge whose link this is, for its files. @throws LINK_NOT_USABLE */
export async function readClaimedBadge(parts: ClaimParts, token: string): Promise<BadgeRecord> {
  return (await openClaimLink(parts, parts.database.stores, token)).badge
}

/**
 * Saves a choice and uses the link up, in one transaction.
 * @returns the link to go on with
 * @throws LINK_NOT_USABLE, also for the second of two that come at once
 */
export async function saveClaim(parts: ClaimParts, token: string, claim: Claim): Promise<string> {
  return parts.database.transaction(async (stores) => {
    const { badge, link } = await openClaimLink(parts, stores, token)
    const at = toTimestamp(parts.clock.now())
    if (!(await stores.claimLinks.use(link.tokenHash, at))) throw usedBefore()
    await stores.badges.claim(badge.code, claim, at)
    await stores.audit.append({
      at,
      actor: 'earner',
      action: badge.claimedAt === undefined ? 'badge.claimed' : 'badge.choice-changed',
      subject: badge.code,
      detail: {
        name: claim.name,
        evidence: claim.evidence.length,
        listed: claim.listed,
        preview: claim.preview,
      },
    })
    return makeClaimLink(parts, stores, badge.code, 'next')
  })
}

/** What the reviewers keep closed is named and not shown; a badge of an erased review has no items. */
async function readItems(
  parts: ClaimParts,
  badge: BadgeRecord,
  credential: unknown,
): Promise<readonly ClaimItem[]> {
  const nodes = listMember(credential, 'evidence')
  const reviewed = await readReviewed(parts.database.stores, badge)
  return reviewed.map(({ item }, position) => ({
    position,
    name: item.name,
    ...(item.narrative === undefined ? {} : { narrative: item.narrative }),
    ...(item.url === undefined ? {} : { url: item.url }),
    mayShow: item.public,
    isSigned: readSeal(textMember(nodes[position], 'id')) === undefined,
  }))
}

function choiceBefore({ consent }: BadgeRecord, items: readonly ClaimItem[]): Claim {
  const signed = items.filter(({ isSigned }) => isSigned).map(({ position }) => position)
  return {
    name: consent.name,
    evidence: consent.evidence === 'shown' ? signed : [],
    listed: consent.listed,
    preview: 'named',
  }
}
