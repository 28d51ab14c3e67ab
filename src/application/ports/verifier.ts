/** Judging a credential, wherever it runs: in this thread or in a worker that can be ended. */
import type { StatusState } from '../../domain/badge-status.js'
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

/**
 * What the service's own database knows. A worker has none, so it asks the main thread.
 * Every call throws IssuerError STORE_UNAVAILABLE when the records cannot be asked now.
 */
export interface OwnRecords {
  /** The controller document of an issuer of ours, or undefined for any other. */
  findController(id: string): Promise<object | undefined>
  /**
   * What became of the badge at an index of a status list of ours.
   * @param statusListUrl as a status entry names it
   * @param index a whole number from 0
   */
  findStatus(statusListUrl: string, index: number): Promise<OwnStatus>
  /** A badge of ours by its id, as the log has it; undefined when it was never issued. */
  findIssued(credentialId: string): Promise<IssuedRecord | undefined>
}

/** What was signed, and when by the clock of the log, whatever the signature says. */
export type IssuedRecord = { readonly securedJson: string; readonly issuedAt: string }

export type OwnStatus =
  /** The list is not at an address of ours. */
  | { readonly kind: 'foreign-list' }
  | { readonly kind: 'unknown-list' }
  /** The list has fewer bits. */
  | { readonly kind: 'out-of-range' }
  /** The index is not any badge's. */
  | { readonly kind: 'unknown-entry' }
  | {
      readonly kind: 'found'
      /** The `id` of the badge that holds the index. */
      readonly credentialId: string
      /** The issuer whose list it is. */
      readonly issuer: string
      readonly state: StatusState
      /** When the state last changed, UTC with `Z`. */
      readonly changedAt?: string
      /** Why, when the issuer says so in public. */
      readonly publicReason?: string
      /** Address of the badge that stands in the place of this one. */
      readonly replacedBy?: string
    }
