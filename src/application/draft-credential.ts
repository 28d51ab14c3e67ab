/** Drafts the one credential for a review and puts the lints before it; nothing is signed or stored. */
import { type Achievement, issuerOf } from '../domain/achievement.js'
import { buildCredential, type IdentityObject } from '../domain/achievement-credential.js'
import { toBadgeCode } from '../domain/badge-code.js'
import { type Endorsements, embedEndorsements } from '../domain/embedded-endorsements.js'
import { evidenceSealText } from '../domain/evidence.js'
import { isJsonObject, type JsonObject } from '../domain/json.js'
import { type LintedCredential, lintCredential } from '../domain/linted-credential.js'
import type { Candidate, Review } from '../domain/review.js'
import { addMonths, parseTimestamp, toTimestamp } from '../domain/timestamps.js'
import { findEndorsements } from './embeddable-endorsements.js'
import { type IssuingParts, statusListUrl } from './issuing-parts.js'
import type { Intent } from './ports/stores.js'
import { findSigningIssuer, type SigningIssuer } from './signing-issuer.js'

/** What is drafted, and the secret halves of its evidence seals. */
export type Draft = Pick<
  Intent,
  'code' | 'listId' | 'listIndex' | 'document' | 'evidenceNonces' | 'verificationMethod'
>

/** What neither review nor achievement says. */
export type Additions = {
  /** Of the achievement and of the issuer; they become part of the badge. */
  readonly endorsements: Endorsements
  /** When the badge ends; as the achievement says unless told. */
  readonly validUntil?: string | undefined
}

/**
 * @returns the exact text that will be signed, for the badge and the status entry given
 */
export function draftCredential(
  parts: IssuingParts,
  issuer: SigningIssuer,
  review: Review,
  achievement: Achievement,
  { code, listId, listIndex }: Pick<Draft, 'code' | 'listId' | 'listIndex'>,
  { endorsements, validUntil = endOfValidity(parts, review, achievement) }: Additions,
): Draft {
  const evidenceNonces = review.evidence.map(() => toBadgeCode(parts.ids.randomBytes(16)))
  const bare = buildCredential(review, achievement, {
    baseUrl: parts.baseUrl,
    code,
    issuer: issuer.profile,
    subjectId: `urn:uuid:${parts.ids.uuid()}`,
    identifiers: toIdentifiers(parts, review.candidate),
    evidenceSeals: review.evidence.map((item, position) =>
      parts.hasher.sha256Base64Url(evidenceSealText(item, evidenceNonces[position] ?? '')),
    ),
    validFrom: toTimestamp(startOfValidity(parts, review)),
    ...(validUntil === undefined ? {} : { validUntil }),
    statusListUrl: statusListUrl(parts.baseUrl, listId),
    listIndex,
    legacyProof: parts.legacyProof,
  })
  const verificationMethod = issuer.key.methodId
  const text = JSON.stringify(embedEndorsements(bare, endorsements))
  return { code, listId, listIndex, document: text, evidenceNonces, verificationMethod }
}

/** Now, or the decision when our clock is behind it. */
function startOfValidity({ clock }: IssuingParts, { decidedAt }: Review): number {
  const now = clock.now()
  return Math.max(now, parseTimestamp(decidedAt) ?? now)
}

function endOfValidity(
  parts: IssuingParts,
  review: Review,
  { validityMonths }: Achievement,
): string | undefined {
  if (validityMonths === undefined) return undefined
  return toTimestamp(addMonths(startOfValidity(parts, review), validityMonths))
}

/** E-mail lower-cased and trimmed, then SHA-256 with a fresh salt (OB 3.0 class IdentityObject). */
function toIdentifiers(parts: IssuingParts, candidate: Candidate): readonly IdentityObject[] {
  const salt = toBadgeCode(parts.ids.randomBytes(16))
  const email = candidate.email.trim().toLowerCase()
  const emailIdentity: IdentityObject = {
    type: 'IdentityObject',
    hashed: true,
    identityHash: `sha256$${parts.hasher.sha256Hex(`${email}${salt}`)}`,
    identityType: 'emailAddress',
    salt,
  }
  if (!parts.nameInCredential) return [emailIdentity]
  return [
    emailIdentity,
    { type: 'IdentityObject', hashed: false, identityHash: candidate.name, identityType: 'name' },
  ]
}

/**
 * Lints run over the text of the draft itself: what was linted is what will be signed.
 * @param tokenMethod `kid` of the key that will sign it as a VC-JWT too
 * @throws LINT_FAILED with the lint's name and citation
 */
export async function lintDraft(
  parts: IssuingParts,
  draft: Draft,
  tokenMethod?: string,
): Promise<LintedCredential> {
  const parsed: unknown = JSON.parse(draft.document)
  const document: JsonObject = isJsonObject(parsed) ? parsed : {}
  return lintCredential(draft.document, {
    baseUrl: parts.baseUrl,
    code: draft.code,
    issuerId: draft.verificationMethod.split('#')[0] ?? '',
    verificationMethod: draft.verificationMethod,
    ...(tokenMethod === undefined ? {} : { tokenMethod }),
    statusListUrl: statusListUrl(parts.baseUrl, draft.listId),
    listIndex: draft.listIndex,
    pinnedContexts: parts.pinnedContexts,
    schemaFaults: parts.schemaChecker.check('achievement-credential', document),
    canonical: await parts.canonicalizer.canonicalize(document),
  })
}

/**
 * Lints what this review would become, under a throw-away code and status entry, before anything is
 * recorded: input that cannot be issued is refused and leaves no trace.
 * @throws LINT_FAILED with the lint's name and citation
 */
export async function assertIssuable(
  parts: IssuingParts,
  review: Review,
  achievement: Achievement,
): Promise<void> {
  const place = {
    code: toBadgeCode(parts.ids.randomBytes(16)),
    listId: toBadgeCode(parts.ids.randomBytes(16)),
    listIndex: 0,
  }
  const { stores } = parts.database
  const issuer = await findSigningIssuer(parts, stores, issuerOf(achievement))
  const endorsements = await findEndorsements(stores, parts.baseUrl, achievement, issuer.profile.id)
  await lintDraft(
    parts,
    draftCredential(parts, issuer, review, achievement, place, { endorsements }),
  )
}
