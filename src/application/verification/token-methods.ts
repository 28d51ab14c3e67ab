/** The keys in a controller document or a JWK that may sign tokens for its owner. */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from '../../domain/json.js'
import type { KeyType, PublishedKey } from '../../domain/published-key.js'
import { isPrivateJwk } from '../../domain/token-header.js'
import { isOver, lifeOf, type MethodLookup } from '../../domain/verification-method.js'
import type { TokenVerifier } from '../ports/proofs.js'
import { isWeakKey } from './weak-keys.js'

export type Lookup = MethodLookup

type NameOf = TokenVerifier['nameOf']

export function refuse(code: string, sentence: string): Lookup & { readonly kind: 'refused' } {
  return { kind: 'refused', code, sentence }
}

/** Every method of a controller document, with what speaks against it (Controlled Identifiers 1.0 section 3.3). */
export function methodsIn(
  document: JsonObject,
  controller: string,
  nowMs: number,
  nameOf: NameOf,
): readonly Lookup[] {
  return entriesOf(document).map((entry) => judge(document, controller, entry, nowMs, nameOf))
}

/** @returns undefined when the document does not list the method */
export function findIn(
  document: JsonObject,
  controller: string,
  methodId: string,
  nowMs: number,
  nameOf: NameOf,
): Lookup | undefined {
  const entry = entriesOf(document).find((one) => idOf(one, controller) === methodId)
  return entry && judge(document, controller, entry, nowMs, nameOf)
}

/** A method may also be written where it is used. */
function entriesOf(document: JsonObject): readonly JsonObject[] {
  const names = ['verificationMethod', 'assertionMethod']
  return names.flatMap((name) => listMember(document, name)).filter(isJsonObject)
}

/** Ids may be relative to the document. */
function idOf(entry: JsonValue, controller: string): string | undefined {
  const id = isJsonObject(entry) ? textMember(entry, 'id') : entry
  return typeof id !== 'string' ? undefined : id.startsWith('#') ? `${controller}${id}` : id
}

function judge(
  document: JsonObject,
  controller: string,
  entry: JsonObject,
  nowMs: number,
  nameOf: NameOf,
): Lookup {
  const id = idOf(entry, controller) ?? ''
  if (textMember(document, 'id') !== controller) {
    const sentence = 'The document that publishes the key is that of another controller.'
    return refuse('method-controller', sentence)
  }
  if (textMember(entry, 'controller') !== controller)
    return refuse('method-controller', 'The key names another controller than its publisher.')
  if (!listMember(document, 'assertionMethod').some((one) => idOf(one, controller) === id))
    return refuse('method-not-for-assertion', 'The issuer does not use this key for badges.')
  if (isOver(entry, 'revoked', nowMs) || isOver(entry, 'expires', nowMs))
    return refuse('method-over', 'The issuer has ended the life of this key.')
  const named = { id, controller, ...lifeOf(entry) }
  const [jwk, multikey] = [member(entry, 'publicKeyJwk'), textMember(entry, 'publicKeyMultibase')]
  if (isJsonObject(jwk) && multikey === undefined) return readJwk(jwk, named, nameOf)
  return toLookup({ ...named, publicKeyMultibase: multikey ?? '' }, nameOf)
}

type Named = Omit<PublishedKey, 'keyType' | 'publicKeyJwk' | 'publicKeyMultibase'>

/** A JWK that may verify signatures (RFC 7517 section 4), and whose private half is not published. */
export function readJwk(jwk: JsonObject, named: Named, nameOf: NameOf): Lookup {
  if (isPrivateJwk(jwk))
    return refuse('method-key-form', 'The private half of the key is published: anybody can sign.')
  const operations = member(jwk, 'key_ops')
  const isForSigning =
    [undefined, 'sig'].includes(textMember(jwk, 'use')) &&
    (operations === undefined || listMember(jwk, 'key_ops').includes('verify'))
  if (!isForSigning)
    return refuse('method-over', 'The issuer says that this key is good for no signature.')
  return toLookup({ ...lifeOf(jwk), ...named, publicKeyJwk: jwk }, nameOf)
}

function toLookup(key: Omit<PublishedKey, 'keyType'>, nameOf: NameOf): Lookup {
  const name = nameOf(key)
  if (name === undefined || isWeakKey(name))
    return refuse('method-key-form', 'The key is none that can be used here, or too weak.')
  return { kind: 'found', method: { ...key, keyType: typeOf(name) } }
}

/** The names of keys tell their kind: a Multikey by its header, anything else is RSA. */
function typeOf(name: string): KeyType {
  if (/^z6Mk.{44}$/.test(name)) return 'Ed25519'
  return /^zDn.{46}$/.test(name) ? 'P-256' : 'RSA'
}
