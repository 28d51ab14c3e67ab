/** What this service itself knows of keys, statuses and badges, for the verifier to ask. */

import { badgeUrl, parseBadgeCode } from '../domain/badge-code.js'
import { endorsementUrl } from '../domain/endorsement-credential.js'
import { issuedContent } from '../domain/issued-content.js'
import type { JsonObject } from '../domain/json.js'
import { toJwk } from '../domain/signing-key.js'
import { statusListUrl } from './issuing-parts.js'
import { recallKeys } from './known-keys.js'
import type { Clock, Hasher } from './ports/environment.js'
import type { Database, StatusEntry } from './ports/stores.js'
import type { OwnRecords, OwnStatus } from './ports/verifier.js'
import { findOwnController } from './read-issuer.js'

export type OwnRecordsParts = {
  readonly baseUrl: string
  readonly database: Database
  readonly hasher: Hasher
  /** Without it, keys of other issuers are compared with those that are known, and not remembered. */
  readonly clock?: Clock
}

/** What can be the id of a list at all; nothing else is asked for. */
const LIST_ID = /^[0-9A-Za-z-]{1,64}$/

/** Where there is no database: whatever is asked for is another's. */
export const NO_RECORDS: OwnRecords = {
  findController: async () => undefined,
  findStatus: async () => ({ kind: 'foreign-list' }),
  findIssued: async () => undefined,
  recallKeys: async () => ({ kind: 'first' }),
}

export function createOwnRecords(parts: OwnRecordsParts): OwnRecords {
  return {
    async findController(id) {
      const { stores } = parts.database
      const start = `${parts.baseUrl}/keys/`
      if (!id.startsWith(start)) return findOwnController(stores, id)
      const key = await stores.keys.findByMethod(id)
      return key && toJwk(key)
    },
    async findStatus(url, index) {
      const start = statusListUrl(parts.baseUrl, '')
      if (!url.startsWith(start)) return { kind: 'foreign-list' }
      const { statusLists } = parts.database.stores
      const listId = url.slice(start.length)
      const list = LIST_ID.test(listId) ? await statusLists.find(listId) : undefined
      if (list === undefined) return { kind: 'unknown-list' }
      if (index >= list.lengthBits) return { kind: 'out-of-range' }
      const entry = await statusLists.findEntryAt(list.listId, index)
      return entry === undefined ? { kind: 'unknown-entry' } : toOwnStatus(parts.baseUrl, entry)
    },
    async findIssued(credentialId) {
      const { badges, erasures, endorsements } = parts.database.stores
      const badgeStart = badgeUrl(parts.baseUrl, '')
      const badge = await findByUrl(credentialId, badgeStart, badges)
      if (badge !== undefined)
        return { contentDigest: contentDigest(parts, badge), issuedAt: badge.issuedAt }
      const erased = await findByUrl(credentialId, badgeStart, erasures)
      if (erased !== undefined) return erased
      const start = endorsementUrl(parts.baseUrl, '')
      const endorsement = await findByUrl(credentialId, start, endorsements)
      return (
        endorsement && {
          contentDigest: contentDigest(parts, endorsement),
          issuedAt: endorsement.createdAt,
        }
      )
    },
    recallKeys: (issuer, keys) => recallKeys(parts, issuer, keys),
  }
}

/** SHA-256 (hex) of what a signed document of ours says. */
export function contentDigest(
  { hasher }: { readonly hasher: Hasher },
  { securedJson }: { readonly securedJson: string },
): string {
  return hasher.sha256Hex(issuedContent(JSON.parse(securedJson) as JsonObject))
}

/** Only the one canonical address of a code is an id. */
async function findByUrl<T>(
  id: string,
  start: string,
  store: { find(code: string): Promise<T | undefined> },
): Promise<T | undefined> {
  const code = id.startsWith(start) ? parseBadgeCode(id.slice(start.length)) : undefined
  return code === undefined || `${start}${code}` !== id ? undefined : store.find(code)
}

/** The reason only as far as the issuer made it public. */
function toOwnStatus(baseUrl: string, entry: StatusEntry): OwnStatus {
  const { issuer, state, reason, changedAt, replacedBy } = entry
  return {
    kind: 'found',
    credentialId: badgeUrl(baseUrl, entry.code),
    issuer,
    state,
    ...(changedAt === undefined ? {} : { changedAt }),
    ...(reason?.isPublic === true ? { publicReason: reason.text } : {}),
    ...(replacedBy === undefined ? {} : { replacedBy: badgeUrl(baseUrl, replacedBy) }),
  }
}
