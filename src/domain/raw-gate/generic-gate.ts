/**
 * The raw gate for credentials of any kind and for presentations. Their vocabulary is not known beforehand, so
 * contexts may be written into them; what matters to a verifier is looked for in the RDF as well
 * (`domain/hidden-members.ts`). Limits, one spelling of each JSON member, dates, ids and proofs are as for badges.
 */
import { IssuerError } from '../issuer-error.js'
import { isJsonObject, type JsonObject, type JsonValue, pointerTo } from '../json.js'
import { CREDENTIAL_LIMITS, type GateLimits, GateRefusal } from './gate-refusal.js'
import { assertHidesNothing } from './inline-context-rules.js'
import { assertTellableApart } from './look-alike-rules.js'
import { assertProofs, withUnreadProofsNamed } from './proof-rules.js'
import { scanJson } from './scan-json.js'
import { assertValueForm } from './value-rules.js'

/** Only `@vocab`: it lets examples of the standards say what they like (VC Data Model 2.0 appendix B.2). */
export const EXAMPLES_CONTEXT = 'https://www.w3.org/ns/credentials/examples/v2'

/** A presentation holds several credentials. */
export const PRESENTATION_LIMITS: GateLimits = { ...CREDENTIAL_LIMITS, maxNodes: 6000 }

export type GenericGateOptions = {
  readonly pinnedContexts: ReadonlySet<string>
  /** Whether a credential or a presentation, which has credentials with contexts of their own in it. */
  readonly kind: 'credential' | 'presentation'
}

/**
 * Passes the bytes of one document through every rule. A document without proof passes too.
 * @throws GateRefusal naming the first rule that is broken
 * @throws IssuerError CONTEXT_NOT_PINNED for the address of a context that is not kept here
 */
export function gateGeneric(bytes: Uint8Array, options: GenericGateOptions): JsonObject {
  const isCredential = options.kind === 'credential'
  const value = scanJson(bytes, isCredential ? CREDENTIAL_LIMITS : PRESENTATION_LIMITS)
  if (!isJsonObject(value)) throw new GateRefusal('not-an-object', 'Send one JSON object.')
  const document = withUnreadProofsNamed(value)
  const content = withoutContexts(document, '', options)
  assertValues(content, '', '')
  const { proof, ...signed } = content
  assertTellableApart(signed)
  if (proof !== undefined) assertProofs(content)
  return document
}

const KEYWORDS = new Set(['@value', '@language', '@direction'])
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype', ''])
const MAX_CONTEXTS = 16
const PRESENTED = /^\/verifiableCredential(\/\d+)?$/

/** The content alone; contexts have rules of their own and stand at the top of a credential only. */
function withoutContexts(
  node: JsonObject,
  pointer: string,
  options: GenericGateOptions,
): JsonObject {
  const members = Object.entries(node).flatMap(([name, value]): [string, JsonValue][] => {
    const place = pointerTo(pointer, name)
    if (name === '@context') {
      assertContexts(value, pointer, options)
      return []
    }
    if (FORBIDDEN_NAMES.has(name) || (name.startsWith('@') && !KEYWORDS.has(name))) {
      const detail = `The member “${name.slice(0, 60)}” is not allowed.`
      throw new GateRefusal('key-not-allowed', detail, pointer)
    }
    return [[name, withoutContextsBelow(value, place, options)]]
  })
  return Object.fromEntries(members)
}

function withoutContextsBelow(
  value: JsonValue,
  pointer: string,
  options: GenericGateOptions,
): JsonValue {
  if (Array.isArray(value))
    return value.map((item, index) =>
      withoutContextsBelow(item, pointerTo(pointer, index), options),
    )
  return isJsonObject(value) ? withoutContexts(value, pointer, options) : value
}

function assertContexts(contexts: JsonValue, pointer: string, options: GenericGateOptions): void {
  const isPresented = options.kind === 'presentation' && PRESENTED.test(pointer)
  const place = pointerTo(pointer, '@context')
  if (pointer !== '' && !isPresented)
    throw new GateRefusal('context-not-allowed', 'Contexts stand at the top only.', place)
  const list = Array.isArray(contexts) ? contexts : [contexts]
  if (list.length > MAX_CONTEXTS)
    throw new GateRefusal('context-not-allowed', `Name at most ${MAX_CONTEXTS} contexts.`, place)
  for (const [index, context] of list.entries()) {
    if (isJsonObject(context)) {
      assertHidesNothing(context, pointerTo(place, index))
      continue
    }
    if (typeof context !== 'string')
      throw new GateRefusal('context-not-allowed', 'A context is a URL or an object.', place)
    if (options.pinnedContexts.has(context)) continue
    throw new IssuerError(
      'CONTEXT_NOT_PINNED',
      `The context ${context.slice(0, 200)} is not one that this service keeps; it loads no contexts from the network.`,
      { pointer: pointerTo(place, index), rule: 'context-not-allowed' },
    )
  }
}

/** Dates, ids and types, by the name of their member; a language value names no type of its own. */
function assertValues(value: JsonValue, pointer: string, name: string): void {
  assertValueForm({ value, pointer, name })
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assertValues(item, pointerTo(pointer, index), name)
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value))
      assertValues(item, pointerTo(pointer, key), key)
  }
}
