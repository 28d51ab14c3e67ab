/** What the issue path is made of; composed once at start-up. */
import type { IssuerProfile } from '../domain/profile.js'
import type { SchemaChecker } from './ports/documents.js'
import type { Clock, Hasher, IdSource } from './ports/environment.js'
import type { IndependentVerifier } from './ports/independent-check.js'
import type { Canonicalizer, KeyRing, ProofSuite } from './ports/proofs.js'
import type { BadgeRecord, Database } from './ports/stores.js'

export type IssuingParts = {
  readonly baseUrl: string
  /** The issuer without its id: the id is the DID of the active key. */
  readonly issuerName: string
  readonly issuerUrl?: string
  readonly issuerDescription?: string
  readonly issuerEmail?: string
  /** Whether the earner's name stands in the credential. */
  readonly nameInCredential: boolean
  /** Whether badges carry the older proof beside the certified one. */
  readonly legacyProof: boolean
  readonly pinnedContexts: ReadonlySet<string>
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly hasher: Hasher
  readonly keyRing: KeyRing
  readonly canonicalizer: Canonicalizer
  readonly schemaChecker: SchemaChecker
  readonly proofSuite: ProofSuite
  readonly independentVerifier: IndependentVerifier
  /** Badges being finished in this process, by code, so that parallel repeats share the work. */
  readonly underway: Map<string, Promise<BadgeRecord>>
}

/** The issuing Profile as of now. Throws KEY_UNAVAILABLE when there is no active key. */
export function currentIssuer(parts: IssuingParts): IssuerProfile {
  return {
    id: parts.keyRing.getActive().controller,
    name: parts.issuerName,
    ...(parts.issuerUrl === undefined ? {} : { url: parts.issuerUrl }),
    ...(parts.issuerDescription === undefined ? {} : { description: parts.issuerDescription }),
    ...(parts.issuerEmail === undefined ? {} : { email: parts.issuerEmail }),
  }
}

/** Where a status list is served. */
export function statusListUrl(baseUrl: string, listId: string): string {
  return `${baseUrl}/status/${listId}`
}
