/** Row types: one interface per table, columns as they are stored (docs: application/ports/stores.ts). */
import type { Generated } from 'kysely'

export interface AchievementRow {
  readonly slug: string
  readonly version: number
  readonly digest: string
  /** The AchievementDefinition as JSON. */
  readonly definition: string
  readonly art: string
  readonly art_type: string
  readonly imported_at: string
}

export interface ReviewRow {
  readonly record_id: string
  readonly source: string
  readonly id: string
  readonly attempt: number
  readonly state: string
  readonly achievement_version: number
  /** The Review as JSON. */
  readonly review: string
  readonly content_digest: string
  readonly received_at: string
  /** Slug; also in the review. */
  readonly achievement: string
  /** Also in the review. */
  readonly district: string | null
}

interface ReviewStopRow {
  readonly review_record_id: string
  readonly state: string
  readonly reason: string
  readonly actor: string
  readonly at: string
}

interface StatusListRow {
  readonly list_id: string
  readonly issuer: string
  /** 1, 2, 3 … for each issuer: two processes cannot both start the next list. */
  readonly ordinal: number
  readonly length_bits: number
  readonly created_at: string
}

interface StatusEntryRow {
  readonly list_id: string
  readonly list_index: number
  readonly code: string
  /** `valid`, `suspended` or `revoked`; `valid` as long as nothing was said. */
  readonly state: Generated<string>
  /** Why the last change was made; null before the first. */
  readonly reason: string | null
  /** 0 or 1; null before the first change. */
  readonly reason_public: number | null
  readonly changed_at: string | null
  /** Code of the badge that stands in the place of this one. */
  readonly replaced_by: string | null
}

export interface IntentRow {
  readonly code: string
  readonly review_record_id: string
  readonly list_id: string
  readonly list_index: number
  readonly document: string
  /** A JSON array of strings. */
  readonly evidence_nonces: string
  readonly proof_created: string
  readonly verification_method: string
  readonly created_at: string
  readonly state: string
  readonly reason: string | null
}

export interface BadgeRow {
  readonly code: string
  readonly review_record_id: string
  readonly issuer: string
  readonly achievement_slug: string
  readonly achievement_version: number
  readonly earner_name: string
  readonly district: string | null
  readonly consent_name: string
  readonly consent_evidence: string
  /** 0 or 1. */
  readonly consent_listed: number
  readonly secured_json: string
  /** A compact JWS. */
  readonly token: string | null
  readonly digest: string
  readonly issued_at: string
  /** The Claim as JSON. */
  readonly claim: string | null
  readonly claimed_at: string | null
}

export interface EndorsementRow {
  /** Order of writing; several may be written in the same second. */
  readonly entry: Generated<number>
  readonly code: string
  readonly issuer: string
  readonly kind: string
  readonly subject_id: string
  readonly comment_digest: string
  readonly secured_json: string
  readonly created_at: string
}

export interface IssuerRow {
  readonly slug: string
  readonly name: string
  readonly url: string | null
  readonly description: string | null
  readonly email: string | null
  readonly created_at: string
}

export interface SigningKeyRow {
  readonly key_id: string
  readonly issuer: string
  readonly algorithm: string
  readonly state: string
  readonly controller: string
  readonly method_id: string
  /** A JSON object. */
  readonly public_jwk: string
  readonly public_multibase: string | null
  readonly created: string
  readonly activated: string | null
  readonly retired: string | null
  readonly compromised_since: string | null
}

interface TokenRow {
  readonly token_id: string
  readonly name: string
  /** A JSON array of strings. */
  readonly scopes: string
  readonly issuer: string
  readonly secret_hash: string
  readonly created_at: string
}

export interface AuditRow {
  /** Order of writing; several entries may be written in the same second. */
  readonly entry: Generated<number>
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  /** A JSON object. */
  readonly detail: string
}

interface IdentityRow {
  readonly name: string
  readonly value: string
}

export interface MigrationRow {
  readonly position: number
  readonly id: string
  readonly digest: string
  readonly applied_at: string
}

interface CorrectionRow {
  readonly review_record_id: string
  /** Of the badge that is corrected. */
  readonly code: string
  readonly reason: string
  readonly reason_public: number
}

interface KnownKeyRow {
  readonly issuer: string
  readonly public_key: string
  readonly seen_at: string
}

export interface StaffRow {
  readonly staff_id: string
  readonly email: string
  readonly role: string
  readonly district: string | null
  readonly invited_at: string
  readonly ended_at: string | null
}

interface SignInLinkRow {
  readonly token_hash: string
  readonly staff_id: string
  readonly expires_at: string
  readonly used_at: string | null
}

interface ReleaseRow {
  readonly release_id: string
  readonly actor: string
  readonly created_at: string
}

interface ReleaseItemRow {
  readonly release_id: string
  readonly review_record_id: string
  readonly state: string
  readonly failure: string | null
}

interface ErasureRow {
  readonly code: string
  readonly content_digest: string
  readonly issued_at: string
  readonly erased_at: string
}

interface ClaimLinkRow {
  readonly token_hash: string
  readonly code: string
  readonly expires_at: string
  readonly used_at: string | null
}

interface SessionRow {
  readonly secret_hash: string
  readonly staff_id: string
  readonly opened_at: string
  readonly seen_at: string
}

export interface MailRow {
  readonly mail_id: string
  readonly kind: string
  readonly about: string
  readonly state: string
  readonly attempts: number
  readonly next_at: string
  readonly created_at: string
  readonly failure: string | null
}

export interface Tables {
  readonly identity: IdentityRow
  readonly issuers: IssuerRow
  readonly signing_keys: SigningKeyRow
  readonly known_keys: KnownKeyRow
  readonly achievements: AchievementRow
  readonly reviews: ReviewRow
  readonly review_stops: ReviewStopRow
  readonly status_lists: StatusListRow
  readonly status_entries: StatusEntryRow
  readonly intents: IntentRow
  readonly badges: BadgeRow
  readonly corrections: CorrectionRow
  readonly endorsements: EndorsementRow
  readonly tokens: TokenRow
  readonly staff: StaffRow
  readonly sign_in_links: SignInLinkRow
  readonly sessions: SessionRow
  readonly mails: MailRow
  readonly claim_links: ClaimLinkRow
  readonly erasures: ErasureRow
  readonly releases: ReleaseRow
  readonly release_items: ReleaseItemRow
  readonly audit_entries: AuditRow
  readonly schema_migrations: MigrationRow
}
