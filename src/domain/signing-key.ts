/** The life of a signing key: pending → active → retired | compromised. */
import { IssuerError } from './issuer-error.js'
import type { JsonObject } from './json.js'
import { lifeOf } from './published-keys/assertion-method.js'
import { parseTimestamp } from './timestamps.js'
import type { TokenVerificationMethod, VerificationMethod } from './verification-method.js'

/** What a key signs with: Ed25519 for embedded proofs, the others for VC-JWT (OB 3.0 section 8.2). */
export const KEY_ALGORITHMS = ['Ed25519', 'ES256', 'RS256'] as const
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number]

/**
 * `pending`: published, not yet signing. `active`: signs. `retired`: signs no more, what it signed stays
 * valid. `compromised`: someone else may hold it.
 */
export type KeyState = 'pending' | 'active' | 'retired' | 'compromised'

/** The public side of one key, with its history. Times are UTC with `Z`. */
export type SigningKey = {
  /** Its name: the Multikey of an Ed25519 or P-256 key, the RFC 7638 thumbprint of an RSA key. */
  readonly keyId: string
  /** Slug of the only issuer that may use it. */
  readonly issuer: string
  readonly algorithm: KeyAlgorithm
  readonly state: KeyState
  /** DID of the issuer while this key signs. */
  readonly controller: string
  /** What signatures name: `<did>#<keyId>`, or an https address that answers with the JWK. */
  readonly methodId: string
  readonly publicKeyJwk: JsonObject
  /** base58btc Multikey; absent for RSA. */
  readonly publicKeyMultibase?: string
  readonly created: string
  readonly activated?: string
  readonly retired?: string
  /** From when on someone else may have signed with it. */
  readonly compromisedSince?: string
}

/** A key that was made and is not recorded yet. */
export type NewKey = Pick<
  SigningKey,
  'keyId' | 'issuer' | 'algorithm' | 'publicKeyJwk' | 'publicKeyMultibase' | 'created'
>

/**
 * The record of a new key.
 * @param did of its issuer; a `did:key` issuer gets a new DID with each Ed25519 key
 * @param activated when it is to sign from now on
 */
export function toSigningKey(
  key: NewKey,
  baseUrl: string,
  did: string,
  activated?: string,
): SigningKey {
  const isEmbedded = key.algorithm === 'Ed25519'
  return {
    ...key,
    controller: did,
    methodId: isEmbedded ? `${did}#${key.keyId}` : `${baseUrl}/keys/${key.keyId}`,
    ...(activated === undefined ? { state: 'pending' } : { state: 'active', activated }),
  }
}

/** What an operator may do to a key. */
export type KeyChange =
  | { readonly kind: 'activate' }
  | { readonly kind: 'retire' }
  | { readonly kind: 'compromise'; readonly since: string }

/**
 * The key after the change.
 * @param at now, UTC with `Z`
 * @throws KEY_STATE_CONFLICT when its state does not allow the change
 */
export function changeKey(key: SigningKey, change: KeyChange, at: string): SigningKey {
  switch (change.kind) {
    case 'activate':
      if (key.state === 'pending') return { ...key, state: 'active', activated: at }
      throw conflict(key, 'only a pending key can be activated')
    case 'retire':
      if (key.state === 'pending' || key.state === 'active')
        return { ...key, state: 'retired', retired: at }
      throw conflict(key, 'only a pending or an active key can be retired')
    case 'compromise':
      return compromise(key, change.since, at)
  }
}

function compromise(key: SigningKey, since: string, at: string): SigningKey {
  if ((parseTimestamp(since) ?? Number.POSITIVE_INFINITY) > (parseTimestamp(at) ?? 0)) {
    throw new IssuerError('REQUEST_INVALID', 'A key cannot be compromised since a future time.')
  }
  if (key.compromisedSince !== undefined && key.compromisedSince <= since) {
    throw conflict(key, `the date can only be moved to before ${key.compromisedSince}`)
  }
  return { ...key, state: 'compromised', compromisedSince: since }
}

function conflict(key: SigningKey, why: string): IssuerError {
  const sentence = `The key ${key.keyId} is ${key.state}; ${why}.`
  return new IssuerError('KEY_STATE_CONFLICT', sentence)
}

/**
 * The keys that stand in the DID document of `did`. The document of a `did:key` is the key itself, so
 * there is room for no other.
 */
export function methodsOf(did: string, keys: readonly SigningKey[]): readonly VerificationMethod[] {
  return keys
    .filter((key) => key.controller === did)
    .filter((key) => key.algorithm === 'Ed25519' || !did.startsWith('did:key:'))
    .map(toVerificationMethod)
    .filter((method) => method !== undefined)
}

/**
 * The keys with which the issuer behind `did` signs tokens, each under its own address. An issuer whose
 * `did:key` changed goes on with them under its new one.
 */
export function tokenMethodsOf(
  did: string,
  keys: readonly SigningKey[],
): readonly TokenVerificationMethod[] {
  const owners = new Set(keys.filter((key) => key.controller === did).map((key) => key.issuer))
  return keys
    .filter((key) => key.algorithm !== 'Ed25519' && owners.has(key.issuer))
    .map((key) => ({
      id: key.methodId,
      controller: did,
      publicKeyJwk: key.publicKeyJwk,
      ...lifeOf(key),
    }))
}

/** The key as a verification method; undefined for a key that has no Multikey form. */
export function toVerificationMethod(key: SigningKey): VerificationMethod | undefined {
  if (key.publicKeyMultibase === undefined) return undefined
  const { retired, compromisedSince, activated } = key
  return {
    id: `${key.controller}#${key.keyId}`,
    controller: key.controller,
    publicKeyMultibase: key.publicKeyMultibase,
    created: key.created,
    ...(activated === undefined ? {} : { activated }),
    ...(retired === undefined ? {} : { retired }),
    ...(compromisedSince === undefined ? {} : { compromisedSince }),
  }
}

/**
 * The published JWK Set (RFC 7517) with every key that signs VC-JWTs, past ones included: `kid` is what
 * tokens name, `iss` whose key it is, and the times are when it was used.
 */
export function toJwks(keys: readonly SigningKey[]): JsonObject {
  return { keys: keys.filter((key) => key.algorithm !== 'Ed25519').map(toJwk) }
}

/**
 * One key as it is served at its own `kid`. A compromised one stays listed, good for no operation
 * (`key_ops`, RFC 7517 section 4.3): whoever stole it could sign tokens of any date.
 */
export function toJwk(key: SigningKey): JsonObject {
  const optional = {
    activated: key.activated,
    retired: key.retired,
    compromisedSince: key.compromisedSince,
  }
  return {
    ...key.publicKeyJwk,
    kid: key.methodId,
    alg: key.algorithm === 'Ed25519' ? 'EdDSA' : key.algorithm,
    ...(key.state === 'compromised' ? { key_ops: [] } : { use: 'sig' }),
    iss: key.controller,
    created: key.created,
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as JsonObject),
  }
}
