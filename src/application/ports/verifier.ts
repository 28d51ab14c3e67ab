/** Judging a credential, wherever it runs: in this thread or in a worker that can be ended. */
import type { VerificationReport } from '../../domain/verification-report.js'

/** Why a document was refused before it was judged. */
export type Refusal = {
  readonly code: 'CREDENTIAL_REFUSED' | 'CONTEXT_NOT_PINNED'
  /** Name of the gate rule. */
  readonly rule: string
  readonly detail: string
  readonly pointer: string
}

export type VerifyResult = {
  /** Complete also for refused documents: *readable* or *contexts* failed there. */
  readonly report: VerificationReport
  readonly refusal?: Refusal
}

export interface CredentialVerifier {
  /**
   * Verifies the bytes of one credential; never throws for what they say.
   * @throws IssuerError VERIFIER_BUSY when too many wait, VERIFIER_TIMEOUT when one took too long
   */
  verify(bytes: Uint8Array): Promise<VerifyResult>
}

/** Controller documents (DID documents) that are at hand without a network. */
export interface ControllerDocuments {
  /** The document of a DID or controller URL, or undefined when it is not at hand. */
  find(controller: string): Promise<object | undefined>
}
