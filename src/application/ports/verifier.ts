/** Judging a credential, wherever it runs: in this thread or in a worker that can be ended. */
import type { StatusState } from '../../domain/badge-status.js'
import type { JsonObject } from '../../domain/json.js'
import type { VerificationReport } from '../../domain/verification-report.js'
import type { ReadInput } from './inputs.js'
import type { OutboundAnswer } from './outbound.js'

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

/** What the asker wants to know beside whether it is genuine. */
export type VerifyOptions = {
  /**
   * `badge`, unless told: all rules of Open Badges. `generic`: any verifiable credential, for clients
   * of the VC API.
   */
  readonly profile?: 'badge' | 'generic'
  /** In plain text, e.g. an e-mail address: does it belong to this person? */
  readonly recipient?: string
  /** It is a presentation: only who presents is judged, not the credentials in it. */
  readonly presentation?: PresentationOptions
}

/** What the asker wanted a presentation to be made for. */
export type PresentationOptions = {
  readonly challenge?: string
  readonly domain?: string
  /** True when the asker wants no proof of who presents. */
  readonly unsigned?: boolean
}

export interface CredentialVerifier {
  /**
   * Verifies one input in any form; never throws for what it says.
   * @throws IssuerError VERIFIER_BUSY when too many wait, VERIFIER_TIMEOUT when one took too long
   */
  verify(bytes: Uint8Array, options?: VerifyOptions): Promise<VerifyResult>
}

/** A document of others that a verification cannot do without. */
export type WantedDocument = {
  readonly url: string
  readonly purpose: 'input' | 'keys' | 'status' | 'refresh'
}

/**
 * Documents of others, as far as they were fetched. Judging never waits for a network: what is not
 * there yet is noted, and the whole is judged again when it came.
 */
export interface FetchedDocuments {
  /** The answer; undefined when it was not asked for yet. */
  find(wanted: WantedDocument): OutboundAnswer | undefined
  /** Whether anything that was looked for is not there yet. */
  isWaiting(): boolean
}

/** What came so far, by the address that was asked for. */
export type Answers = ReadonlyMap<string, OutboundAnswer>

/** A judgement without any network. */
export type PassResult = {
  readonly result: VerifyResult
  /** What it could not do without; when there is any, `result` does not count yet. */
  readonly wanted: readonly WantedDocument[]
  /** How far the input was read, for the next pass to go on from; absent when it must begin anew. */
  readonly read?: ReadInput
}

/** @param input the bytes as they were brought, or how far an earlier pass read them */
export type JudgePass = (
  input: Uint8Array | ReadInput,
  options: VerifyOptions,
  answers: Answers,
) => Promise<PassResult>

export type ControllerLookup =
  /** `url`: the address that gave it, after redirects; absent when nothing was fetched. */
  | { readonly kind: 'found'; readonly document: JsonObject; readonly url?: string }
  /** Asked for, and not here yet; the verdict of this pass does not count. */
  | { readonly kind: 'wanted' }
  /** There is none, now or ever: *could not be checked*. `isForNow` when it may be there in a minute. */
  | {
      readonly kind: 'unreachable'
      readonly code: string
      readonly sentence: string
      readonly isForNow?: boolean
    }
  /** What came says something else than it must: *not valid*. */
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string }

/** The documents in which issuers publish their keys (DID documents, controller documents). */
export interface ControllerDocuments {
  /** @param controller a DID or an https address, without fragment */
  find(controller: string): Promise<ControllerLookup>
}

/**
 * What the service's own database knows. A worker has none, so it asks the main thread.
 * Every call throws IssuerError STORE_UNAVAILABLE when the records cannot be asked now.
 */
export interface OwnRecords {
  /**
   * The controller document of an issuer of ours, or the JWK at an address of one of our keys;
   * undefined for any other id.
   */
  findController(id: string): Promise<object | undefined>
  /**
   * What became of the badge at an index of a status list of ours.
   * @param statusListUrl as a status entry names it
   * @param index a whole number from 0
   */
  findStatus(statusListUrl: string, index: number): Promise<OwnStatus>
  /** A badge of ours by its id, as the log has it; undefined when it was never issued. */
  findIssued(credentialId: string): Promise<IssuedRecord | undefined>
  /**
   * Whether another issuer is known by one of these keys; what is new is remembered.
   * @param keys names of all keys that it publishes, one for each key whatever its form
   */
  recallKeys(issuer: string, keys: readonly string[]): Promise<KeyMemory>
}

/** `changed`: none of the keys that were ever seen; `since` when it was first seen, UTC with `Z`. */
export type KeyMemory =
  | { readonly kind: 'first' | 'known' }
  | { readonly kind: 'changed'; readonly since: string }

/** What was signed, and when by the clock of the log, whatever the signature says. */
export type IssuedRecord = {
  /** SHA-256 (hex) of what it says, as `issuedContent` gives it. */
  readonly contentDigest: string
  readonly issuedAt: string
}

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
