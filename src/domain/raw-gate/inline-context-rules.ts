/**
 * What a context that is written into a document must not say. It may name things; but with some keywords a
 * member leaves no trace in the RDF, or leaves it elsewhere, so that the JSON says what nobody signed.
 */
import { type JsonObject, type JsonValue, walkJson } from '../json.js'
import { GateRefusal } from './gate-refusal.js'

/** Second names for these hide a member or its place (JSON-LD 1.1 section 4.2 and 4.6). */
const HIDING: ReadonlySet<JsonValue> = new Set([
  '@context',
  '@default',
  '@graph',
  '@import',
  '@included',
  '@index',
  '@list',
  '@nest',
  '@none',
  '@preserve',
  '@reverse',
  '@set',
])
/** Term definitions with these do the same. */
const HIDING_MEMBERS = ['@import', '@index', '@nest', '@reverse']

/**
 * @param place RFC 6901 pointer to the context
 * @throws GateRefusal `context-inline`
 */
export function assertHidesNothing(context: JsonObject, place: string): void {
  for (const { value, name, pointer } of walkJson(context)) {
    const isHiding =
      HIDING_MEMBERS.includes(name) ||
      (name === '@container' ? value === '@index' : HIDING.has(value) && !isTypeNone(name, value))
    if (!isHiding) continue
    const detail = 'A context that is written into the document may name things, and hide none.'
    throw new GateRefusal('context-inline', detail, `${place}${pointer}`)
  }
}

/** `@type: @none` says no more than leaving it out. */
function isTypeNone(name: string, value: JsonValue): boolean {
  return name === '@type' && value === '@none'
}
