/** What binds a key to its controller: a document that lists it (Controlled Identifiers 1.0 section 3.3). */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from '../json.js'
import { type KeyMaterial, readKeyMaterial } from './key-material.js'
import { isForSignatures } from './public-jwk.js'
import type { PublishedKey } from './published-key.js'
import { isWeakKey } from './weak-keys.js'

export type MethodLookup =
  | { readonly kind: 'found'; readonly method: PublishedKey }
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string }

/** The methods that a document lists, also those that stand in `assertionMethod` themselves. */
export function listedMethods(document: JsonObject): readonly JsonObject[] {
  const places = ['verificationMethod', 'assertionMethod']
  return places.flatMap((place) => listMember(document, place)).filter(isJsonObject)
}

/** Whether a document describes a method, and does not only refer to it. */
export function listsMethod(document: JsonObject, methodId: string): boolean {
  return listedMethods(document).some((one) => methodIdIn(document, one) === methodId)
}

/** The full id of a method or of a reference to one; ids may stand without their controller (DID Core 3.2.2). */
export function methodIdIn(document: JsonObject, entry: JsonValue): string | undefined {
  const id = typeof entry === 'string' ? entry : textMember(entry, 'id')
  return id?.startsWith('#') ? `${textMember(document, 'id') ?? ''}${id}` : id
}

/** Whether a method is listed as one for claims, by its id or in place. */
export function isForAssertion(document: JsonObject, methodId: string): boolean {
  return listMember(document, 'assertionMethod').some(
    (entry) => methodIdIn(document, entry) === methodId,
  )
}

/**
 * Finds a method in its controller's document and checks that it may sign credentials: listed,
 * controlled by that document's subject, a public key of a known kind, good for `assertionMethod`,
 * neither revoked nor expired.
 */
export function findAssertionMethod(
  document: JsonObject,
  methodId: string,
  nowMs: number,
): MethodLookup {
  const controller = textMember(document, 'id') ?? ''
  const entry = listedMethods(document).find((one) => methodIdIn(document, one) === methodId)
  if (entry === undefined) {
    return refused('method-not-listed', 'The issuer does not publish the key that was used.')
  }
  if (textMember(entry, 'controller') !== controller) {
    return refused('method-controller', 'The key names another controller than its publisher.')
  }
  if (!isForAssertion(document, methodId)) {
    return refused('method-not-for-assertion', 'The issuer does not use this key for badges.')
  }
  return usableKey(entry, { id: methodId, controller }, readKeyMaterial(entry), nowMs)
}

/**
 * The key of an entry that is bound already.
 * @param entry with its dates
 */
export function usableKey(
  entry: JsonObject,
  names: Pick<PublishedKey, 'id' | 'controller'>,
  material: KeyMaterial | undefined,
  nowMs: number,
): MethodLookup {
  if (!isForSignatures(jwkIn(entry)))
    return refused('method-over', 'The issuer says that this key is good for no signature.')
  if (material === undefined) {
    const kinds = 'an Ed25519, P-256, P-384 or RSA key'
    return refused('method-key-form', `The key is not ${kinds} in Multikey or JWK form.`)
  }
  if (isWeakKey(material.publicKeyMultibase ?? '')) {
    return refused('method-key-form', 'The key is one under which anybody can sign.')
  }
  if (isOver(entry, 'revoked', nowMs) || isOver(entry, 'expires', nowMs)) {
    return refused('method-over', 'The issuer has ended the life of this key.')
  }
  return { kind: 'found', method: { ...names, ...material, ...lifeOf(entry) } }
}

/** Of a method, or of a JWK that stands alone. */
function jwkIn(entry: JsonObject): JsonObject {
  const jwk = member(entry, 'publicKeyJwk')
  return isJsonObject(jwk) ? jwk : entry
}

type Life = Pick<PublishedKey, 'created' | 'activated' | 'retired' | 'compromisedSince'>

/** When it was used, as far as its controller says. */
export function lifeOf(entry: unknown): Life {
  const names = ['created', 'activated', 'retired', 'compromisedSince'] as const
  const times = names.map((name) => [name, textMember(entry, name)] as const)
  return Object.fromEntries(times.filter(([, time]) => time !== undefined)) as Life
}

/** True when the member is there and not a date in the future: an unreadable date counts as past. */
function isOver(entry: unknown, name: string, nowMs: number): boolean {
  const value = member(entry, name)
  if (value === undefined) return false
  return typeof value !== 'string' || !(Date.parse(value.slice(0, 40)) > nowMs)
}

function refused(code: string, sentence: string): MethodLookup {
  return { kind: 'refused', code, sentence }
}
