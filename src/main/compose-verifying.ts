/** Wires the parts that verify, in a worker or in a test. */
import { createDocumentLoader } from '../adapters/documents/document-loader.js'
import { createGenericLoader, genericContexts } from '../adapters/documents/generic-loader.js'
import { loadPinnedContexts, type PinnedContexts } from '../adapters/documents/pinned-contexts.js'
import { createSchemaChecker } from '../adapters/documents/schema-checker.js'
import { findOlderBadge } from '../adapters/images/older-badge.js'
import { extractFromPicture } from '../adapters/images/picture-file.js'
import { assertSoundPng } from '../adapters/images/sound-png.js'
import { createInputReader } from '../adapters/inputs/input-reader.js'
import { createProofVerifier } from '../adapters/proofs/proof-verifier.js'
import { createReferenceCanonicalizer } from '../adapters/proofs/reference-canonicalizer.js'
import { createTokenVerifier } from '../adapters/proofs/token-verifier.js'
import { decodeBitstring } from '../adapters/system/bitstring-decoder.js'
import { systemHasher } from '../adapters/system/environment.js'
import { SCHEMA_KINDS, type SchemaChecker } from '../application/ports/documents.js'
import type { Clock } from '../application/ports/environment.js'
import type { OwnRecords } from '../application/ports/verifier.js'
import { createControllerDocuments } from '../application/verification/controller-documents.js'
import { NOTHING_FETCHED } from '../application/verification/fetched-documents.js'
import type { GenericParts, VerifyingParts } from '../application/verification/verifying-parts.js'
import type { TrustList } from '../domain/trust-list.js'

/** Leaves a worker the time to answer within its deadline of a second. */
const QR_MS = 800

export type VerifyingOptions = {
  readonly clock: Clock
  readonly records: OwnRecords
  readonly trustLists?: readonly TrustList[] | undefined
}

export async function composeVerifying(options: VerifyingOptions): Promise<VerifyingParts> {
  const contexts = await loadPinnedContexts()
  return {
    inputReader: createInputReader({ extractFromPicture, findOlderBadge, assertSoundPng }, QR_MS),
    clock: options.clock,
    hasher: systemHasher,
    pinnedContexts: new Set(contexts.urls()),
    schemaChecker: readySchemaChecker(),
    proofVerifier: createProofVerifier(createDocumentLoader(contexts)),
    tokenVerifier: createTokenVerifier(),
    decodeBitstring,
    fetched: NOTHING_FETCHED,
    controllers: createControllerDocuments(options.records, NOTHING_FETCHED),
    records: options.records,
    trustLists: options.trustLists ?? [],
    generic: genericParts(contexts),
  }
}

function genericParts(contexts: PinnedContexts): GenericParts {
  const loader = createGenericLoader(contexts)
  return {
    contexts: genericContexts(contexts),
    canonicalizer: createReferenceCanonicalizer(loader),
    proofVerifier: createProofVerifier(loader),
  }
}

/** Compiles every schema now: a document's deadline is for judging it. */
function readySchemaChecker(): SchemaChecker {
  const checker = createSchemaChecker()
  for (const kind of SCHEMA_KINDS) checker.check(kind, {})
  return checker
}
