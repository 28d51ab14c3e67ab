/** What the use cases need kept. One implementation (Kysely) runs on SQLite and on PostgreSQL. */
import type { Achievement } from '../../domain/achievement.js'
import type { StatusReason, StatusState } from '../../domain/badge-status.js'
import type { EndorsedKind } from '../../domain/endorsement-credential.js'
import type { Issuer } from '../../domain/issuer.js'
import type { Review, ReviewKey, ReviewState } from '../../domain/review.js'
import type { KeyState, SigningKey } from '../../domain/signing-key.js'
import type { Claim, Consent } from '../../domain/visibility.js'
import type { AuditLog } from './audit.js'
import type { ClaimLinkStore } from './claim-links.js'
import type { ErasureStore } from './erasures.js'
import type { MailStore } from './mail.js'
import type { ReleaseStore } from './releases.js'
import type { SessionStore, SignInLinkStore, StaffStore } from './staff-stores.js'

export interface CatalogueStore {
  /** The newest version of a slug. */
  findLatest(slug: string): Promise<Achievement | undefined>
  findVersion(slug: string, version: number): Promise<Achievement | undefined>
  /** Newest version of each slug, by name. */
  listLatest(): Promise<readonly Achievement[]>
  /** Adds a version. Returns false, changing nothing, when (slug, version) is already there. */
  addVersion(achievement: Achievement, importedAt: string): Promise<boolean>
}

export type ReviewRecord = {
  /** Ours, a UUID. */
  readonly recordId: string
  readonly review: Review
  readonly state: ReviewState
  /** The version of the achievement that was in force: what was approved is what will be signed. */
  readonly achievementVersion: number
  /** SHA-256 (hex) of the review's canonical JSON: equal digest means equal content. */
  readonly contentDigest: string
  readonly receivedAt: string
}

export interface ReviewStore {
  /** Inserts unless the key (source, id, attempt) is taken; returns whether it did. */
  insert(record: ReviewRecord): Promise<boolean>
  find(key: ReviewKey): Promise<ReviewRecord | undefined>
  findById(recordId: string): Promise<ReviewRecord | undefined>
  /**
   * Moves a review from one state to another, only if it still is in the first (compare and set);
   * returns whether it did. A changed review (a withdrawal) replaces content and digest.
   */
  move(
    recordId: string,
    from: ReviewState,
    to: ReviewState,
    change?: { readonly review: Review; readonly contentDigest: string },
  ): Promise<boolean>
  /** Oldest first. */
  list(query: ReviewQuery, limit: number): Promise<readonly ReviewRecord[]>
  count(query: Omit<ReviewQuery, 'after'>): Promise<number>
}

export type ReviewQuery = {
  readonly states: readonly ReviewState[]
  /** Of this district only. */
  readonly district?: string
  /** Of this achievement only, by its slug. */
  readonly achievement?: string
  /** Those that came after this record. */
  readonly after?: string
}

/** Why the desk does not release an approval now. */
export type ReviewStop = {
  readonly reviewRecordId: string
  readonly state: 'held' | 'returned'
  readonly reason: string
  /** Who said so, as in the audit log. */
  readonly actor: string
  readonly at: string
}

export interface ReviewStopStore {
  /** Records it; a later one of the same review takes its place. */
  put(stop: ReviewStop): Promise<void>
  find(reviewRecordId: string): Promise<ReviewStop | undefined>
}

/** What was about to be signed, written before signing (Boulder's issuance cycle). */
export type Intent = {
  /** The badge's code; also the key of the credential. */
  readonly code: string
  readonly reviewRecordId: string
  readonly listId: string
  /** The reserved bit in the status list. */
  readonly listIndex: number
  /** The exact unsecured credential, JSON text. */
  readonly document: string
  /** Secret halves of the evidence seals, by position: shown together with an item, to prove it. */
  readonly evidenceNonces: readonly string[]
  /** `proof.created` for every proof of this badge: makes signing repeatable after a crash. */
  readonly proofCreated: string
  /** The verification method that was active. */
  readonly verificationMethod: string
  readonly createdAt: string
}

export interface IntentStore {
  /** Inserts; false when this review already has an intent that has not failed. */
  insert(intent: Intent): Promise<boolean>
  /** The intent of a review that has not failed. */
  findByReview(reviewRecordId: string): Promise<Intent | undefined>
  listOpen(limit: number): Promise<readonly Intent[]>
  /** open → done | failed; false when it was not open. */
  close(code: string, state: 'done' | 'failed', reason?: string): Promise<boolean>
}

