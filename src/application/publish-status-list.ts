/** Publishes a status list: built from the rows, signed by the badge's own issuer, kept in memory. */
import { IssuerError } from '../domain/issuer-error.js'
import type { JsonObject } from '../domain/json.js'
import { lintStatusList } from '../domain/linted-credential.js'
import { buildStatusList, toBitstring } from '../domain/status-list.js'
import { parseTimestamp, toTimestamp } from '../domain/timestamps.js'
import { type IssuingParts, statusListUrl } from './issuing-parts.js'
import type { StatusList } from './ports/stores.js'
import { findListSigner, type SigningIssuer } from './signing-issuer.js'

/** Gzip and multibase base64url of a bitstring (W3C Bitstring Status List 1.0 section 3.3). */
export interface BitstringEncoder {
  encode(bits: Uint8Array): string
}

export type StatusListPublisher = {
  /**
   * The secured BitstringStatusListCredential of a list, as JSON text, with every revocation that was
   * committed before the call. Writes nothing. The text depends on what is revoked, on the key and on
   * the hour alone, never on which indexes are reserved; every process signs the same.
   * @throws NOT_FOUND, KEY_UNAVAILABLE, STORE_UNAVAILABLE
   */
  publish(listId: string): Promise<string>
}

/** Verifiers still get a determinate answer for this long when the service is down. */
const VALID_MS = 48 * 3600 * 1000
/** A list is signed anew when the hour changes, long before its `validUntil`. */
const SIGNED_ANEW_MS = 3600 * 1000

/** Revocations are final, so a list with more of them is the newer one. */
type Version = { readonly revoked: number; readonly key: string; readonly hourMs: number }
type Published = Version & { readonly securedJson: Promise<string> }

export function createStatusListPublisher(
  parts: IssuingParts,
  encoder: BitstringEncoder,
): StatusListPublisher {
  const published = new Map<string, Published>()
  return {
    async publish(listId) {
      const { statusLists } = parts.database.stores
      const list = await statusLists.find(listId)
      if (list === undefined) throw new IssuerError('NOT_FOUND', 'There is no such status list.')
      const signer = await findListSigner(parts, parts.database.stores, list.issuer)
      const version = await readVersion(parts, list, signer)
      const kept = published.get(listId)
      if (kept !== undefined && covers(kept, version)) return kept.securedJson
      const securedJson = sign(parts, encoder, list, signer, version)
      const fresh = { ...version, securedJson }
      published.set(listId, fresh)
      // What failed is tried again by the next request, and must not throw away its better result.
      securedJson.catch(() => {
        if (published.get(listId) === fresh) published.delete(listId)
      })
      return securedJson
    },
  }
}

async function readVersion(
  parts: IssuingParts,
  list: StatusList,
  { key }: SigningIssuer,
): Promise<Version> {
  const now = parts.clock.now()
  return {
    revoked: await parts.database.stores.statusLists.countRevoked(list.listId),
    key: key.methodId,
    hourMs: now - (now % SIGNED_ANEW_MS),
  }
}

function covers(kept: Version, asked: Version): boolean {
  return kept.revoked >= asked.revoked && kept.key === asked.key && kept.hourMs === asked.hourMs
}

async function sign(
  parts: IssuingParts,
  encoder: BitstringEncoder,
  list: StatusList,
  { profile: issuer, key }: SigningIssuer,
  version: Version,
): Promise<string> {
  const revoked = await parts.database.stores.statusLists.listRevoked(list.listId)
  const bits = toBitstring(
    list.lengthBits,
    revoked.map(({ listIndex }) => listIndex),
  )
  const signedAt = timeOf(parts, version, [
    list.createdAt,
    key.activated ?? key.created,
    ...revoked.map(({ changedAt }) => changedAt),
  ])
  const url = statusListUrl(parts.baseUrl, list.listId)
  const text = JSON.stringify(
    buildStatusList({
      url,
      issuer,
      encodedList: encoder.encode(bits),
      validFrom: toTimestamp(signedAt),
      validUntil: toTimestamp(signedAt + VALID_MS),
    }),
  )
  const linted = lintStatusList(text, {
    issuerId: list.issuer,
    verificationMethod: version.key,
    statusListUrl: url,
    canonical: await parts.canonicalizer.canonicalize(JSON.parse(text) as JsonObject),
  })
  return parts.proofSuite.secure(linted, toTimestamp(signedAt))
}

/**
 * The beginning of the hour, or the latest of what happened since: the last revocation, the making of
 * list and key. So two lists with different bits never bear the same time in the wrong order.
 */
function timeOf(parts: IssuingParts, version: Version, since: readonly string[]): number {
  const moments = since.map((moment) => parseTimestamp(moment) ?? 0)
  const latest = moments.reduce((a, b) => Math.max(a, b), version.hourMs)
  return Math.min(latest, parts.clock.now())
}
