/** Hands out blank node labels in order, and remembers them (RDFC-1.0, sections 4.3 and 4.5). */
export class IdentifierIssuer {
  readonly #prefix: string
  readonly #labels: Map<string, string>

  constructor(prefix: string, labels: ReadonlyMap<string, string> = new Map()) {
    this.#prefix = prefix
    this.#labels = new Map(labels)
  }

  /** The label of a blank node, issuing the next one when it has none. */
  issue(blankNode: string): string {
    const known = this.#labels.get(blankNode)
    if (known !== undefined) return known
    const label = `${this.#prefix}${this.#labels.size}`
    this.#labels.set(blankNode, label)
    return label
  }

  /** The label of a blank node, when it has one. */
  find(blankNode: string): string | undefined {
    return this.#labels.get(blankNode)
  }

  /** The blank nodes that have a label, in the order in which they got it. */
  issued(): readonly string[] {
    return [...this.#labels.keys()]
  }

  copy(): IdentifierIssuer {
    return new IdentifierIssuer(this.#prefix, this.#labels)
  }
}
