/** Wires adapters into use cases; the only place that constructs them. */
import { createAchievementParser } from '../adapters/documents/achievement-parser.js'
import { createDocumentLoader } from '../adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../adapters/documents/pinned-contexts.js'
import { createReviewParser } from '../adapters/documents/review-parser.js'
import { createSchemaChecker } from '../adapters/documents/schema-checker.js'
import { createIndependentVerifier } from '../adapters/independent/independent-verifier.js'
import { openKeyRing } from '../adapters/proofs/file-key-ring.js'
import { createJwtSuite } from '../adapters/proofs/jwt-suite.js'
import { createReceiptSuite } from '../adapters/proofs/receipt-suite.js'
import { createReferenceCanonicalizer } from '../adapters/proofs/reference-canonicalizer.js'
import { createVcProofSuite } from '../adapters/proofs/vc-proof-suite.js'
import { systemClock, systemHasher, systemIds } from '../adapters/system/environment.js'
import { adoptKeys } from '../application/adopt-keys.js'
import { bindDatabase } from '../application/bind-database.js'
import type { IssuingParts } from '../application/issuing-parts.js'
import type { AchievementParser, ReviewParser } from '../application/ports/documents.js'
import type { Clock, IdSource } from '../application/ports/environment.js'
import type { KeyRing } from '../application/ports/proofs.js'
import type { ReceiptSuite } from '../application/ports/receipts.js'
import type { Database } from '../application/ports/stores.js'
import type { CredentialVerifier } from '../application/ports/verifier.js'
import type { ReadingParts } from '../application/report-on.js'
import type { GenericIssuer } from '../application/vc-api/issue-generic.js'
import { readPassphrase, type Settings } from '../config/settings.js'
import { DEFAULT_ISSUER } from '../domain/issuer.js'
import { IssuerError } from '../domain/issuer-error.js'
import { toDefaultIssuer } from './default-issuer.js'
import { openGenericIssuer } from './open-generic-issuer.js'
import { openStore } from './open-store.js'

/** Everything a command may need; parts that cost time are opened by the functions below. */
export type Service = {
  readonly settings: Settings
  readonly issuing: IssuingParts
  readonly reviewParser: ReviewParser
  readonly achievementParser: AchievementParser
  readonly receiptSuite: ReceiptSuite
  /** Signs what is no badge; absent unless the VC API's generic profile is on. */
  readonly genericIssuer?: GenericIssuer
}

/** What a test may hold still. */
export type Stillness = { readonly clock?: Clock; readonly ids?: IdSource }

/**
 * Opens key, contexts and database and wires the issue path.
 * @throws IssuerError SETTING_INVALID, KEY_UNAVAILABLE, CONTEXT_NOT_PINNED, STORE_UNAVAILABLE
 */
export async function compose(settings: Settings, still: Stillness = {}): Promise<Service> {
  const { keyRing, signerFor } = openKeyRing(settings.keysDir, readPassphrase(settings))
  const contexts = await loadPinnedContexts()
  const documentLoader = createDocumentLoader(contexts)
  const clock = still.clock ?? systemClock
  const database = await openReadyStore(settings, keyRing, clock)
  return {
    settings,
    reviewParser: createReviewParser(),
    achievementParser: createAchievementParser(),
    receiptSuite: createReceiptSuite(signerFor),
    ...(settings.vcApiGeneric
      ? { genericIssuer: await openGenericIssuer(settings, contexts, clock) }
      : {}),
    issuing: {
      baseUrl: settings.baseUrl,
      defaultIssuer: toDefaultIssuer(settings),
      nameInCredential: settings.nameInBadge,
      legacyProof: settings.legacyProof,
      sendsMail: settings.smtpUrl !== undefined,
      ...(settings.jwtAlgorithm === undefined ? {} : { tokenAlgorithm: settings.jwtAlgorithm }),
      pinnedContexts: new Set(contexts.urls()),
      database,
      clock,
      ids: still.ids ?? systemIds,
      hasher: systemHasher,
      keyRing,
      canonicalizer: createReferenceCanonicalizer(documentLoader),
      schemaChecker: createSchemaChecker(),
      proofSuite: createVcProofSuite({ documentLoader, signerFor }),
      tokenSuite: createJwtSuite(signerFor),
      independentVerifier: createIndependentVerifier(contexts),
      underway: new Map(),
    },
  }
}

/** The database, tied to this origin, with keys that open: what cannot sign does not start. */
async function openReadyStore(
  settings: Settings,
  keyRing: KeyRing,
  clock: Clock,
): Promise<Database> {
  const database = await openStore(settings)
  try {
    const { baseUrl } = settings
    await bindDatabase(database, baseUrl)
    await adoptKeys({ baseUrl, database, clock }, keyRing)
    await assertKeysUsable(database, keyRing)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The default issuer must be able to sign; a key of another that is missing stops only that one. */
async function assertKeysUsable({ stores }: Database, keyRing: KeyRing): Promise<void> {
  const key = await stores.keys.findActive(DEFAULT_ISSUER, 'Ed25519')
  if (key !== undefined) return keyRing.assertUsable(key)
  throw new IssuerError(
    'KEY_UNAVAILABLE',
    'There is no active Ed25519 key; make one with: imprimatur keys create',
  )
}

export function toReadingParts(service: Service, verifier: CredentialVerifier): ReadingParts {
  const { baseUrl, database, clock } = service.issuing
  return { baseUrl, database, clock, verifier }
}
