/** What verifying is made of; composed once in each worker, with the documents of each pass. */
import type { TrustList } from '../../domain/trust-list.js'
import type { SchemaChecker } from '../ports/documents.js'
import type { Clock, Hasher } from '../ports/environment.js'
import type { InputReader } from '../ports/inputs.js'
import type { Canonicalizer, ProofVerifier, TokenVerifier } from '../ports/proofs.js'
import type { BitstringDecoder } from '../ports/status-lists.js'
import type { ControllerDocuments, FetchedDocuments, OwnRecords } from '../ports/verifier.js'

export type VerifyingParts = {
  readonly inputReader: InputReader
  readonly clock: Clock
  readonly hasher: Hasher
  readonly pinnedContexts: ReadonlySet<string>
  readonly schemaChecker: SchemaChecker
  readonly proofVerifier: ProofVerifier
  readonly tokenVerifier: TokenVerifier
  readonly decodeBitstring: BitstringDecoder
  /** Documents of others that came for this verification. */
  readonly fetched: FetchedDocuments
  /** Documents with keys that are at hand, ours and others'. */
  readonly controllers: ControllerDocuments
  readonly records: OwnRecords
  /** The lists of issuers that the operator chose. */
  readonly trustLists: readonly TrustList[]
  /** For credentials of any kind and presentations. */
  readonly generic: GenericParts
}

/** As for badges, with the context of examples beside the others. */
export type GenericParts = {
  /** The pinned contexts and that one. */
  readonly contexts: ReadonlySet<string>
  readonly canonicalizer: Canonicalizer
  readonly proofVerifier: ProofVerifier
}
