/** What a badge of ours says, whatever stands beside it: the same words have the same text. */
import { ED25519_2020_CONTEXT } from './achievement-credential.js'
import { canonicalJson, type JsonObject, listMember } from './json.js'

/**
 * Canonical JSON without proofs: whoever has a key can make new ones, for other words. In a token the badge is
 * without its proofs, and so without the context that they need.
 */
export function issuedContent({ proof: _proof, ...bare }: JsonObject): string {
  const contexts = listMember(bare, '@context').filter((one) => one !== ED25519_2020_CONTEXT)
  return canonicalJson({ ...bare, '@context': contexts })
}
