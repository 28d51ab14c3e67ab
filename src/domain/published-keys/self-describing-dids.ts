/** DIDs that hold their own key: did:key (W3C CCG, 0.9) and did:jwk. Nothing is looked up for them. */
import { isJsonObject, type JsonObject, member } from '../json.js'
import { decodeBase64url } from './key-encodings.js'
import { multikeyType } from './multikey.js'
import { publicJwkType } from './public-jwk.js'

const DID_CONTEXT = 'https://www.w3.org/ns/did/v1'
const KEY = 'did:key:'
const JWK = 'did:jwk:'

/** An RSA key of 8192 bit takes 1,900. */
const MAX_JWK_CHARS = 4096

/** The DID document that a `did:key` stands for, or undefined when it is none that can be checked here. */
export function resolveDidKey(did: string): JsonObject | undefined {
  const multibase = did.startsWith(KEY) ? did.slice(KEY.length) : ''
  if (multikeyType(multibase) === undefined) return undefined
  const context = 'https://w3id.org/security/multikey/v1'
  return toDocument(did, context, multibase, { type: 'Multikey', publicKeyMultibase: multibase })
}

/** The same of a `did:jwk`: base64url of a JWK; its one method is called `#0`. */
export function resolveDidJwk(did: string): JsonObject | undefined {
  const encoded = did.startsWith(JWK) ? did.slice(JWK.length) : ''
  const publicKeyJwk = encoded.length > MAX_JWK_CHARS ? undefined : parseJwk(encoded)
  if (publicKeyJwk === undefined || publicJwkType(publicKeyJwk) === undefined) return undefined
  const context = 'https://w3id.org/security/jwk/v1'
  return toDocument(did, context, '0', { type: 'JsonWebKey', publicKeyJwk })
}

/** The name of the only key of such a DID that is named without one; any other name as it is. */
export function toFullMethodId(id: string): string {
  if (id.startsWith(KEY) && multikeyType(id.slice(KEY.length)) !== undefined)
    return `${id}#${id.slice(KEY.length)}`
  return id.startsWith(JWK) && !id.includes('#') ? `${id}#0` : id
}

function parseJwk(encoded: string): JsonObject | undefined {
  const bytes = decodeBase64url(encoded)
  if (bytes === undefined) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isJsonObject(value) && member(value, 'kty') !== undefined ? value : undefined
  } catch {
    return undefined
  }
}

function toDocument(did: string, context: string, name: string, key: JsonObject): JsonObject {
  const id = `${did}#${name}`
  return {
    '@context': [DID_CONTEXT, context],
    id: did,
    verificationMethod: [{ id, controller: did, ...key }],
    assertionMethod: [id],
    authentication: [id],
  }
}
