/** Evidence in the credential: content only where both reviewer and earner let it out; else a seal. */
import { IssuerError } from './issuer-error.js'
import type { EvidenceItem } from './review.js'
import type { Consent } from './visibility.js'

/** OB 3.0 class Evidence. */
export type EvidenceNode = {
  readonly id?: string
  readonly type: readonly ['Evidence']
  readonly name: string
  readonly genre?: string
  readonly narrative?: string
  readonly description?: string
}

const SEAL_PREFIX = 'ni:///sha-256;'

/**
 * The text whose SHA-256 seals an item: its content and a secret nonce as JSON with fixed member
 * order, so that whoever is later shown both can recompute the seal, and nobody can guess a short
 * title or link from it.
 */
export function evidenceSealText(item: EvidenceItem, nonce: string): string {
  const { kind, name, genre, narrative, url } = item
  return JSON.stringify({ kind, name, genre, narrative, url, nonce })
}

/**
 * Two items of one link, or two without link that say the same, would be one thing in linked data.
 * @throws IssuerError REQUEST_INVALID with the pointer of the second
 */
export function assertDistinctEvidence(items: readonly EvidenceItem[]): void {
  const seen = new Set<string>()
  for (const [position, { name, genre, narrative, url }] of items.entries()) {
    const content = url ?? JSON.stringify([name, genre, narrative])
    if (seen.has(content)) {
      const detail = 'is the same as evidence before it; send each once'
      const pointer = `/evidence/${position}`
      throw new IssuerError('REQUEST_INVALID', `${pointer} ${detail}.`, {
        pointer,
        faults: [{ pointer, detail }],
      })
    }
    seen.add(content)
  }
}

/** Evidence nodes for a credential; `seals[n]` belongs to `items[n]`. */
export function toEvidenceNodes(
  items: readonly EvidenceItem[],
  consent: Consent,
  seals: readonly string[],
): readonly EvidenceNode[] {
  return items.map((item, position) =>
    item.public && consent.evidence === 'shown'
      ? openNode(item)
      : sealedNode(item, position, seals[position] ?? ''),
  )
}

function openNode(item: EvidenceItem): EvidenceNode {
  return {
    ...(item.url === undefined ? {} : { id: item.url }),
    type: ['Evidence'],
    name: item.name,
    ...(item.genre === undefined ? {} : { genre: item.genre }),
    ...(item.narrative === undefined ? {} : { narrative: item.narrative }),
  }
}

/** The name of a sealed item can itself be private, so it says only what kind of thing it was. */
function sealedNode(item: EvidenceItem, position: number, seal: string): EvidenceNode {
  return {
    id: `${SEAL_PREFIX}${seal}`,
    type: ['Evidence'],
    name: `Evidence ${position + 1}: ${item.kind}`,
    description:
      'Seen by the reviewer and not published. The id is a salted SHA-256 of what was reviewed.',
  }
}

/** The seal in a sealed node's id (RFC 6920), or undefined when the node is open. */
export function readSeal(id: string | undefined): string | undefined {
  return id?.startsWith(SEAL_PREFIX) ? id.slice(SEAL_PREFIX.length) : undefined
}
