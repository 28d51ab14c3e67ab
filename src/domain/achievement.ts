/** What can be earned: an Achievement definition as FRL staff write it, and as it is published. */

import { DEFAULT_ISSUER } from './issuer.js'

export type Alignment = {
  readonly targetName: string
  readonly targetUrl: string
  readonly targetCode?: string
  readonly targetDescription?: string
  readonly targetFramework?: string
  readonly targetType?: string
}

export type RubricLevel = {
  /** Short key that reviews use, e.g. `demonstrated`. */
  readonly level: string
  readonly name: string
  readonly description?: string
  readonly points?: string
}

/** One criterion of the rubric; becomes a ResultDescription. Levels run from low to high. */
export type RubricCriterion = {
  /** Short key that reviews use, e.g. `reflection`. */
  readonly criterion: string
  readonly name: string
  readonly levels: readonly RubricLevel[]
  /** The level that must be reached, a key of `levels`. */
  readonly requiredLevel?: string
}

/** `automatic`: an approved review becomes a badge at once; `staff`: a person releases it. */
export type ReleaseRule = 'automatic' | 'staff'

/** The definition that staff edit and import; everything but identity and version. */
export type AchievementDefinition = {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly achievementType: string
  readonly criteria: { readonly narrative: string }
  readonly image: { readonly caption: string }
  readonly inLanguage?: string
  readonly tags: readonly string[]
  readonly alignments: readonly Alignment[]
  readonly rubric: readonly RubricCriterion[]
  readonly release: ReleaseRule
  /** Slug of the issuer that awards it; absent means the programme itself. */
  readonly issuer?: string
  /** Whole months a badge stays valid; absent means it does not expire. */
  readonly validityMonths?: number
}

/** One immutable version of a definition. Version 1 is the first import; a changed file makes the next. */
export type Achievement = AchievementDefinition & {
  readonly version: number
  /** SHA-256 (hex) of definition and art together: equal digest means nothing changed. */
  readonly digest: string
  readonly art: Art
}

/** The picture of a badge, checked. */
export type Art = {
  readonly mediaType: 'image/svg+xml' | 'image/png'
  /** An SVG 1.1 document, or a PNG in base64. */
  readonly content: string
}

/** Slug of the issuer that awards an achievement. */
export function issuerOf({ issuer }: Pick<AchievementDefinition, 'issuer'>): string {
  return issuer ?? DEFAULT_ISSUER
}

/** Where an achievement version lives; also its `id` on the wire. */
export function achievementUrl(baseUrl: string, slug: string, version: number): string {
  return `${baseUrl}/achievements/${slug}/${version}`
}

/** Where the art of an achievement version is served; on the wire the `id` of its Image. */
export function artUrl(baseUrl: string, { slug, version, art }: Achievement): string {
  const suffix = art.mediaType === 'image/png' ? 'png' : 'svg'
  return `${achievementUrl(baseUrl, slug, version)}/image.${suffix}`
}

/** The `id` of the ResultDescription for one criterion. */
export function criterionId(achievementId: string, criterion: string): string {
  return `${achievementId}#${criterion}`
}

/** The `id` of one level of one criterion. */
export function levelId(achievementId: string, criterion: string, level: string): string {
  return `${achievementId}#${criterion}/${level}`
}
