/** Brings an achievement file into the catalogue. A change makes a new version; nothing is altered. */
import { type Achievement, type Art, issuerOf } from '../domain/achievement.js'
import { DEFAULT_ISSUER } from '../domain/issuer.js'
import { IssuerError } from '../domain/issuer-error.js'
import { canonicalJson, type JsonValue } from '../domain/json.js'
import { toTimestamp } from '../domain/timestamps.js'
import type { AchievementFile } from './ports/documents.js'
import type { Clock, Hasher } from './ports/environment.js'
import type { Database, Stores } from './ports/stores.js'

export type CatalogueParts = {
  readonly database: Database
  readonly clock: Clock
  readonly hasher: Hasher
}

export type ImportedAchievement = {
  readonly outcome: 'new' | 'changed' | 'unchanged'
  readonly achievement: Achievement
}

/**
 * @param art already checked
 * @param actor who imports it, for the audit log
 */
export async function importAchievement(
  parts: CatalogueParts,
  file: AchievementFile,
  art: Art,
  actor: string,
): Promise<ImportedAchievement> {
  const content = canonicalJson(file.definition as unknown as JsonValue)
  const digest = parts.hasher.sha256Hex(`${content}\n${art.content}`)
  return parts.database.transaction(async (stores) => {
    await assertIssuerKnown(stores, issuerOf(file.definition))
    const latest = await stores.catalogue.findLatest(file.definition.slug)
    if (latest?.digest === digest) return { outcome: 'unchanged', achievement: latest }
    const achievement = { ...file.definition, version: (latest?.version ?? 0) + 1, digest, art }
    await addVersion(parts, stores, achievement, actor)
    return { outcome: latest === undefined ? 'new' : 'changed', achievement }
  })
}

async function assertIssuerKnown(stores: Stores, slug: string): Promise<void> {
  if (slug === DEFAULT_ISSUER || (await stores.issuers.find(slug)) !== undefined) return
  throw new IssuerError('ISSUER_UNKNOWN', `There is no issuer “${slug}”; add it first.`, {
    pointer: '/issuer',
  })
}

async function addVersion(
  parts: CatalogueParts,
  stores: Stores,
  achievement: Achievement,
  actor: string,
): Promise<void> {
  const at = toTimestamp(parts.clock.now())
  if (!(await stores.catalogue.addVersion(achievement, at))) {
    throw new IssuerError(
      'STORE_UNAVAILABLE',
      'The achievement was imported at the same time elsewhere; try again.',
    )
  }
  await stores.audit.append({
    at,
    actor,
    action: 'achievement.imported',
    subject: `${achievement.slug}/${achievement.version}`,
    detail: { digest: achievement.digest },
  })
}
