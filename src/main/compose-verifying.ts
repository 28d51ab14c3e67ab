/** Wires the parts that verify, in a worker or in a test. */
import { createDocumentLoader } from '../adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../adapters/documents/pinned-contexts.js'
import { createSchemaChecker } from '../adapters/documents/schema-checker.js'
import { createVcProofVerifier } from '../adapters/proofs/vc-proof-verifier.js'
import { SCHEMA_KINDS, type SchemaChecker } from '../application/ports/documents.js'
import type { Clock } from '../application/ports/environment.js'
import type { VerifyingParts } from '../application/verification/verify-credential.js'
import type { JsonObject } from '../domain/json.js'

export type VerifyingOptions = {
  readonly clock: Clock
  /** Controller documents at hand, by id: our own DID document, and those a test provides. */
  readonly controllerDocuments: Readonly<Record<string, JsonObject>>
}

export async function composeVerifying(options: VerifyingOptions): Promise<VerifyingParts> {
  const contexts = await loadPinnedContexts()
  const documents = new Map(Object.entries(options.controllerDocuments))
  return {
    clock: options.clock,
    pinnedContexts: new Set(contexts.urls()),
    schemaChecker: readySchemaChecker(),
    proofVerifier: createVcProofVerifier(createDocumentLoader(contexts)),
    controllers: { find: async (controller) => documents.get(controller) },
  }
}

/** Compiles every schema now: a document's deadline is for judging it. */
function readySchemaChecker(): SchemaChecker {
  const checker = createSchemaChecker()
  for (const kind of SCHEMA_KINDS) checker.check(kind, {})
  return checker
}
