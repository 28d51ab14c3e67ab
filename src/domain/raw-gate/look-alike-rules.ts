/**
 * Parts without id that look alike. Canonicalisation tells them apart by trying orders, and where such
 * parts hang on one another the orders multiply: 9 KB can cost a minute. Flat repeats cost nothing.
 * The values of a JSON-LD list hang on one another too.
 */
import {
  canonicalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textMember,
  walkJson,
} from '../json.js'
import { GateRefusal } from './gate-refusal.js'

/** So many alike parts may hang together, and so many may hang together in all. */
const MAX_TOGETHER = 6
const MAX_IN_ALL = 64

/** A part without id: how it looks to who does not know the parts around it, and what it hangs on. */
type Part = { readonly look: string; readonly parent: Part | undefined; readonly pointer: string }

/**
 * Checks that canonical order can be found cheaply.
 * @throws GateRefusal `look-alikes`
 */
export function assertTellableApart(root: JsonObject): void {
  assertListsWithoutRepeats(root)
  const parts = [...partsOf(root, '', '', undefined)]
  const counts = new Map<string, number>()
  for (const { look } of parts) counts.set(look, (counts.get(look) ?? 0) + 1)
  const isAlike = (part: Part | undefined): part is Part => (counts.get(part?.look ?? '') ?? 0) > 1

  const topOf = new Map<Part, Part>()
  const sizes = new Map<Part, number>()
  for (const part of parts.filter(isAlike)) {
    const top = isAlike(part.parent) ? (topOf.get(part.parent) ?? part) : part
    topOf.set(part, top)
    sizes.set(top, (sizes.get(top) ?? 0) + 1)
  }
  const together = [...sizes].filter(([, size]) => size > 1)
  const worst = together.find(([, size]) => size > MAX_TOGETHER)
  const inAll = together.reduce((sum, [, size]) => sum + size, 0)
  if (worst === undefined && inAll <= MAX_IN_ALL) return
  const detail = 'Give these parts an id, or leave the repeated ones out.'
  throw new GateRefusal('look-alikes', detail, (worst ?? together[0])?.[0].pointer)
}

/** Parents come before their children. */
function* partsOf(
  node: JsonObject,
  pointer: string,
  hangsOn: string,
  parent: Part | undefined,
): Generator<Part> {
  const id = textMember(node, 'id')
  const part =
    id === undefined ? { look: `${hangsOn} ${lookOf(node)}`, parent, pointer } : undefined
  if (part !== undefined) yield part
  for (const [name, value] of Object.entries(node)) {
    const items = Array.isArray(value) ? value : [value]
    for (const item of items.filter(isJsonObject)) {
      yield* partsOf(item, `${pointer}/${name}`, `${id ?? ''} ${name}`, part)
    }
  }
}

/** Members with sets in order; parts within by their id, or as something without. */
function lookOf(node: JsonObject): string {
  const members = Object.entries(node).map(([name, value]) => {
    const items = Array.isArray(value) ? value : [value]
    return [name, [...new Set(items.map(lookOfItem))].sort()] as const
  })
  return canonicalJson(Object.fromEntries(members))
}

/** A text may be a reference, so it looks like an object that has it as its id. */
function lookOfItem(item: JsonValue): string {
  if (typeof item === 'string') return `= ${item}`
  if (!isJsonObject(item)) return JSON.stringify(item)
  const id = textMember(item, 'id')
  return id === undefined ? 'a part' : `= ${id}`
}

/** The only member of the pinned contexts whose values are a list, in order. */
const LIST = 'allowedValue'

function assertListsWithoutRepeats(root: JsonObject): void {
  for (const { value, name, pointer } of walkJson(root)) {
    if (name !== LIST || !Array.isArray(value)) continue
    if (new Set(value.map((item) => canonicalJson(item))).size === value.length) continue
    throw new GateRefusal('look-alikes', 'The list names a value twice.', pointer)
  }
}
