/** Lets jsonld share the term tables it never changes, where it would copy them for every node. */
import jsonld from 'jsonld'

/** What jsonld 9 keeps of a processed context; a copy inherits both methods. */
type TermTable = {
  mappings: Map<string, unknown>
  protected: Readonly<Record<string, boolean>>
  previousContext?: TermTable | undefined
  clone(this: TermTable): TermTable
  revertToPreviousContext(this: TermTable): TermTable
}

/**
 * Replaces how jsonld copies a processed context, in this process and for every library that uses
 * it: the map of terms is new, but the definitions in it are the same objects (jsonld makes a new
 * one for every change), and going back to an earlier context gives that context itself. An
 * instance of another shape is left as it is.
 *
 * @param processor an instance of jsonld
 * @returns whether it shares from now on
 * @see docs/decisions/0020-shared-term-tables.md
 */
export async function shareTermTables(processor: typeof jsonld): Promise<boolean> {
  const initial = await processor.processContext(null, null, {})
  if (!isTermTable(initial)) return false
  const copyAll = initial.clone
  initial.clone = function copyShallowly() {
    const shared = {
      mappings: new Map(this.mappings),
      protected: { ...this.protected },
      previousContext: this.previousContext,
    }
    const rest = { ...this, mappings: new Map(), protected: {}, previousContext: undefined }
    return Object.assign(copyAll.call(rest), shared)
  }
  initial.revertToPreviousContext = function previousItself() {
    return this.previousContext ?? this
  }
  return true
}

function isTermTable(value: object): value is TermTable {
  const table = value as Partial<Record<keyof TermTable, unknown>>
  return (
    table.mappings instanceof Map &&
    typeof table.protected === 'object' &&
    typeof table.clone === 'function' &&
    typeof table.revertToPreviousContext === 'function'
  )
}

await shareTermTables(jsonld)
