/**
 * One id, one place for each type. RDF merges nodes of the same id, so properties can be moved between
 * them without breaking the signature. The pinned contexts define what a rule reads (validUntil,
 * credentialStatus, …) for a type only; so where no two places share a type, nothing that a rule
 * reads can be moved out of its sight.
 */
import { canonicalJson, isJsonObject, type JsonObject, listMember, walkJson } from '../json.js'
import { GateRefusal } from './gate-refusal.js'

/** What was said of one id so far: each content once, and which type it stood under. */
type Description = { readonly contents: Set<string>; readonly types: Set<string> }

/**
 * Checks that two nodes of one id either have the same content or no type in common.
 * @throws GateRefusal `split-node`
 */
export function assertDistinctNodes(root: JsonObject): void {
  const seen = new Map<string, Description>()
  for (const { value, pointer } of walkJson(root)) {
    if (!isJsonObject(value) || isReference(value)) continue
    const id = value['id']
    if (typeof id !== 'string') continue
    const known = seen.get(id) ?? { contents: new Set(), types: new Set() }
    seen.set(id, known)
    const content = canonicalJson(value)
    if (known.contents.has(content)) continue
    const types = typesOf(value)
    if (types.some((type) => known.types.has(type))) {
      const detail = `The id ${id.slice(0, 200)} has different properties in two places.`
      throw new GateRefusal('split-node', detail, pointer)
    }
    known.contents.add(content)
    for (const type of types) known.types.add(type)
  }
}

function isReference(node: JsonObject): boolean {
  return Object.keys(node).every((name) => name === 'id' || name === 'type')
}

/**
 * Classes that only describe: an issuer is often described twice, as issuer and as creator, and
 * one thing may have many endorsers. No rule asks whether a member of theirs is there.
 */
const DESCRIBING = new Set(['Profile', 'EndorsementSubject'])

/** The types that may stand in one place only; nodes without a type count as one kind of their own. */
function typesOf(node: JsonObject): readonly string[] {
  const types = listMember(node, 'type').map(String)
  return types.length === 0 ? [''] : types.filter((type) => !DESCRIBING.has(type))
}
