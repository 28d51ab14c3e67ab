/** Wires adapters into use cases; the only place that constructs them. */
import { createAchievementParser } from '../adapters/documents/achievement-parser.js'
import { createDocumentLoader } from '../adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../adapters/documents/pinned-contexts.js'
import { createReviewParser } from '../adapters/documents/review-parser.js'
import { createSchemaChecker } from '../adapters/documents/schema-checker.js'
import { createIndependentVerifier } from '../adapters/independent/independent-verifier.js'
import { openKeyRing } from '../adapters/proofs/file-key-ring.js'
import { createReferenceCanonicalizer } from '../adapters/proofs/reference-canonicalizer.js'
import { createVcProofSuite } from '../adapters/proofs/vc-proof-suite.js'
import { systemClock, systemHasher, systemIds } from '../adapters/system/environment.js'
import { createWorkerPool, type WorkerPool } from '../adapters/verification/worker-pool.js'
import { bindDatabase } from '../application/bind-database.js'
import type { IssuingParts } from '../application/issuing-parts.js'
import { createOwnRecords } from '../application/own-records.js'
import type { AchievementParser, ReviewParser } from '../application/ports/documents.js'
import type { Clock, IdSource } from '../application/ports/environment.js'
import type { Database } from '../application/ports/stores.js'
import type { OwnRecords } from '../application/ports/verifier.js'
import type { ReadingParts } from '../application/read-badge.js'
import { readPassphrase, type Settings } from '../config/settings.js'
import { openStore } from './open-store.js'

/** Everything a command may need; parts that cost time are opened by the functions below. */
export type Service = {
  readonly settings: Settings
  readonly issuing: IssuingParts
  readonly reviewParser: ReviewParser
  readonly achievementParser: AchievementParser
}

/** What a test may hold still. */
export type Stillness = { readonly clock?: Clock; readonly ids?: IdSource }

/**
 * Opens key, contexts and database and wires the issue path.
 * @throws IssuerError SETTING_INVALID, KEY_UNAVAILABLE, CONTEXT_NOT_PINNED, STORE_UNAVAILABLE
 */
export async function compose(settings: Settings, still: Stillness = {}): Promise<Service> {
  const { keyRing, signerFor } = openKeyRing(
    settings.keysDir,
    readPassphrase(settings),
    settings.baseUrl,
  )
  const contexts = await loadPinnedContexts()
  const documentLoader = createDocumentLoader(contexts)
  const database = await openBoundStore(settings, keyRing.getActive().id)
  return {
    settings,
    reviewParser: createReviewParser(),
    achievementParser: createAchievementParser(),
    issuing: {
      baseUrl: settings.baseUrl,
      issuerName: settings.issuerName,
      ...(settings.issuerUrl === undefined ? {} : { issuerUrl: settings.issuerUrl }),
      ...(settings.issuerDescription === undefined
        ? {}
        : { issuerDescription: settings.issuerDescription }),
      ...(settings.issuerEmail === undefined ? {} : { issuerEmail: settings.issuerEmail }),
      nameInCredential: settings.nameInBadge,
      legacyProof: settings.legacyProof,
      pinnedContexts: new Set(contexts.urls()),
      database,
      clock: still.clock ?? systemClock,
      ids: still.ids ?? systemIds,
      hasher: systemHasher,
      keyRing,
      canonicalizer: createReferenceCanonicalizer(documentLoader),
      schemaChecker: createSchemaChecker(),
      proofSuite: createVcProofSuite({ documentLoader, signerFor }),
      independentVerifier: createIndependentVerifier(contexts),
      underway: new Map(),
    },
  }
}

async function openBoundStore(settings: Settings, verificationMethod: string): Promise<Database> {
  const database = await openStore(settings)
  try {
    await bindDatabase(database, settings.baseUrl, verificationMethod)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Where the built worker lies, next to this module. */
const WORKER_URL = new URL('./verification-worker.js', import.meta.url)

/**
 * Starts the workers that judge credentials. They ask for our keys and statuses; nothing else.
 * @param records what they may ask; the service's own unless told
 */
export function openVerifier(
  service: Service,
  workerUrl = WORKER_URL,
  records: OwnRecords = createOwnRecords(service.issuing),
): WorkerPool {
  return createWorkerPool({
    workerUrl,
    records,
    workers: service.settings.verifyWorkers,
    deadlineMs: 1000,
    maxQueue: 64,
    maxHeapMb: 160,
  })
}

export function toReadingParts(service: Service, verifier: WorkerPool): ReadingParts {
  const { baseUrl, database, clock } = service.issuing
  return { baseUrl, database, clock, verifier }
}
