/** The key in a verification method, in whichever of the two forms it stands there. */
import { isJsonObject, member, textMember } from '../json.js'
import { decodeBase64url } from './key-encodings.js'
import { multikeyType, toEd25519Multikey } from './multikey.js'
import { bareJwk, hasPrivateHalf, publicJwkType } from './public-jwk.js'
import type { PublishedKey } from './published-key.js'

export type KeyMaterial = Pick<PublishedKey, 'keyType' | 'publicKeyMultibase' | 'publicKeyJwk'>

/**
 * Reads `publicKeyMultibase`, or else `publicKeyJwk`. An Ed25519 key always comes as a Multikey, so that
 * one key has one name.
 * @returns undefined when neither is a public key of a known kind, or the private half stands beside it
 */
export function readKeyMaterial(method: unknown): KeyMaterial | undefined {
  if (hasPrivateHalf(member(method, 'publicKeyJwk'))) return undefined
  const publicKeyMultibase = textMember(method, 'publicKeyMultibase')
  if (publicKeyMultibase !== undefined) {
    const keyType = multikeyType(publicKeyMultibase)
    return keyType && { keyType, publicKeyMultibase }
  }
  return readJwk(member(method, 'publicKeyJwk'))
}

/** The same of a JWK that stands alone. */
export function readJwk(jwk: unknown): KeyMaterial | undefined {
  const keyType = publicJwkType(jwk)
  if (keyType === undefined || !isJsonObject(jwk)) return undefined
  const raw = keyType === 'Ed25519' ? decodeBase64url(textMember(jwk, 'x') ?? '') : undefined
  return raw === undefined
    ? { keyType, publicKeyJwk: bareJwk(jwk) }
    : { keyType, publicKeyMultibase: toEd25519Multikey(raw), publicKeyJwk: bareJwk(jwk) }
}
