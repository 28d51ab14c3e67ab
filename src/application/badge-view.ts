/** The read model of one badge: all that any public artefact may show, after visibility was decided. */
import type { Achievement } from '../domain/achievement.js'
import type { EndorsedKind } from '../domain/endorsement-credential.js'
import type { IssuerProfile } from '../domain/profile.js'
import type { EndorsementFinding, VerificationReport } from '../domain/verification-report.js'

export type ShownEvidence = {
  readonly name: string
  readonly genre?: string
  /** Markdown. */
  readonly narrative?: string
  /** https. */
  readonly url?: string
  /** SHA-256 of what was reviewed, base64url, when the signed document holds this instead of the content. */
  readonly sealed?: string
  /** Beside content that the earner shows though it is sealed: the exact text of which `sealed` is the SHA-256. */
  readonly sealText?: string
}

export type ShownResult = {
  readonly criterion: string
  readonly level: string
  readonly description?: string
}

/** What another issuer says, and whether it holds. */
export type ShownEndorsement = {
  readonly about: EndorsedKind
  /** As signed. */
  readonly endorser: string
  /** Empty when it does not say. */
  readonly signedAt: string
  /** Markdown; absent when it does not hold. */
  readonly comment?: string
  /** Its own page, when it is one of ours. */
  readonly url?: string
  readonly outcome: EndorsementFinding['outcome']
  /** Why it does not hold or could not be checked. */
  readonly sentence: string
}

/** The read model of the page of one endorsement. */
export type EndorsementView = ShownEndorsement & {
  readonly url: string
  readonly name: string
  /** `id` of what is endorsed. */
  readonly subjectId: string
  /** The endorser's DID. */
  readonly issuerId: string
  readonly report: VerificationReport
}

/** What the issuer has done to the badge since it was issued. */
export type ShownStatus = {
  readonly state: 'revoked' | 'suspended'
  readonly changedAt: string
  /** Absent when the issuer gave none to the public. */
  readonly publicReason?: string
}

export type BadgeView = {
  readonly code: string
  /** The permanent page, also the credential's id. */
  readonly url: string
  readonly issuer: IssuerProfile
  readonly achievement: Achievement
  /** The achievement version's own page. */
  readonly achievementUrl: string
  /** Absent when the earner shows no name. */
  readonly earner?: string
  /** Absent when a preview of the link names nobody. */
  readonly previewEarner?: string
  /** Whether nobody has claimed it, or said before what it may show. */
  readonly isUnclaimed: boolean
  readonly awardedDate: string
  readonly validFrom: string
  readonly validUntil?: string
  /** Absent when the earner keeps the reviewers' findings private. */
  readonly results?: readonly ShownResult[]
  /** Absent when the earner shows no evidence. */
  readonly evidence?: readonly ShownEvidence[]
  /** Those that it carries, then, if everyone may have the document, those signed of it since. */
  readonly endorsements: readonly ShownEndorsement[]
  /** Absent when the badge is in good standing. */
  readonly status?: ShownStatus
  /** The page of the badge that stands in the place of this one. */
  readonly replacedBy?: string
  /** The page of the badge that this one took the place of. */
  readonly replaces?: string
  /** Whether the signed document is downloadable by everyone. */
  readonly credentialServed: boolean
  /** Whether it can be had as VC-JWT too. */
  readonly hasToken: boolean
  readonly indexed: boolean
  /** Computed when the page was asked for. */
  readonly report: VerificationReport
}
