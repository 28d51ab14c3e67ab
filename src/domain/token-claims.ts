/** The claims of a VC-JWT: members of the credential, said once more for readers of tokens. */
import { ED25519_2020_CONTEXT } from './achievement-credential.js'
import { type JsonObject, listMember, member, textMember } from './json.js'
import { parseTimestamp } from './timestamps.js'

/**
 * The payload of the VC-JWT for a credential (OB 3.0 section 8.2): the credential itself with `iss`,
 * `jti`, `nbf`, `sub` and, if it ends, `exp`. The context of an embedded proof has no place in it.
 */
export function toTokenPayload(credential: JsonObject): JsonObject {
  const contexts = listMember(credential, '@context').filter((one) => one !== ED25519_2020_CONTEXT)
  const until = member(credential, 'validUntil')
  return {
    ...credential,
    '@context': contexts,
    iss: textMember(member(credential, 'issuer'), 'id') ?? '',
    jti: textMember(credential, 'id') ?? '',
    nbf: toNumericDate(member(credential, 'validFrom')),
    sub: textMember(member(credential, 'credentialSubject'), 'id') ?? '',
    ...(until === undefined ? {} : { exp: toNumericDate(until) }),
  }
}

/** RFC 7519 section 2: seconds since the epoch. */
function toNumericDate(time: unknown): number {
  const ms = parseTimestamp(time)
  if (ms === undefined) throw new TypeError('a linted credential has dates with a timezone')
  return Math.floor(ms / 1000)
}
