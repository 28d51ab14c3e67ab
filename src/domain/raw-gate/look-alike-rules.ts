/**
 * Parts without id that look alike. Canonicalisation tells them apart by trying orders, and where such
 * parts hang on one another the orders multiply: 9 KB can cost a minute. Flat repeats cost nothing.
 */
import {
  canonicalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textMember,
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

function lookOfItem(item: JsonValue): string {
  return isJsonObject(item) ? `id ${textMember(item, 'id') ?? ''}` : JSON.stringify(item)
}
