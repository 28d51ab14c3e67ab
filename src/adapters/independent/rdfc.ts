/**
 * RDFC-1.0, the RDF Dataset Canonicalization algorithm (W3C Recommendation, 21 May 2024), written
 * from the recommendation. The names follow its sections.
 */
import { IdentifierIssuer } from './identifier-issuer.js'
import { compareCodePoints, type Quad, writeQuad } from './n-quads.js'
import {
  append,
  blankNodesOf,
  hashFirstDegreeQuads,
  hashNDegreeQuads,
  inHashOrder,
  type Labelled,
  type State,
  sortedText,
} from './rdfc-hashes.js'

/**
 * Steps of Hash N-Degree Quads allowed for one dataset: enough for any real credential, whose blank
 * nodes differ in what they say, and used up in well under a second by a dataset made to be slow.
 */
const MAX_WORK = 50_000

/**
 * Canonicalises a dataset (section 4.4).
 *
 * @param input quads in any order, with any blank node labels; repeated quads count once
 * @param maxWork steps allowed before it gives up
 * @returns canonical N-Quads, one line per quad, sorted by code point
 * @throws Error when the dataset needs more steps, or holds a term that cannot be written
 */
export function canonicalise(input: Iterable<Quad>, maxWork = MAX_WORK): string {
  const quads = withoutRepeats(input)
  const canonicalIssuer = new IdentifierIssuer('c14n')
  const firstDegreeHashes = new Map<string, string>()
  const state = {
    quadsOf: byBlankNode(quads),
    canonicalIssuer,
    firstDegreeHashes,
    workLeft: maxWork,
  }

  const ambiguous: string[][] = []
  for (const identifiers of groupByFirstDegreeHash(state)) {
    const [only, ...others] = identifiers
    if (only !== undefined && others.length === 0) canonicalIssuer.issue(only)
    else ambiguous.push(identifiers)
  }
  for (const identifiers of ambiguous) labelAlike(identifiers, state)

  const label = (blankNode: string) => `_:${canonicalIssuer.issue(blankNode)}`
  return sortedText(quads.map((quad) => writeQuad(quad, label)))
}

function withoutRepeats(input: Iterable<Quad>): Quad[] {
  const label = (blankNode: string) => `_:${blankNode}`
  return [...new Map([...input].map((quad) => [writeQuad(quad, label), quad])).values()]
}

/** Section 4.4.3, step 2: the quads in which each blank node occurs. */
function byBlankNode(quads: readonly Quad[]): Map<string, Quad[]> {
  const quadsOf = new Map<string, Quad[]>()
  for (const quad of quads) {
    for (const identifier of new Set(blankNodesOf(quad).map(([, node]) => node))) {
      append(quadsOf, identifier, quad)
    }
  }
  return quadsOf
}

/** Section 4.4.3, step 3: blank nodes that share a first degree hash, in the order of the hashes. */
function groupByFirstDegreeHash(state: State): string[][] {
  const groups = new Map<string, string[]>()
  for (const identifier of state.quadsOf.keys()) {
    append(groups, hashFirstDegreeQuads(identifier, state), identifier)
  }
  return inHashOrder(groups).map(([, identifiers]) => identifiers)
}

/** Section 4.4.3, step 5: labels blank nodes whose own quads do not tell them apart. */
function labelAlike(identifiers: readonly string[], state: State): void {
  const paths: Labelled[] = []
  for (const identifier of identifiers) {
    if (state.canonicalIssuer.find(identifier) !== undefined) continue
    const issuer = new IdentifierIssuer('b')
    issuer.issue(identifier)
    paths.push(hashNDegreeQuads(identifier, issuer, state))
  }
  paths.sort((a, b) => compareCodePoints(a.hash, b.hash))
  for (const { issuer } of paths) {
    for (const identifier of issuer.issued()) state.canonicalIssuer.issue(identifier)
  }
}
