/** What verifying is made of; composed once in each worker. */
import type { SchemaChecker } from '../ports/documents.js'
import type { Clock } from '../ports/environment.js'
import type { ProofVerifier } from '../ports/proofs.js'
import type { ControllerDocuments, OwnRecords } from '../ports/verifier.js'

export type VerifyingParts = {
  readonly clock: Clock
  readonly pinnedContexts: ReadonlySet<string>
  readonly schemaChecker: SchemaChecker
  readonly proofVerifier: ProofVerifier
  /** Documents with keys that are at hand, ours and others'. */
  readonly controllers: ControllerDocuments
  readonly records: OwnRecords
}
