/** Reads a credential's JSON text, refusing all that could be read in two ways or be dropped. */
import type { ContextSource } from '../../application/ports/independent-check.js'

export type JsonObject = { readonly [name: string]: unknown }

const MAX_DEPTH = 40

/**
 * Parses a credential.
 *
 * Beyond JSON itself it refuses repeated members, lone surrogates, nulls and empty arrays (Open
 * Badges 3.0, appendix A, omits both; RDF would lose them), JSON-LD keywords other than `@context`,
 * and contexts that are not pinned. What is left has one meaning for every JSON-LD processor.
 *
 * @param text the JSON text
 * @param contexts the pinned contexts
 * @returns the credential
 * @throws Error with one sentence for the first fault
 */
export function parseCredential(text: string, contexts: ContextSource): JsonObject {
  const value = parseJson(text)
  if (!isObject(value)) throw new Error('The credential is not a JSON object.')
  refuseRepeatedMembers(text)
  refuseAmbiguity(value, contexts, 0)
  return value
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error('The credential is not JSON.', { cause })
  }
}

/** Walks the tokens of a text already known to be JSON: a colon only ever follows a member name. */
function refuseRepeatedMembers(text: string): void {
  const open: Set<unknown>[] = []
  let latest = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]+|\\.)*"|[{}:]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (token !== ':') latest = token
    else {
      const name: unknown = JSON.parse(latest)
      const members = open.at(-1)
      if (members?.has(name)) throw new Error(`The credential has the member ${latest} twice.`)
      members?.add(name)
    }
  }
}

function refuseAmbiguity(value: unknown, contexts: ContextSource, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error('The credential is nested too deeply.')
  if (value === null) throw new Error('The credential holds a null, which its proof cannot cover.')
  if (typeof value === 'string') refuseLoneSurrogates(value)
  if (Array.isArray(value)) {
    if (value.length === 0) {
      throw new Error('The credential holds an empty array, which its proof cannot cover.')
    }
    for (const item of value) {
      if (Array.isArray(item)) throw new Error('The credential holds an array within an array.')
      refuseAmbiguity(item, contexts, depth + 1)
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      refuseName(name)
      if (name === '@context') refuseUnpinned(member, contexts)
      else refuseAmbiguity(member, contexts, depth + 1)
    }
  }
}

function refuseName(name: string): void {
  refuseLoneSurrogates(name)
  const isKeyword = name.startsWith('@') && name !== '@context'
  if (isKeyword || name === '' || name.startsWith('_:') || name in Object.prototype) {
    throw new Error(`The member ${JSON.stringify(name)} is not allowed in a credential.`)
  }
}

function refuseLoneSurrogates(text: string): void {
  if (/\p{Surrogate}/u.test(text)) {
    throw new Error('The credential holds half a surrogate pair, which is not text.')
  }
}

/** Contexts written into the credential could redefine anything, so only pinned URLs may stand. */
function refuseUnpinned(context: unknown, contexts: ContextSource): void {
  for (const entry of Array.isArray(context) ? context : [context]) {
    if (typeof entry !== 'string') {
      throw new Error('The credential defines terms of its own; only pinned contexts are allowed.')
    }
    if (contexts.find(entry) === undefined) {
      throw new Error(`The JSON-LD context ${entry} is not pinned.`)
    }
  }
}
