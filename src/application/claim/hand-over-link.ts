/** A link that staff hand over where no mail is sent. */
import { toTimestamp } from '../../domain/timestamps.js'
import type { Actor } from '../actor.js'
import { type ClaimParts, makeClaimLink } from './claim-links.js'

/**
 * @param code of a badge that is there
 * @returns the link, which cannot be shown again; that it was made is written down
 */
export async function makeHandOverLink(
  parts: ClaimParts,
  actor: Actor,
  code: string,
): Promise<string> {
  return parts.database.transaction(async (stores) => {
    await stores.audit.append({
      at: toTimestamp(parts.clock.now()),
      actor: actor.name,
      action: 'badge.link-made',
      subject: code,
      detail: {},
    })
    return makeClaimLink(parts, stores, code, 'mailed')
  })
}
