/** What the issue path is made of; composed once at start-up. */
import type { Issuer } from '../domain/issuer.js'
import type { SchemaChecker } from './ports/documents.js'
import type { Clock, Hasher, IdSource } from './ports/environment.js'
import type { IndependentVerifier } from './ports/independent-check.js'
import type { Canonicalizer, KeyRing, ProofSuite, TokenSuite } from './ports/proofs.js'
import type { BadgeRecord, Database } from './ports/stores.js'

export type IssuingParts = {
  readonly baseUrl: string
  /** The programme itself; its profile stands in the settings, those of others in the database. */
  readonly defaultIssuer: Issuer
  /** Whether the earner's name stands in the credential. */
  readonly nameInCredential: boolean
  /** Whether badges carry the older proof beside the certified one. */
  readonly legacyProof: boolean
  /** What badges are signed with as VC-JWT; undefined for not at all. */
  readonly tokenAlgorithm?: 'ES256' | 'RS256'
  /** Whether mail is sent; else earners are handed their links. */
  readonly sendsMail: boolean
  readonly pinnedContexts: ReadonlySet<string>
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly hasher: Hasher
  readonly keyRing: KeyRing
  readonly canonicalizer: Canonicalizer
  readonly schemaChecker: SchemaChecker
  readonly proofSuite: ProofSuite
  readonly tokenSuite: TokenSuite
  readonly independentVerifier: IndependentVerifier
  /** Badges being finished in this process, by code, so that parallel repeats share the work. */
  readonly underway: Map<string, Promise<BadgeRecord>>
}

/** Where a status list is served. */
export function statusListUrl(baseUrl: string, listId: string): string {
  return `${baseUrl}/status/${listId}`
}
