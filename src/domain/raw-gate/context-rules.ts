/** Contexts: only pinned ones, each once, in one order, and only at the top of a credential. */
import { VC1_CONTEXT, VC2_CONTEXT } from '../achievement-credential.js'
import { isEnvelope } from '../envelope.js'
import { IssuerError } from '../issuer-error.js'
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  pointerTo,
  walkJson,
} from '../json.js'
import { GateRefusal } from './gate-refusal.js'
import { assertSameContexts } from './proof-rules.js'

const OB3 = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.0\.\d)?\.json$/
const EMBEDDED = /\/endorsement(\/\d+)?$/

/** Whether an object at this pointer is a credential: the root, or an embedded endorsement. */
export function isCredentialRoot(pointer: string): boolean {
  return pointer === '' || EMBEDDED.test(pointer)
}

/** Whether it stands in the place of an embedded credential, and holds a token instead. */
export function isEmbeddedEnvelope(value: JsonValue, pointer: string): value is JsonObject {
  return EMBEDDED.test(pointer) && isEnvelope(value)
}

/**
 * Checks `@context` of the credential and of every embedded credential.
 * @param isBadge whether that of Open Badges must be the second
 * @throws GateRefusal `context-not-allowed`
 * @throws IssuerError CONTEXT_NOT_PINNED with the URL and its pointer
 */
export function assertContexts(
  root: JsonObject,
  pinned: ReadonlySet<string>,
  isBadge: boolean,
): void {
  for (const { value, pointer } of walkJson(root)) {
    if (!isJsonObject(value) || !isCredentialRoot(pointer)) continue
    if (isEmbeddedEnvelope(value, pointer)) assertOfEnvelope(value, pointer)
    else assertSequence(member(value, '@context'), pointerTo(pointer, '@context'), pinned, isBadge)
    if (pointer !== '') assertProofContexts(value, pointer)
  }
}

/** Of an embedded credential; those of the document have rules of their own. */
function assertProofContexts(credential: JsonObject, pointer: string): void {
  for (const proof of listMember(credential, 'proof'))
    assertSameContexts(credential, proof, pointerTo(pointer, 'proof'))
}

/** An envelope says nothing in the words of Open Badges (VC Data Model 2.0 section 4.13). */
function assertOfEnvelope(envelope: JsonObject, pointer: string): void {
  const contexts = listMember(envelope, '@context')
  if (contexts.length === 1 && contexts[0] === VC2_CONTEXT) return
  const detail = 'The only context of an envelope must be that of the VC Data Model 2.0.'
  throw refuse(detail, pointerTo(pointer, '@context'))
}

function assertSequence(
  contexts: JsonValue | undefined,
  pointer: string,
  pinned: ReadonlySet<string>,
  isBadge: boolean,
): void {
  if (!Array.isArray(contexts)) throw refuse('“@context” must be a list of URLs.', pointer)
  for (const [index, url] of contexts.entries()) {
    if (typeof url !== 'string') {
      throw new GateRefusal(
        'context-inline',
        'Contexts written into the document are not accepted.',
        pointerTo(pointer, index),
      )
    }
    if (!pinned.has(url)) throw notPinned(url, pointerTo(pointer, index))
  }
  if (new Set(contexts).size !== contexts.length) throw refuse('A context is named twice.', pointer)
  const [first, second, ...rest] = contexts as string[]
  if (first !== VC2_CONTEXT && first !== VC1_CONTEXT) {
    throw refuse('The first context must be that of the VC Data Model, 2.0 or 1.1.', pointer)
  }
  if (isBadge && (second === undefined || !OB3.test(second))) {
    throw refuse('The second context must be that of Open Badges 3.0.', pointer)
  }
  if (rest.some((url) => OB3.test(url) || url === VC1_CONTEXT || url === VC2_CONTEXT)) {
    throw refuse('Versions of one context must not be mixed.', pointer)
  }
}

function refuse(detail: string, pointer: string): GateRefusal {
  return new GateRefusal('context-not-allowed', detail, pointer)
}

function notPinned(url: string, pointer: string): IssuerError {
  return new IssuerError(
    'CONTEXT_NOT_PINNED',
    `The context ${url.slice(0, 200)} is not one that this service keeps; it loads no contexts from the network.`,
    { pointer, rule: 'context-not-allowed' },
  )
}