export interface StatusListStore {
  /** The newest list of an issuer, or undefined when it has none. */
  findCurrent(issuer: string): Promise<StatusList | undefined>
  find(listId: string): Promise<StatusList | undefined>
  /** Adds the next list of an issuer; false when the id, or the turn, is taken. */
  add(list: StatusList): Promise<boolean>
  /** How many indexes of a list are reserved. */
  countReserved(listId: string): Promise<number>
  /** Reserves an index for a badge; false when it is taken. Never aborts the transaction it runs in. */
  reserve(listId: string, listIndex: number, code: string): Promise<boolean>
  /** The entry of a badge, or undefined when the code has none. */
  findEntry(code: string): Promise<StatusEntry | undefined>
  /** The entry at an index of a list, or undefined when the index is not reserved. */
  findEntryAt(listId: string, listIndex: number): Promise<StatusEntry | undefined>
  /**
   * Moves an entry from one state to another, only if it still is in the first (compare and set);
   * returns whether it did. Reason and time replace those of the change before.
   * @param change `replacedBy` is the code of the badge that takes the place of this one
   */
  moveEntry(
    code: string,
    from: StatusState,
    to: StatusState,
    change: {
      readonly reason: StatusReason
      readonly changedAt: string
      readonly replacedBy?: string
    },
  ): Promise<boolean>
  /** How many entries of a list are revoked. It only grows, so it tells versions of a list apart. */
  countRevoked(listId: string): Promise<number>
  /** The revoked entries of a list, by index. */
  listRevoked(
    listId: string,
  ): Promise<readonly { readonly listIndex: number; readonly changedAt: string }[]>
}

/** What became of the badge that holds an index. */
export type StatusEntry = {
  readonly code: string
  readonly listId: string
  readonly listIndex: number
  /** The issuer whose list it is. */
  readonly issuer: string
  readonly state: StatusState
  /** Of the last change; absent before the first. */
  readonly reason?: StatusReason
  readonly changedAt?: string
  /** Code of the badge that stands in the place of this one. */
  readonly replacedBy?: string
}

export type StatusList = {
  readonly listId: string
  readonly issuer: string
  readonly lengthBits: number
  readonly createdAt: string
}

/** An issued badge as stored. `securedJson` is served byte for byte. */
export type BadgeRecord = {
  readonly code: string
  readonly reviewRecordId: string
  readonly issuer: string
  readonly achievementSlug: string
  readonly achievementVersion: number
  readonly earnerName: string
  readonly district?: string
  /** As the review had it. */
  readonly consent: Consent
  /** What the earner chose; absent before she claimed it. */
  readonly claim?: Claim
  /** When she first claimed it. */
  readonly claimedAt?: string
  /** The signed credential, exactly as signed (UTF-8 text). */
  readonly securedJson: string
  /** The same credential as a VC-JWT, exactly as signed; absent when no key for tokens was active. */
  readonly token?: string
  /** SHA-256 (hex) of `securedJson`. */
  readonly digest: string
  readonly issuedAt: string
}

/** What a list of badges says of each. */
export type BadgeSummary = Pick<
  BadgeRecord,
  'code' | 'earnerName' | 'achievementSlug' | 'district' | 'issuedAt' | 'claimedAt'
> & { readonly state: StatusState }

export type BadgeQuery = {
  /** Part of the earner's name, in any case, or the beginning of a code. */
  readonly text?: string
  readonly district?: string
  /** By its slug. */
  readonly achievement?: string
  readonly state?: StatusState
  readonly isClaimed?: boolean
  /** Those that were issued before this one. */
  readonly after?: string
}

export interface BadgeStore {
  /** Inserts; false when the code or the review already has a badge. */
  insert(badge: BadgeRecord): Promise<boolean>
  find(code: string): Promise<BadgeRecord | undefined>
  findByReview(reviewRecordId: string): Promise<BadgeRecord | undefined>
  /** From now on its consent is: nothing of the earner is shown. A claim ends. */
  hide(code: string): Promise<void>
  /** Writes what the earner chose; the first time counts as when it was claimed. */
  claim(code: string, claim: Claim, at: string): Promise<void>
  /** Newest first. */
  search(query: BadgeQuery, limit: number): Promise<readonly BadgeSummary[]>
  /** Codes in issuing order, for checks and demos. */
  listCodes(limit: number, after?: string): Promise<readonly string[]>
}

/** Why the badge of a review takes the place of another. */
export type CorrectionRecord = {
  readonly reviewRecordId: string
  /** Of the badge that is corrected; it is corrected once. */
  readonly code: string
  readonly reason: StatusReason
}

export interface CorrectionStore {
  /** Records it; a second one for the same review changes its reason. */
  put(correction: CorrectionRecord): Promise<void>
  findByReview(reviewRecordId: string): Promise<CorrectionRecord | undefined>
}

export type TokenRecord = {
  /** Public part, used for look-up. */
  readonly tokenId: string
  readonly name: string
  readonly scopes: readonly string[]
  /** Slug of the only issuer that it may speak for. */
  readonly issuer: string
  /** SHA-256 (hex) of the secret part. */
  readonly secretHash: string
  readonly createdAt: string
}

