/** The credential we issue (docs/credential-profile.md) and the one builder that makes it. */
import { type Achievement, achievementUrl, artUrl, criterionId, levelId } from './achievement.js'
import { badgeUrl } from './badge-code.js'
import { type EvidenceNode, toEvidenceNodes } from './evidence.js'
import { type IssuerProfile, type ProfileNode, toProfileNode } from './profile.js'
import type { Review } from './review.js'

export const VC2_CONTEXT = 'https://www.w3.org/ns/credentials/v2'
export const VC1_CONTEXT = 'https://www.w3.org/2018/credentials/v1'
export const OB3_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const OB3_EXTENSIONS_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
export const ED25519_2020_CONTEXT = 'https://w3id.org/security/suites/ed25519-2020/v1'

/**
 * The contexts of a badge, in this order (OB 3.0 appendix A; extensions for credentialSchema), the
 * last one only for the older proof beside the certified one.
 */
export function issuedContexts(legacyProof: boolean): readonly string[] {
  const contexts = [VC2_CONTEXT, OB3_CONTEXT, OB3_EXTENSIONS_CONTEXT]
  return legacyProof ? [...contexts, ED25519_2020_CONTEXT] : contexts
}

export const OB3_SCHEMA_URL =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json'

/** A recipient identifier (OB 3.0 class IdentityObject). */
export type IdentityObject = {
  readonly type: 'IdentityObject'
  readonly hashed: boolean
  readonly identityHash: string
  readonly identityType: 'emailAddress' | 'name'
  readonly salt?: string
}

/** What the builder needs that is neither review nor achievement. */
export type CredentialFacts = {
  readonly baseUrl: string
  readonly code: string
  readonly issuer: IssuerProfile
  /** A fresh `urn:uuid:`; nothing links two badges of one person. */
  readonly subjectId: string
  readonly identifiers: readonly IdentityObject[]
  /** Seals of evidence items by position: SHA-256, base64url, of the reviewed content. */
  readonly evidenceSeals: readonly string[]
  readonly validFrom: string
  readonly validUntil?: string
  readonly statusListUrl: string
  readonly listIndex: number
  /** Whether the context for the Ed25519Signature2020 proof stands in the list. */
  readonly legacyProof: boolean
}

/** A credential before any proof, as plain JSON. */
export type UnsecuredCredential = {
  readonly '@context': readonly string[]
  readonly id: string
  readonly type: readonly string[]
  readonly name: string
  readonly description: string
  readonly issuer: ProfileNode
  readonly validFrom: string
  readonly validUntil?: string
  readonly awardedDate: string
  readonly credentialSubject: object
  readonly evidence?: readonly EvidenceNode[]
  readonly credentialStatus: object
  readonly credentialSchema: readonly object[]
}

/** Builds the one credential for one approved review. Pure; the same facts give the same document. */
export function buildCredential(
  review: Review,
  achievement: Achievement,
  facts: CredentialFacts,
): UnsecuredCredential {
  const evidence = toEvidenceNodes(review.evidence, review.consent, facts.evidenceSeals)
  return {
    '@context': issuedContexts(facts.legacyProof),
    id: badgeUrl(facts.baseUrl, facts.code),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: achievement.name,
    description: achievement.description,
    issuer: toProfileNode(facts.issuer),
    validFrom: facts.validFrom,
    ...(facts.validUntil === undefined ? {} : { validUntil: facts.validUntil }),
    awardedDate: review.decidedAt,
    credentialSubject: toSubject(review, achievement, facts),
    ...(evidence.length === 0 ? {} : { evidence }),
    credentialStatus: toStatusEntry(facts),
    credentialSchema: [{ id: OB3_SCHEMA_URL, type: '1EdTechJsonSchemaValidator2019' }],
  }
}

function toSubject(review: Review, achievement: Achievement, facts: CredentialFacts): object {
  const id = achievementUrl(facts.baseUrl, achievement.slug, achievement.version)
  const results = (review.rubric?.results ?? []).map((result) => ({
    type: ['Result'],
    resultDescription: criterionId(id, result.criterion),
    achievedLevel: levelId(id, result.criterion, result.level),
  }))
  return {
    id: facts.subjectId,
    type: ['AchievementSubject'],
    identifier: facts.identifiers,
    achievement: toAchievementNode(achievement, facts.baseUrl),
    ...(results.length === 0 ? {} : { result: results }),
  }
}

/** The Achievement as it stands in credentials and at its own URL (OB 3.0 class Achievement). */
export function toAchievementNode(achievement: Achievement, baseUrl: string): object {
  const id = achievementUrl(baseUrl, achievement.slug, achievement.version)
  return {
    id,
    type: ['Achievement'],
    achievementType: achievement.achievementType,
    name: achievement.name,
    description: achievement.description,
    criteria: { id: `${id}#criteria`, narrative: achievement.criteria.narrative },
    image: { id: artUrl(baseUrl, achievement), type: 'Image', caption: achievement.image.caption },
    ...(achievement.inLanguage === undefined ? {} : { inLanguage: achievement.inLanguage }),
    version: String(achievement.version),
    ...(achievement.tags.length === 0 ? {} : { tag: achievement.tags }),
    ...(achievement.alignments.length === 0 ? {} : { alignment: toAlignments(achievement) }),
    ...(achievement.rubric.length === 0
      ? {}
      : { resultDescription: toResultDescriptions(achievement, id) }),
  }
}

function toAlignments(achievement: Achievement): readonly object[] {
  return achievement.alignments.map((alignment) => ({ type: ['Alignment'], ...alignment }))
}

function toResultDescriptions(achievement: Achievement, id: string): readonly object[] {
  return achievement.rubric.map((row) => ({
    id: criterionId(id, row.criterion),
    type: ['ResultDescription'],
    name: row.name,
    resultType: 'RubricCriterionLevel',
    ...(row.requiredLevel === undefined
      ? {}
      : { requiredLevel: levelId(id, row.criterion, row.requiredLevel) }),
    rubricCriterionLevel: row.levels.map(({ level, ...rest }) => ({
      id: levelId(id, row.criterion, level),
      type: ['RubricCriterionLevel'],
      level,
      ...rest,
    })),
  }))
}

/** BitstringStatusListEntry (W3C Bitstring Status List): the index is a base-10 string. */
function toStatusEntry(facts: CredentialFacts): object {
  return {
    id: `${facts.statusListUrl}#${facts.listIndex}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(facts.listIndex),
    statusListCredential: facts.statusListUrl,
  }
}
