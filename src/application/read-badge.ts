/** Reads one badge for the public: what may be seen, and the verdict as of now. */

import type { Achievement } from '../domain/achievement.js'
import { achievementUrl } from '../domain/achievement.js'
import { badgeUrl } from '../domain/badge-code.js'
import { IssuerError } from '../domain/issuer-error.js'
import { listMember, member, textMember } from '../domain/json.js'
import type { IssuerProfile } from '../domain/profile.js'
import type { VerificationReport } from '../domain/verification-report.js'
import type { Visibility } from '../domain/visibility.js'
import type { BadgeView, ShownResult } from './badge-view.js'
import { assertNotErased } from './erase-badge.js'
import type { BadgeRecord } from './ports/stores.js'
import type { VerifyOptions } from './ports/verifier.js'
import { endorsementsIn, readEndorsementsOf } from './read-endorsements.js'
import { type ReadingParts, reportOn } from './report-on.js'
import { decideBadge } from './shown-evidence.js'

/** @throws NOT_FOUND */
export async function readBadge(parts: ReadingParts, code: string): Promise<BadgeView> {
  const badge = await getBadge(parts, code)
  const achievement = await achievementOf(parts, badge)
  const report = await reportOn(parts, badge.securedJson)
  const credential: unknown = JSON.parse(badge.securedJson)
  const { visibility, evidence } = await decideBadge(parts.database.stores, badge, credential)
  const validUntil = textMember(credential, 'validUntil')
  const url = badgeUrl(parts.baseUrl, code)
  return {
    code,
    url,
    issuer: toProfile(credential),
    achievement,
    achievementUrl: achievementUrl(parts.baseUrl, achievement.slug, achievement.version),
    ...toNames(visibility),
    isUnclaimed: badge.claimedAt === undefined && visibility.earner === undefined,
    awardedDate: textMember(credential, 'awardedDate') ?? badge.issuedAt,
    validFrom: textMember(credential, 'validFrom') ?? badge.issuedAt,
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(await readStatus(parts, code)),
    ...(await readReplaced(parts, badge)),
    ...(visibility.results ? { results: toResults(credential) } : {}),
    ...(evidence === undefined ? {} : { evidence }),
    endorsements: [
      ...endorsementsIn(parts, credential, report),
      // Words about this one badge may name its earner.
      ...(visibility.credential ? await readEndorsementsOf(parts, url) : []),
    ],
    credentialServed: visibility.credential,
    hasToken: badge.token !== undefined,
    indexed: visibility.indexed,
    report,
  }
}

/**
 * The signed document, byte for byte, when everyone may have it.
 * @throws NOT_FOUND, CREDENTIAL_NOT_PUBLIC
 */
export async function readCredential(parts: ReadingParts, code: string): Promise<string> {
  return (await getPublicBadge(parts, code)).securedJson
}

/**
 * The same as VC-JWT, byte for byte, when everyone may have it.
 * @throws NOT_FOUND, also for a badge that was issued without one; CREDENTIAL_NOT_PUBLIC
 */
export async function readToken(parts: ReadingParts, code: string): Promise<string> {
  return tokenOf(await getPublicBadge(parts, code))
}

/**
 * The badge as VC-JWT, byte for byte.
 * @throws NOT_FOUND when it was issued without one
 */
export function tokenOf({ token }: BadgeRecord): string {
  if (token !== undefined) return token
  throw new IssuerError(
    'NOT_FOUND',
    'This badge has no form as a token, because its issuer had no key for tokens then; take the document (.json).',
  )
}

/**
 * What a baked picture is made of: the signed document and the achievement with its art.
 * @throws NOT_FOUND, CREDENTIAL_NOT_PUBLIC
 */
export async function readPictured(
  parts: ReadingParts,
  code: string,
): Promise<{ readonly securedJson: string; readonly achievement: Achievement }> {
  const badge = await getPublicBadge(parts, code)
  return { securedJson: badge.securedJson, achievement: await achievementOf(parts, badge) }
}

