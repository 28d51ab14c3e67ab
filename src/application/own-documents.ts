/** Documents that a verification wants: our own badges from our own records, all others from outside. */
import { badgeUrl, parseBadgeName } from '../domain/badge-code.js'
import type { OwnRecordsParts } from './own-records.js'
import type { GuardedClient, OutboundAnswer } from './ports/outbound.js'
import type { WantedDocument } from './ports/verifier.js'
import { NO_NETWORK } from './verification/fetched-documents.js'
import type { DocumentSource } from './verify-with-documents.js'

const CREDENTIAL =
  'application/vc, application/ld+json, application/json, application/vc+jwt, text/plain;q=0.5'

const ACCEPT: Readonly<Record<WantedDocument['purpose'], string>> = {
  input:
    'application/vc, application/vc+jwt, application/ld+json, application/json, image/png, image/svg+xml, text/html;q=0.8, text/plain;q=0.5',
  keys: 'application/did+ld+json, application/did+json, application/json, application/ld+json, application/jwk+json, application/jwk-set+json',
  status: CREDENTIAL,
  refresh: CREDENTIAL,
}

/**
 * @param parts our own records; absent where there is no database
 * @param outbound the way out; absent where there is none
 */
export function createOwnDocuments(
  parts: OwnRecordsParts | undefined,
  outbound: GuardedClient | undefined,
): DocumentSource {
  return async ({ url, purpose }) =>
    (parts && (await findOwnBadge(parts, url))) ??
    (await outbound?.fetch({ url, accept: ACCEPT[purpose] })) ??
    NO_NETWORK
}

/**
 * The signed document at the address of a badge of ours, in whatever form it was named. Also one whose
 * earner keeps it private: of it only the verdict is told.
 */
async function findOwnBadge(
  { baseUrl, database }: OwnRecordsParts,
  url: string,
): Promise<OutboundAnswer | undefined> {
  const start = badgeUrl(baseUrl, '')
  if (!url.startsWith(start)) return undefined
  const code = parseBadgeName(url.slice(start.length), /\.\w+$/)
  const badge = code === undefined ? undefined : await database.stores.badges.find(code)
  if (badge === undefined) return { kind: 'fault', fault: 'http-status', sentence: UNKNOWN }
  const bytes = new TextEncoder().encode(badge.securedJson)
  return { kind: 'document', url, mediaType: 'application/vc', bytes }
}

const UNKNOWN = 'There is no badge of this service at that address; check that it is complete.'
