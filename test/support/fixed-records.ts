/** Records of a service that exists on paper only: keys and statuses as a test says. */
import type {
  ControllerDocuments,
  OwnRecords,
  OwnStatus,
} from '../../src/application/ports/verifier.js'
import { createControllerDocuments } from '../../src/application/verification/controller-documents.js'
import { NOTHING_FETCHED } from '../../src/application/verification/fetched-documents.js'
import type { JsonObject } from '../../src/domain/json.js'
import { CONTROLLER_DOCUMENTS, ISSUER_DID, PARTNER } from './signing-keys.js'

/** Knows no issuer, list or badge: every document is somebody else's. */
export const NO_RECORDS: OwnRecords = {
  findController: async () => undefined,
  findStatus: async () => ({ kind: 'foreign-list' }),
  findIssued: async () => undefined,
  recallKeys: async () => ({ kind: 'first' }),
}

/** Only these documents are at hand, and what an identifier says of itself. */
export function fixedControllers(
  find: (id: string) => JsonObject | undefined,
): ControllerDocuments {
  const records = { ...NO_RECORDS, findController: async (id: string) => find(id) }
  return createControllerDocuments(records, NOTHING_FETCHED)
}

/**
 * @param controllers documents of the issuers that are ours, by id
 * @param statuses by `<list>#<index>`; a list of which nothing is said is foreign
 */
export function fixedRecords(
  controllers: Readonly<Record<string, JsonObject>>,
  statuses: Readonly<Record<string, OwnStatus>> = {},
): OwnRecords {
  return {
    findController: async (id) => controllers[id],
    findStatus: async (url, index) => statuses[`${url}#${index}`] ?? { kind: 'foreign-list' },
    findIssued: async () => undefined,
    recallKeys: async () => ({ kind: 'first' }),
  }
}

/** Records of the issuers that sign the sample badges (signed-badges.ts), all in good standing. */
export const SAMPLE_RECORDS = fixedRecords(CONTROLLER_DOCUMENTS, {
  'https://badges.example.org/status/1#43': inGoodStanding(ISSUER_DID),
  [`${PARTNER}/status#43`]: inGoodStanding(PARTNER),
})

function inGoodStanding(issuer: string): OwnStatus {
  const credentialId = 'https://badges.example.org/badges/01234567890123456789012345'
  return { kind: 'found', credentialId, issuer, state: 'valid' }
}
