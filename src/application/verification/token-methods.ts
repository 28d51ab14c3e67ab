/** The keys in a controller document or a JWK that may sign tokens for its owner. */
import { type JsonObject, textMember } from '../../domain/json.js'
import {
  findAssertionMethod,
  listedMethods,
  listsMethod,
  type MethodLookup,
  methodIdIn,
  usableKey,
} from '../../domain/published-keys/assertion-method.js'
import { readJwk } from '../../domain/published-keys/key-material.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import { isPrivateJwk } from '../../domain/token-header.js'

export function refuse(
  code: string,
  sentence: string,
): MethodLookup & { readonly kind: 'refused' } {
  return { kind: 'refused', code, sentence }
}

/** Every method of a controller document, with what speaks against it. */
export function methodsIn(
  document: JsonObject,
  controller: string,
  nowMs: number,
): readonly MethodLookup[] {
  return listedMethods(document).map((entry) =>
    judge(document, controller, methodIdIn(document, entry) ?? '', nowMs),
  )
}

/** @returns undefined when the document does not list the method */
export function findIn(
  document: JsonObject,
  controller: string,
  methodId: string,
  nowMs: number,
): MethodLookup | undefined {
  return listsMethod(document, methodId) ? judge(document, controller, methodId, nowMs) : undefined
}

function judge(
  document: JsonObject,
  controller: string,
  methodId: string,
  nowMs: number,
): MethodLookup {
  if (textMember(document, 'id') !== controller) {
    const sentence = 'The document that publishes the key is that of another controller.'
    return refuse('method-controller', sentence)
  }
  return findAssertionMethod(document, methodId, nowMs)
}

/** A JWK that may verify signatures (RFC 7517 section 4), and whose private half is not published. */
export function readKeyAt(
  jwk: JsonObject,
  named: Pick<PublishedKey, 'id' | 'controller'>,
  nowMs: number,
): MethodLookup {
  if (isPrivateJwk(jwk))
    return refuse('method-key-form', 'The private half of the key is published: anybody can sign.')
  return usableKey(jwk, named, readJwk(jwk), nowMs)
}
