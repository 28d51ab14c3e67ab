/** Endorsements inside what they endorse (OB 3.0 appendix B, `endorsement` of Achievement and Profile). */
import type { UnsecuredCredential } from './achievement-credential.js'
import { type JsonObject, type JsonValue, walkJson } from './json.js'
import { CREDENTIAL_LIMITS, MAX_EMBEDDED } from './raw-gate/gate-refusal.js'

/** Signed endorsements by what they are about; oldest first. */
export type Endorsements = {
  readonly achievement: readonly JsonObject[]
  readonly issuer: readonly JsonObject[]
}

/** An Achievement or Profile with what others signed about it; without any it stays as it is. */
export function withEndorsements(node: object, endorsements: readonly JsonObject[]): object {
  return endorsements.length === 0 ? node : { ...node, endorsement: endorsements }
}

/** So many values are left for the proofs and for the claims of the token. */
const LEFT_FREE = 40

/**
 * A badge with the endorsements of its achievement and of its issuer. At most 16 are taken, and no more
 * than our own raw gate reads: those of the achievement first, then the issuer's, each oldest first, so
 * that badges of one achievement carry the same ones.
 */
export function embedEndorsements(document: UnsecuredCredential, all: Endorsements): object {
  let room = CREDENTIAL_LIMITS.maxNodes - LEFT_FREE - countValues(document as unknown as JsonObject)
  let places = MAX_EMBEDDED
  const take = (endorsements: readonly JsonObject[]) => {
    const taken: JsonObject[] = []
    for (const endorsement of endorsements) {
      const size = countValues(endorsement)
      if (places === 0 || size > room) break
      places -= 1
      room -= size
      taken.push(endorsement)
    }
    return taken
  }
  const [achievement, issuer] = [take(all.achievement), take(all.issuer)]
  const subject = document.credentialSubject as { readonly achievement: object }
  return {
    ...document,
    issuer: withEndorsements(document.issuer, issuer),
    credentialSubject: {
      ...subject,
      achievement: withEndorsements(subject.achievement, achievement),
    },
  }
}

function countValues(value: JsonValue): number {
  let count = 0
  for (const _place of walkJson(value)) count += 1
  return count
}
