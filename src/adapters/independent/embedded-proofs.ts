/**
 * Proofs of credentials within a credential, such as embedded endorsements.
 *
 * The contexts define `proof` in the scope of `VerifiableCredential` with `"@container": "@graph"`:
 * each proof is a graph of its own. The parser forgets a container that a type-scoped context
 * defines, so these proofs are read as documents of their own and put into their graphs here. It also
 * loses the terms of an outer type where a node below names its contexts again; as naming what is in
 * force already changes nothing, such repeats are left out.
 */
import { isObject, type JsonObject } from './credential-text.js'
import type { Quad, Term } from './n-quads.js'

const PROOF = 'https://w3id.org/security#proof'

type EmbeddedProof = {
  readonly credentialId: string
  /** The proof, under the contexts that are active where it stands. */
  readonly document: JsonObject
}

type Detached = { readonly remainder: JsonObject; readonly proofs: readonly EmbeddedProof[] }

/**
 * Takes the proofs of embedded credentials out of a document.
 *
 * @param document a document whose own proof, if any, is already removed
 * @returns the document without them, and each of them with its contexts
 * @throws Error when a proof stands in something that is not a credential with an identifier
 */
export function detachEmbeddedProofs(document: JsonObject): Detached {
  const proofs: EmbeddedProof[] = []
  return { remainder: detachWithin(document, [], proofs), proofs }
}

function detachWithin(node: JsonObject, outer: readonly unknown[], found: EmbeddedProof[]) {
  const own = listOf(node['@context'])
  const isRepeated = own.every((context) => outer.includes(context))
  const contexts = isRepeated ? outer : [...outer, ...own]
  const remainder: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(node)) {
    if (name === '@context' && isRepeated) continue
    if (name === '@context') remainder[name] = member
    else if (name === 'proof') found.push(...proofsOf(node, contexts))
    else remainder[name] = detachFrom(member, contexts, found)
  }
  return remainder
}

function detachFrom(
  member: unknown,
  contexts: readonly unknown[],
  found: EmbeddedProof[],
): unknown {
  if (Array.isArray(member)) return member.map((item) => detachFrom(item, contexts, found))
  return isObject(member) ? detachWithin(member, contexts, found) : member
}

function proofsOf(credential: JsonObject, contexts: readonly unknown[]): EmbeddedProof[] {
  const { id, type, proof } = credential
  if (!listOf(type).includes('VerifiableCredential') || typeof id !== 'string') {
    throw new Error('A proof is embedded in something that is not a credential with an identifier.')
  }
  return listOf(proof).map((one) => {
    if (!isObject(one)) throw new Error('An embedded proof is not a JSON object.')
    return { credentialId: id, document: { '@context': contexts, ...one } }
  })
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/**
 * Puts an embedded proof into its graph.
 *
 * @param credentialId the identifier of the credential it proves
 * @param index a number that no other proof of the document has
 * @param statements the proof's quads, in the default graph
 * @returns the quads in the proof's own graph, and the one that ties it to its credential
 */
export function inProofGraph(
  credentialId: string,
  index: number,
  statements: readonly Quad[],
): readonly Quad[] {
  // Labels from JSON-LD hold no space when they are legal, so this one is new.
  const graph: Term = { termType: 'BlankNode', value: `proof ${index}` }
  const subject: Term = { termType: 'NamedNode', value: credentialId }
  const predicate: Term = { termType: 'NamedNode', value: PROOF }
  const link: Quad = {
    subject,
    predicate,
    object: graph,
    graph: { termType: 'DefaultGraph', value: '' },
  }
  return [link, ...statements.map((statement) => ({ ...pick(statement), graph }))]
}

/** Parsed quads are instances of a class, whose members a spread would miss. */
function pick({ subject, predicate, object }: Quad) {
  return { subject, predicate, object }
}
