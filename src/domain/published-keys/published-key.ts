/** A public key as somebody publishes it, for checking signatures. */
import type { JsonObject } from '../json.js'

/** What a key can be; each has its proof suites and its JWS algorithm. */
export type KeyType = 'Ed25519' | 'P-256' | 'P-384' | 'RSA'

/** A verification method (Controlled Identifiers 1.0 section 2.2), already bound to its controller. */
export type PublishedKey = {
  /** Full URL of the method. */
  readonly id: string
  readonly controller: string
  readonly keyType: KeyType
  /** base58btc Multikey; at least one of the two forms is there. */
  readonly publicKeyMultibase?: string
  /** RFC 7517, public members only. */
  readonly publicKeyJwk?: JsonObject
  /** When it was made, UTC with `Z`; absent when the controller does not say. */
  readonly created?: string
  /** Since when it signs, and until when it did. */
  readonly activated?: string
  readonly retired?: string
  /** From when on someone else may have signed with it. */
  readonly compromisedSince?: string
}
