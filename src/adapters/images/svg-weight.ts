/** How much a renderer has to draw: a few lines of references can stand for millions of shapes. */

export type WeighedElement = {
  readonly id: string | undefined
  /** Ids that its attributes refer to: as `href`, or as `url(#…)` of a mask, a pattern, a filter … */
  readonly references: readonly string[]
  readonly children: WeighedElement[]
  /** Of the element alone: 1, or more where drawing it is costly. */
  readonly weight: number
}

/**
 * Elements drawn for `root`, each reference counted as all that it refers to. Infinite when something
 * refers to itself; counting ends soon after `limit`.
 */
export function weigh(root: WeighedElement, limit: number): number {
  const known = new Map<WeighedElement, number>()
  const underWay = new Set<WeighedElement>()
  const byId = indexById(root)

  const weightOf = (element: WeighedElement): number => {
    const before = known.get(element)
    if (before !== undefined) return before
    if (underWay.has(element)) return Number.POSITIVE_INFINITY
    underWay.add(element)
    const parts = [...element.children, ...referred(element, byId)]
    let weight = element.weight
    for (const part of parts) if (weight <= limit) weight += weightOf(part)
    underWay.delete(element)
    known.set(element, weight)
    return weight
  }
  return weightOf(root)
}

function referred(
  { references }: WeighedElement,
  byId: ReadonlyMap<string, readonly WeighedElement[]>,
): readonly WeighedElement[] {
  return references.flatMap((id) => byId.get(id) ?? [])
}

/** All that bear an id: whichever of them a renderer takes, it is counted. */
function indexById(root: WeighedElement): ReadonlyMap<string, readonly WeighedElement[]> {
  const byId = new Map<string, WeighedElement[]>()
  const waiting = [root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (element.id !== undefined) byId.set(element.id, [...(byId.get(element.id) ?? []), element])
    waiting.push(...element.children)
  }
  return byId
}
