/** Turns a JSON-LD document into RDF quads, or refuses: no member may be lost on the way. */
import { JsonLdParser } from 'jsonld-streaming-parser'
import type { ContextSource } from '../../application/ports/independent-check.js'
import type { JsonObject } from './credential-text.js'
import { detachEmbeddedProofs, inProofGraph } from './embedded-proofs.js'
import type { Quad } from './n-quads.js'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

/** Turns a document into quads. */
export type QuadReader = (document: JsonObject) => Promise<readonly Quad[]>

/**
 * Creates a reader of JSON-LD 1.1 documents.
 *
 * @param contexts the only contexts it can load
 * @returns a function from a document that `parseCredential` accepted to its quads (JSON-LD 1.1
 *   API, deserialise to RDF), which throws when a term is undefined, an identifier is relative, or
 *   anything else would be dropped (VC Data Integrity 1.0, section 2.4.1 asks for this error)
 */
export function createQuadReader(contexts: ContextSource): QuadReader {
  const documentLoader = {
    load: async (url: string) => {
      const context = contexts.find(url)
      if (context === undefined) throw new Error(`The JSON-LD context ${url} is not pinned.`)
      return context
    },
  }
  const read = async (document: JsonObject) => {
    const quads = await readQuads(JSON.stringify(document), documentLoader)
    refuseLoss(document, quads)
    return quads
  }
  return async (document) => {
    const { remainder, proofs } = detachEmbeddedProofs(document)
    const quads: Quad[] = [...(await read(remainder))]
    for (const [index, proof] of proofs.entries()) {
      quads.push(...inProofGraph(proof.credentialId, index, await read(proof.document)))
    }
    return quads
  }
}

type Loader = { readonly load: (url: string) => Promise<JsonObject> }

function readQuads(text: string, documentLoader: Loader): Promise<Quad[]> {
  return new Promise((resolve, reject) => {
    const parser = new JsonLdParser({
      documentLoader,
      strictValues: true,
      rdfstar: false,
      // The contexts are pinned by digest: checking them again costs half the time of a parse.
      skipContextValidation: true,
    })
    const quads: Quad[] = []
    parser.on('data', (quad: Quad) => quads.push(quad))
    parser.on('error', (cause: Error) =>
      reject(new Error(`The document is not sound JSON-LD: ${cause.message}.`, { cause })),
    )
    parser.on('end', () => resolve(quads))
    parser.end(text)
  })
}

/**
 * Every string, number and boolean except an identifier is one quad, and so is every object but the
 * outermost, as the value of its member. Lists need more quads, which are left out of the count.
 */
function refuseLoss(document: JsonObject, quads: readonly Quad[]): void {
  const lists = quads.filter(({ predicate }) => predicate.value === `${RDF}rest`)
  const ends = lists.filter(({ object }) => object.value === `${RDF}nil`)
  const said = quads.length - lists.length - ends.length
  if (said !== countStatements(document)) {
    throw new Error(
      'Part of the document has no meaning under its contexts, so no proof covers it.',
    )
  }
}

function countStatements(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  if (Array.isArray(value)) return value.reduce((sum, item) => sum + countStatements(item), 0)
  let count = 0
  for (const [name, member] of Object.entries(value)) {
    if (name === 'id' || name === '@context') continue
    count += countStatements(member) + countObjects(member)
  }
  return count
}

/** The objects that are values of one member, directly or in its array. */
function countObjects(member: unknown): number {
  const items = Array.isArray(member) ? member : [member]
  return items.filter((item) => typeof item === 'object' && item !== null).length
}
