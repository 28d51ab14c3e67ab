/** From the name of a key to the key, bound to the controller that publishes it. */
import { type JsonObject, member, textMember } from '../../domain/json.js'
import {
  findAssertionMethod,
  isForAssertion,
  listsMethod,
  usableKey,
} from '../../domain/published-keys/assertion-method.js'
import { readKeyMaterial } from '../../domain/published-keys/key-material.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import { toFullMethodId } from '../../domain/published-keys/self-describing-dids.js'
import type { ControllerDocuments, ControllerLookup } from '../ports/verifier.js'

export type FoundKey =
  | { readonly kind: 'found'; readonly method: PublishedKey }
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string }
  /** Not here, or not here yet; `sentence` when it is known why. */
  | { readonly kind: 'out-of-reach'; readonly controller: string; readonly sentence?: string }

/** A key in a DID document (DID Core 3.2), or one that an address answers with (OB 3.0 section 8.5). */
const LOOKED_UP = /^(did:[a-z0-9]+:[^\s#]+#\S+|https?:\/\/\S+)$/

/** @param id URL of a verification method; nothing in it is believed, not even a key in its fragment */
export async function findPublishedKey(
  controllers: ControllerDocuments,
  id: string,
  nowMs: number,
): Promise<FoundKey> {
  const methodId = toFullMethodId(id)
  const address = methodId.split('#')[0] ?? ''
  if (!LOOKED_UP.test(methodId)) {
    const sentence = 'The proof does not name a key that can be looked up.'
    return { kind: 'refused', code: 'method-not-listed', sentence }
  }
  const published = await controllers.find(address)
  if (published.kind !== 'found') return notFound(address, published)
  const { document } = published
  const isKeyAlone = textMember(document, 'id') === methodId && hasController(document)
  if (isKeyAlone && /^https?:/.test(methodId))
    return bindKeyDocument(controllers, document, methodId, nowMs)
  return textMember(document, 'id') === address
    ? findAssertionMethod(document, methodId, nowMs)
    : OF_ANOTHER
}

function hasController(document: JsonObject): boolean {
  return member(document, 'controller') !== undefined
}

/**
 * An address answered with a key that names its controller. Anybody can name one: it counts when the
 * controller names the key.
 */
async function bindKeyDocument(
  controllers: ControllerDocuments,
  document: JsonObject,
  methodId: string,
  nowMs: number,
): Promise<FoundKey> {
  const controller = textMember(document, 'controller') ?? ''
  const published = await controllers.find(controller)
  if (published.kind !== 'found') return notFound(controller, published)
  if (textMember(published.document, 'id') !== controller) return OF_ANOTHER
  if (!isForAssertion(published.document, methodId)) {
    const sentence = 'The issuer that the key names does not publish it among its own.'
    return { kind: 'refused', code: 'method-not-listed', sentence }
  }
  const key = usableKey(document, { id: methodId, controller }, readKeyMaterial(document), nowMs)
  const isDescribed = listsMethod(published.document, methodId)
  // What the controller itself says of its key counts too: it may have ended it there alone.
  return key.kind === 'found' && isDescribed
    ? findAssertionMethod(published.document, methodId, nowMs)
    : key
}

const OF_ANOTHER: FoundKey = {
  kind: 'refused',
  code: 'method-controller',
  sentence: 'The document that publishes the key is that of another controller.',
}

function notFound(
  controller: string,
  lookup: Exclude<ControllerLookup, { kind: 'found' }>,
): FoundKey {
  switch (lookup.kind) {
    case 'refused':
      return lookup
    case 'unreachable':
      return { kind: 'out-of-reach', controller, sentence: lookup.sentence }
    case 'wanted':
      return { kind: 'out-of-reach', controller }
  }
}