export interface TokenStore {
  insert(token: TokenRecord): Promise<void>
  find(tokenId: string): Promise<TokenRecord | undefined>
}

/** What a database belongs to, written down at its first use. */
export interface IdentityStore {
  /** Records a value unless one is recorded; returns what is recorded now. */
  bind(name: string, value: string): Promise<string>
  find(name: string): Promise<string | undefined>
}

export interface IssuerStore {
  /** Inserts; false when the slug is taken. */
  insert(issuer: Issuer, createdAt: string): Promise<boolean>
  find(slug: string): Promise<Issuer | undefined>
  /** By slug. */
  list(): Promise<readonly Issuer[]>
}

/** Keys of other issuers that somebody vouches for, as they were first seen. */
export interface KnownKeyStore {
  /** Adds those that are not there. */
  add(issuer: string, keys: readonly string[], seenAt: string): Promise<void>
  /** Oldest first. */
  list(issuer: string): Promise<readonly { readonly key: string; readonly seenAt: string }[]>
  /** @returns how many there were */
  forget(issuer: string): Promise<number>
}

/** The public side of every key ever recorded. A key belongs to one issuer for ever. */
export interface KeyStore {
  /** Inserts; false when the key is recorded already, whoever's it is. */
  insert(key: SigningKey): Promise<boolean>
  find(keyId: string): Promise<SigningKey | undefined>
  findByMethod(methodId: string): Promise<SigningKey | undefined>
  findActive(issuer: string, algorithm: SigningKey['algorithm']): Promise<SigningKey | undefined>
  /** Keeps the active key active until the transaction ends; many may hold it at a time. */
  holdActive(issuer: string, algorithm: SigningKey['algorithm']): Promise<void>
  /** Waits until nobody holds the active key, and lets nobody hold it until the transaction ends. */
  takeActive(issuer: string, algorithm: SigningKey['algorithm']): Promise<void>
  /** Oldest first; of one issuer, or of all. */
  list(issuer?: string): Promise<readonly SigningKey[]>
  /** Writes the key's state and times, only if it still is in `from`; returns whether it did. */
  move(from: KeyState, key: SigningKey): Promise<boolean>
}

/** A signed endorsement as stored. `securedJson` is served byte for byte, and embedded as it says. */
export type EndorsementRecord = {
  readonly code: string
  /** Slug of who endorses. */
  readonly issuer: string
  readonly kind: EndorsedKind
  /** `id` of what is endorsed. */
  readonly subjectId: string
  /** SHA-256 (hex) of the comment: the same words about the same thing are the same endorsement. */
  readonly commentDigest: string
  readonly securedJson: string
  readonly createdAt: string
}

export interface EndorsementStore {
  /** Inserts; false when the code is taken, or the issuer has said the same of the subject before. */
  insert(endorsement: EndorsementRecord): Promise<boolean>
  find(code: string): Promise<EndorsementRecord | undefined>
  findSame(
    issuer: string,
    subjectId: string,
    commentDigest: string,
  ): Promise<EndorsementRecord | undefined>
  /** The last words of each issuer about one subject, oldest first. */
  listAbout(subjectId: string, limit: number): Promise<readonly EndorsementRecord[]>
  /** All, oldest first. */
  list(limit: number): Promise<readonly EndorsementRecord[]>
}

/** All stores on one connection or transaction. */
export type Stores = {
  readonly identity: IdentityStore
  readonly issuers: IssuerStore
  readonly keys: KeyStore
  readonly knownKeys: KnownKeyStore
  readonly catalogue: CatalogueStore
  readonly reviews: ReviewStore
  readonly reviewStops: ReviewStopStore
  readonly intents: IntentStore
  readonly statusLists: StatusListStore
  readonly badges: BadgeStore
  readonly corrections: CorrectionStore
  readonly endorsements: EndorsementStore
  readonly tokens: TokenStore
  readonly staff: StaffStore
  readonly signInLinks: SignInLinkStore
  readonly sessions: SessionStore
  readonly mails: MailStore
  readonly claimLinks: ClaimLinkStore
  readonly erasures: ErasureStore
  readonly releases: ReleaseStore
  readonly audit: AuditLog
}

/** The database: stores for single statements, and transactions over several. */
export interface Database {
  readonly stores: Stores
  /**
   * Runs `work` in one transaction that holds the write lock from its start (SQLite) or retries on
   * serialisation failures (PostgreSQL). Commits when it resolves, rolls back when it throws.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
  /** Throws STORE_UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>
  /**
   * Takes from the files what was deleted, as far as the database lets us (docs/operations.md).
   * @throws STORE_UNAVAILABLE when others read from the log for too long
   */
  scrub(): Promise<void>
  close(): Promise<void>
}
