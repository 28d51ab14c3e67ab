/** Wires the verifier: workers that judge, and what they may know of the world. */

import { readTrustLists } from '../adapters/files/trust-list-files.js'
import { createWorkerPool } from '../adapters/verification/worker-pool.js'
import { createOwnDocuments } from '../application/own-documents.js'
import { createOwnRecords, NO_RECORDS, type OwnRecordsParts } from '../application/own-records.js'
import type { GuardedClient } from '../application/ports/outbound.js'
import type { CredentialVerifier, OwnRecords } from '../application/ports/verifier.js'
import { createDidResolver, type DidResolver } from '../application/resolve-did.js'
import { createDocumentVerifier } from '../application/verify-with-documents.js'
import type { Settings } from '../config/settings.js'

export type Verifier = CredentialVerifier & {
  readonly resolveDid: DidResolver
  /** Resolves when every worker has loaded its libraries. */
  ready(): Promise<void>
  close(): Promise<void>
}

/** Where the built worker lies, next to this module. */
const WORKER_URL = new URL('./verification-worker.js', import.meta.url)

/** What a service has; without a database there is nothing of its own. */
export type VerifierParts = {
  readonly settings: Pick<Settings, 'trustLists' | 'verifyWorkers'>
  readonly issuing?: OwnRecordsParts
}

export type VerifierOptions = {
  readonly workerUrl?: URL
  /** What the workers may ask; the service's own unless told. */
  readonly records?: OwnRecords
  /** The way to documents of others; without it they cannot be had. */
  readonly outbound?: GuardedClient
}

/**
 * Starts the workers that judge credentials. They have no network: what they want is fetched here.
 * @throws IssuerError SETTING_INVALID when a trust list cannot be used
 */
export function openVerifier(
  { settings, issuing }: VerifierParts,
  options: VerifierOptions = {},
): Verifier {
  const own = issuing === undefined ? NO_RECORDS : createOwnRecords(issuing)
  const pool = createWorkerPool({
    workerUrl: options.workerUrl ?? WORKER_URL,
    records: options.records ?? own,
    trustLists: readTrustLists(settings.trustLists),
    workers: settings.verifyWorkers,
    deadlineMs: 1000,
    maxQueue: 64,
    maxHeapMb: 160,
  })
  const source = createOwnDocuments(issuing, options.outbound)
  const { verify } = createDocumentVerifier(pool.judge, source, () => performance.now())
  const resolveDid = createDidResolver(issuing, source)
  return { verify, resolveDid, ready: pool.ready, close: pool.close }
}