/** A badge all of whose forms everyone may have. */
async function getPublicBadge(parts: ReadingParts, code: string): Promise<BadgeRecord> {
  const badge = await getBadge(parts, code)
  const credential: unknown = JSON.parse(badge.securedJson)
  const { visibility } = await decideBadge(parts.database.stores, badge, credential)
  if (visibility.credential) return badge
  throw new IssuerError(
    'CREDENTIAL_NOT_PUBLIC',
    'The earner keeps this document private. Its page and its verdict are public; ask the earner for the file itself.',
  )
}

/** The verdict on one of our own badges, by code; works for private ones too. */
export async function reportOnBadge(
  parts: ReadingParts,
  code: string,
  options?: VerifyOptions,
): Promise<VerificationReport> {
  return reportOn(parts, (await getBadge(parts, code)).securedJson, options)
}

async function readStatus(
  parts: ReadingParts,
  code: string,
): Promise<Pick<BadgeView, 'status' | 'replacedBy'>> {
  const entry = await parts.database.stores.statusLists.findEntry(code)
  if (entry === undefined) return {}
  const { state, changedAt = '', reason, replacedBy } = entry
  const shown = reason?.isPublic === true ? { publicReason: reason.text } : {}
  return {
    ...(state === 'valid' ? {} : { status: { state, changedAt, ...shown } }),
    ...(replacedBy === undefined ? {} : { replacedBy: badgeUrl(parts.baseUrl, replacedBy) }),
  }
}

async function readReplaced(
  parts: ReadingParts,
  { reviewRecordId }: BadgeRecord,
): Promise<Pick<BadgeView, 'replaces'>> {
  const correction = await parts.database.stores.corrections.findByReview(reviewRecordId)
  return correction === undefined ? {} : { replaces: badgeUrl(parts.baseUrl, correction.code) }
}

async function getBadge(parts: ReadingParts, code: string): Promise<BadgeRecord> {
  const { stores } = parts.database
  const badge = await stores.badges.find(code)
  if (badge === undefined) {
    await assertNotErased(stores, code)
    throw new IssuerError(
      'NOT_FOUND',
      'There is no badge at this address; check that the link is complete.',
    )
  }
  return badge
}

/** The version of the achievement that a badge is of. */
export async function achievementOf(parts: ReadingParts, badge: BadgeRecord): Promise<Achievement> {
  const { achievementSlug: slug, achievementVersion: version } = badge
  const achievement = await parts.database.stores.catalogue.findVersion(slug, version)
  if (achievement === undefined) throw new Error(`achievement ${slug}/${version} is missing`)
  return achievement
}

function toNames({
  earner,
  previewEarner,
}: Visibility): Pick<BadgeView, 'earner' | 'previewEarner'> {
  return {
    ...(earner === undefined ? {} : { earner }),
    ...(previewEarner === undefined ? {} : { previewEarner }),
  }
}

/** The issuer as the signed document names it. */
function toProfile(credential: unknown): IssuerProfile {
  const issuer = member(credential, 'issuer')
  const [url, description] = [textMember(issuer, 'url'), textMember(issuer, 'description')]
  return {
    id: textMember(issuer, 'id') ?? '',
    name: textMember(issuer, 'name') ?? '',
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
  }
}

function toResults(credential: unknown): readonly ShownResult[] {
  const subject = member(credential, 'credentialSubject')
  const rows = listMember(member(subject, 'achievement'), 'resultDescription')
  return listMember(subject, 'result').flatMap((result) => {
    const row = rows.find(
      (one) => textMember(one, 'id') === textMember(result, 'resultDescription'),
    )
    const level = listMember(row, 'rubricCriterionLevel').find(
      (one) => textMember(one, 'id') === textMember(result, 'achievedLevel'),
    )
    if (row === undefined || level === undefined) return []
    const description = textMember(level, 'description')
    return [
      {
        criterion: textMember(row, 'name') ?? '',
        level: textMember(level, 'name') ?? '',
        ...(description === undefined ? {} : { description }),
      },
    ]
  })
}
