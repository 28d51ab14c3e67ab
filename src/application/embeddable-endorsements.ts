/** The endorsements that a badge is to carry when it is drafted. */

import type { Achievement } from '../domain/achievement.js'
import { achievementUrl } from '../domain/achievement.js'
import type { Endorsements } from '../domain/embedded-endorsements.js'
import type { JsonObject } from '../domain/json.js'
import { listProofs } from '../domain/proof.js'
import { MAX_EMBEDDED } from '../domain/raw-gate/gate-refusal.js'
import type { Stores } from './ports/stores.js'

/** What stands now of the achievement's version and of its issuer. */
export async function findEndorsements(
  stores: Stores,
  baseUrl: string,
  achievement: Pick<Achievement, 'slug' | 'version'>,
  issuerId: string,
): Promise<Endorsements> {
  const id = achievementUrl(baseUrl, achievement.slug, achievement.version)
  return {
    achievement: await findEmbeddable(stores, id),
    issuer: await findEmbeddable(stores, issuerId),
  }
}

/**
 * The last of each issuer about one subject, as they were signed, at most 16 and oldest first, without
 * those whose key was given up since. One issuer cannot crowd out the others.
 */
export async function findEmbeddable(
  stores: Stores,
  subjectId: string,
): Promise<readonly JsonObject[]> {
  const embeddable: JsonObject[] = []
  for (const { securedJson } of await stores.endorsements.listAbout(subjectId, MAX_EMBEDDED)) {
    const document = JSON.parse(securedJson) as JsonObject
    if (await isKeyTrusted(stores, document)) embeddable.push(document)
  }
  return embeddable
}

async function isKeyTrusted(stores: Stores, document: JsonObject): Promise<boolean> {
  const method = listProofs(document)[0]?.verificationMethod ?? ''
  const key = await stores.keys.findByMethod(method)
  return key !== undefined && key.state !== 'compromised'
}
