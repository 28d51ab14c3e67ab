/** Publishes a status list: built from the rows, signed by the badge's own issuer, kept for its ttl. */
import { IssuerError } from '../domain/issuer-error.js'
import type { JsonObject } from '../domain/json.js'
import { lintStatusList } from '../domain/linted-credential.js'
import { buildStatusList, STATUS_TTL_MS, toBitstring } from '../domain/status-list.js'
import { toTimestamp } from '../domain/timestamps.js'
import { type IssuingParts, statusListUrl } from './issuing-parts.js'
import { findListSigner, type SigningIssuer } from './signing-issuer.js'

/** Gzip and multibase base64url of a bitstring (W3C Bitstring Status List 1.0 section 3.3). */
export interface BitstringEncoder {
  encode(bits: Uint8Array): string
}

export type StatusListPublisher = {
  /**
   * The secured BitstringStatusListCredential of a list, as JSON text.
   * @throws NOT_FOUND
   */
  publish(listId: string): Promise<string>
}

/** Verifiers still get a determinate answer for this long when the service is down. */
const VALID_MS = 48 * 3600 * 1000

type Published = { readonly securedJson: Promise<string>; readonly untilMs: number }

export function createStatusListPublisher(
  parts: IssuingParts,
  encoder: BitstringEncoder,
): StatusListPublisher {
  const published = new Map<string, Published>()
  return {
    async publish(listId) {
      const now = parts.clock.now()
      const kept = published.get(listId)
      if (kept !== undefined && kept.untilMs > now) return kept.securedJson
      const list = await parts.database.stores.statusLists.find(listId)
      if (list === undefined) throw new IssuerError('NOT_FOUND', 'There is no such status list.')
      const issuer = await findListSigner(parts, parts.database.stores, list.issuer)
      const encodedList = encoder.encode(toBitstring(list.lengthBits, []))
      const securedJson = sign(parts, issuer, encodedList, listId, now)
      published.set(listId, { securedJson, untilMs: now + STATUS_TTL_MS })
      securedJson.catch(() => published.delete(listId))
      return securedJson
    },
  }
}

async function sign(
  parts: IssuingParts,
  { profile, key }: SigningIssuer,
  encodedList: string,
  listId: string,
  now: number,
): Promise<string> {
  const url = statusListUrl(parts.baseUrl, listId)
  const document = buildStatusList({
    url,
    issuer: profile,
    encodedList,
    validFrom: toTimestamp(now),
    validUntil: toTimestamp(now + VALID_MS),
  })
  const text = JSON.stringify(document)
  const linted = lintStatusList(text, {
    issuerId: profile.id,
    verificationMethod: key.methodId,
    statusListUrl: url,
    canonical: await parts.canonicalizer.canonicalize(JSON.parse(text) as JsonObject),
  })
  return parts.proofSuite.secure(linted, toTimestamp(now))
}
