/** What is endorsed: something of this service, found by the name that people have for it. */
import { achievementUrl, issuerOf } from '../domain/achievement.js'
import { badgeUrl } from '../domain/badge-code.js'
import { IssuerError } from '../domain/issuer-error.js'
import type { IssuingParts } from './issuing-parts.js'
import type { Stores } from './ports/stores.js'
import { findSigningIssuer } from './signing-issuer.js'

export type EndorsedSubject =
  | {
      readonly kind: 'achievement'
      readonly slug: string
      /** The newest unless told. */
      readonly version?: number
    }
  | { readonly kind: 'badge'; readonly code: string }
  | { readonly kind: 'profile'; readonly slug: string }

export type EndorsementRequest = {
  /** Slug of who endorses. */
  readonly issuer: string
  readonly subject: EndorsedSubject
  /** As `readComment` gives it. */
  readonly comment: string
}

export type EndorsedThing = {
  /** On the wire. */
  readonly id: string
  readonly name: string
  /** Slug of the issuer whose it is. */
  readonly owner: string
}

type Parts = Pick<IssuingParts, 'baseUrl' | 'defaultIssuer'>

/** @throws ACHIEVEMENT_UNKNOWN, REQUEST_INVALID for an unknown badge, ISSUER_UNKNOWN, KEY_UNAVAILABLE */
export async function findEndorsed(
  parts: Parts,
  stores: Stores,
  subject: EndorsedSubject,
): Promise<EndorsedThing> {
  switch (subject.kind) {
    case 'achievement':
      return findAchievement(parts, stores, subject.slug, subject.version)
    case 'badge':
      return findBadge(parts, stores, subject.code)
    case 'profile': {
      const { profile, slug } = await findSigningIssuer(parts, stores, subject.slug)
      return { id: profile.id, name: profile.name, owner: slug }
    }
  }
}

async function findAchievement(
  { baseUrl }: Parts,
  { catalogue }: Stores,
  slug: string,
  version?: number,
): Promise<EndorsedThing> {
  const found =
    version === undefined
      ? await catalogue.findLatest(slug)
      : await catalogue.findVersion(slug, version)
  if (found === undefined) {
    const what = version === undefined ? slug : `${slug}/${version}`
    const sentence = `There is no achievement “${what}”; import it first.`
    throw new IssuerError('ACHIEVEMENT_UNKNOWN', sentence, { pointer: '/achievement' })
  }
  const id = achievementUrl(baseUrl, slug, found.version)
  return { id, name: found.name, owner: issuerOf(found) }
}

async function findBadge(
  { baseUrl }: Parts,
  { badges, catalogue }: Stores,
  code: string,
): Promise<EndorsedThing> {
  const badge = await badges.find(code)
  const achievement =
    badge && (await catalogue.findVersion(badge.achievementSlug, badge.achievementVersion))
  if (achievement === undefined) {
    const sentence = `There is no badge with the code ${code}.`
    throw new IssuerError('REQUEST_INVALID', sentence, { pointer: '/badge' })
  }
  // The achievement's name only: an endorsement is public, and who earned the badge may not be.
  return { id: badgeUrl(baseUrl, code), name: achievement.name, owner: issuerOf(achievement) }
}
