/** The three hashes of RDFC-1.0 (sections 4.6 to 4.8), and the state they work on. */
import { createHash } from 'node:crypto'
import type { IdentifierIssuer } from './identifier-issuer.js'
import { compareCodePoints, type Quad, type Term, writeQuad } from './n-quads.js'

/** The canonicalization state of section 4.3, and what is left of the work allowed. */
export type State = {
  readonly quadsOf: ReadonlyMap<string, readonly Quad[]>
  readonly canonicalIssuer: IdentifierIssuer
  readonly firstDegreeHashes: Map<string, string>
  workLeft: number
}

type Position = 's' | 'o' | 'g'

/** A hash, and the labels issued on the way to it. */
export type Labelled = { readonly hash: string; readonly issuer: IdentifierIssuer }

/** The blank nodes of a quad with their positions: subject, object or graph name. */
export function blankNodesOf(quad: Quad): [Position, string][] {
  const places: [Position, Term][] = [
    ['s', quad.subject],
    ['o', quad.object],
    ['g', quad.graph],
  ]
  return places
    .filter(([, term]) => term.termType === 'BlankNode')
    .map(([position, term]) => [position, term.value])
}

/**
 * Hash First Degree Quads (section 4.6): what a blank node's own quads say of it.
 *
 * @returns lower-case hex SHA-256
 */
export function hashFirstDegreeQuads(identifier: string, state: State): string {
  const known = state.firstDegreeHashes.get(identifier)
  if (known !== undefined) return known
  const label = (blankNode: string) => (blankNode === identifier ? '_:a' : '_:z')
  const mentions = state.quadsOf.get(identifier) ?? []
  const hash = sha256(sortedText(mentions.map((quad) => writeQuad(quad, label))))
  state.firstDegreeHashes.set(identifier, hash)
  return hash
}

/** Hash Related Blank Node (section 4.7). */
function hashRelatedBlankNode(
  related: string,
  quad: Quad,
  issuer: IdentifierIssuer,
  position: Position,
  state: State,
): string {
  spend(state)
  const predicate = position === 'g' ? '' : `<${quad.predicate.value}>`
  const label = state.canonicalIssuer.find(related) ?? issuer.find(related)
  const name = label === undefined ? hashFirstDegreeQuads(related, state) : `_:${label}`
  return sha256(`${position}${predicate}${name}`)
}

/**
 * Hash N-Degree Quads (section 4.8): what tells a blank node apart through its neighbours.
 *
 * @param start labels issued so far; not changed
 * @returns the hash, and the labels of the order that gave it
 * @throws Error when the work allowed for the dataset is used up
 */
export function hashNDegreeQuads(
  identifier: string,
  start: IdentifierIssuer,
  state: State,
): Labelled {
  const neighbours = new Map<string, string[]>()
  for (const quad of state.quadsOf.get(identifier) ?? []) {
    for (const [position, related] of blankNodesOf(quad)) {
      if (related === identifier) continue
      append(neighbours, hashRelatedBlankNode(related, quad, start, position, state), related)
    }
  }
  let issuer = start
  let data = ''
  for (const [relatedHash, blankNodes] of inHashOrder(neighbours)) {
    const chosen = choosePath(blankNodes, issuer, state)
    data += relatedHash + chosen.path
    issuer = chosen.issuer
  }
  return { hash: sha256(data), issuer }
}

type Path = { readonly path: string; readonly issuer: IdentifierIssuer }

/** Section 4.8, step 5.4: the order of these neighbours that gives the least path. */
function choosePath(blankNodes: readonly string[], issuer: IdentifierIssuer, state: State): Path {
  let chosen: Path | undefined
  for (const permutation of permutations(blankNodes)) {
    const candidate = walk(permutation, issuer, chosen?.path, state)
    if (candidate === undefined) continue
    if (chosen === undefined || candidate.path < chosen.path) chosen = candidate
  }
  return chosen ?? { path: '', issuer }
}

/** One permutation's path; undefined as soon as it can no longer beat the chosen one. */
function walk(
  permutation: readonly string[],
  from: IdentifierIssuer,
  chosenPath: string | undefined,
  state: State,
): Path | undefined {
  spend(state)
  let issuer = from.copy()
  let path = ''
  const recursionList: string[] = []
  const isBeaten = () =>
    chosenPath !== undefined && path.length >= chosenPath.length && path > chosenPath

  for (const related of permutation) {
    const canonical = state.canonicalIssuer.find(related)
    if (canonical === undefined && issuer.find(related) === undefined) recursionList.push(related)
    path += `_:${canonical ?? issuer.issue(related)}`
    if (isBeaten()) return undefined
  }
  for (const related of recursionList) {
    const result = hashNDegreeQuads(related, issuer, state)
    path += `_:${issuer.issue(related)}<${result.hash}>`
    issuer = result.issuer
    if (isBeaten()) return undefined
  }
  return { path, issuer }
}

function spend(state: State): void {
  state.workLeft -= 1
  if (state.workLeft < 0) {
    throw new Error('The document has too many blank nodes that look alike; give them identifiers.')
  }
}

function* permutations(items: readonly string[]): Generator<string[]> {
  if (items.length <= 1) {
    yield [...items]
    return
  }
  for (const [index, item] of items.entries()) {
    for (const rest of permutations(items.filter((_, other) => other !== index))) {
      yield [item, ...rest]
    }
  }
}

/** Adds an item to the group of a key. */
export function append<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

/** Groups in the order of their keys. */
export function inHashOrder(groups: ReadonlyMap<string, string[]>): [string, string[]][] {
  return [...groups].sort(([a], [b]) => compareCodePoints(a, b))
}

/** Lines in code point order, as one text. */
export function sortedText(lines: string[]): string {
  return lines.sort(compareCodePoints).join('')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
