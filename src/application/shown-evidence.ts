/** The evidence of a badge as everyone may see it: from the signed document, or beside its seal. */
import { evidenceSealText, readSeal } from '../domain/evidence.js'
import { listMember, textMember } from '../domain/json.js'
import type { EvidenceItem } from '../domain/review.js'
import { decideVisibility, type Visibility } from '../domain/visibility.js'
import type { ShownEvidence } from './badge-view.js'
import type { BadgeRecord, Stores } from './ports/stores.js'

/** What the review says of an item, and the secret half of its seal. */
type Reviewed = { readonly item: EvidenceItem; readonly nonce: string }

export type DecidedBadge = {
  readonly visibility: Visibility
  /** Absent when the earner shows nothing of it. */
  readonly evidence: readonly ShownEvidence[] | undefined
}

/** Decides what is shown of a badge. What its document does not hold is looked up only if it is to be shown. */
export async function decideBadge(
  stores: Stores,
  badge: BadgeRecord,
  credential: unknown,
): Promise<DecidedBadge> {
  const nodes = listMember(credential, 'evidence')
  const open = nodes.flatMap((node, position) => (sealOf(node) === undefined ? [position] : []))
  const wants = (badge.claim?.evidence ?? []).some((position) => !open.includes(position))
  const reviewed = wants ? await readReviewed(stores, badge) : []
  const mayShow = reviewed.flatMap(({ item }, position) => (item.public ? [position] : []))
  const { earnerName, consent, claim } = badge
  const visibility = decideVisibility(consent, claim, { earnerName, open, mayShow })
  const shown = visibility.evidence
  return {
    visibility,
    evidence: shown && nodes.map((node, at) => toShown(node, shown.includes(at), reviewed[at])),
  }
}

/** By position; empty when the review is not here any more. */
export async function readReviewed(
  stores: Stores,
  { reviewRecordId }: BadgeRecord,
): Promise<readonly Reviewed[]> {
  const record = await stores.reviews.findById(reviewRecordId)
  const intent = await stores.intents.findByReview(reviewRecordId)
  return (record?.review.evidence ?? []).map((item, position) => ({
    item,
    nonce: intent?.evidenceNonces[position] ?? '',
  }))
}

function sealOf(node: unknown): string | undefined {
  return readSeal(textMember(node, 'id'))
}

function toShown(node: unknown, isShown: boolean, reviewed: Reviewed | undefined): ShownEvidence {
  const sealed = sealOf(node)
  const name = textMember(node, 'name') ?? ''
  if (sealed === undefined) return isShown ? openItem(node, name) : { name: 'Kept private' }
  if (!isShown || reviewed === undefined) return { name, sealed }
  const { kind: _kind, public: _public, ...content } = reviewed.item
  return { ...content, sealed, sealText: evidenceSealText(reviewed.item, reviewed.nonce) }
}

function openItem(node: unknown, name: string): ShownEvidence {
  const [url, genre, narrative] = ['id', 'genre', 'narrative'].map((key) => textMember(node, key))
  return {
    name,
    ...(genre === undefined ? {} : { genre }),
    ...(narrative === undefined ? {} : { narrative }),
    ...(url === undefined ? {} : { url }),
  }
}
