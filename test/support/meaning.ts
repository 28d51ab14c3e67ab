/** The oracle for tampered badges: do two documents say the same, and in the same way? */
import jsonld from 'jsonld'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js'

const loader = loadPinnedContexts().then((contexts) => createDocumentLoader(contexts))

/**
 * What a document says without its proofs: its JSON-LD compacted with its own contexts, as text in
 * which sets have no order. Two texts differ when the documents mean something different, or when a
 * processor would drop a part of one.
 */
export async function compactedForm(document: JsonObject): Promise<string> {
  const { proof: _proof, '@context': context = [], ...members } = document
  const compacted = await jsonld.compact({ '@context': context, ...members }, context as object, {
    documentLoader: await loader,
    base: null,
    safe: false,
  })
  return writtenForm(compacted as JsonObject)
}

/** How a document says it, without proofs and contexts: its JSON, in which sets have no order. */
export function writtenForm(document: JsonObject): string {
  const { proof: _proof, '@context': _context, ...members } = document
  return JSON.stringify(normalise(members, ''))
}

/** The only member of the pinned contexts that is a list rather than a set. */
const LISTS = new Set(['allowedValue'])

function normalise(value: JsonValue, name: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      Array.isArray(item) ? { 'list in a list': normalise(item, name) } : normalise(item, name),
    )
    return LISTS.has(name) ? items : toSet(items)
  }
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).filter(([key]) => key !== '@context')
  entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, normalise(item, key)]))
}

/** Without order and repetition; a set of one is its item. */
function toSet(items: readonly unknown[]): unknown {
  const texts = [...new Set(items.map((item) => JSON.stringify(item)))].sort()
  const set = texts.map((text): unknown => JSON.parse(text))
  return set.length === 1 ? set[0] : set
}
