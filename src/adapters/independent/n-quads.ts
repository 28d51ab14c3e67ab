/** RDF terms, and their one canonical text (RDF Dataset Canonicalization, section 5). */

/** An RDF term in the shape of RDF/JS; only the members that canonicalisation reads. */
export type Term = {
  readonly termType: string
  readonly value: string
  readonly language?: string
  readonly datatype?: { readonly value: string }
}

export type Quad = {
  readonly subject: Term
  readonly predicate: Term
  readonly object: Term
  readonly graph: Term
}

/** Writes a blank node's label; the algorithm decides which label stands for it at the moment. */
export type Labeller = (blankNode: string) => string

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'
const RDF_LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'

/** What the N-Quads grammar does not allow between < and >. */
const ILLEGAL_IN_IRI = /[\0-\x20<>"{}|^`\\]|\p{Surrogate}/u
/** All but what section 5 leaves as it is; escaped are controls, `"`, `\\` and U+FFFE, U+FFFF. */
const ESCAPED = /[^ !#-[\]-~\x80-\ufffd]/g
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

/**
 * Writes one quad as a line of canonical N-Quads.
 *
 * @param quad the quad to write
 * @param label gives the label, with its `_:`, of each blank node
 * @returns the line, newline included
 * @throws Error when a term cannot be written: an illegal IRI, or a kind RDF 1.1 does not know
 */
export function writeQuad(quad: Quad, label: Labeller): string {
  const { subject, predicate, object, graph } = quad
  const name = graph.termType === 'DefaultGraph' ? '' : ` ${writeTerm(graph, label)}`
  const triple = [subject, predicate, object].map((term) => writeTerm(term, label)).join(' ')
  return `${triple}${name} .\n`
}

function writeTerm(term: Term, label: Labeller): string {
  switch (term.termType) {
    case 'NamedNode':
      return writeIri(term.value)
    case 'BlankNode':
      return label(term.value)
    case 'Literal':
      return writeLiteral(term)
    default:
      throw new Error(`A term of kind ${term.termType} has no place in an RDF 1.1 dataset.`)
  }
}

function writeLiteral(term: Term): string {
  const text = `"${term.value.replace(ESCAPED, escapeCharacter)}"`
  const datatype = term.datatype?.value ?? XSD_STRING
  if (datatype === RDF_LANG_STRING) return `${text}@${term.language}`
  return datatype === XSD_STRING ? text : `${text}^^${writeIri(datatype)}`
}

function writeIri(iri: string): string {
  if (ILLEGAL_IN_IRI.test(iri)) throw new Error(`${JSON.stringify(iri)} is not a legal IRI.`)
  return `<${iri}>`
}

function escapeCharacter(character: string): string {
  const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return SHORT_ESCAPES[character] ?? `\\u${hex}`
}

/**
 * Orders two texts by Unicode code point, as the recommendation asks. Comparing UTF-16 units, as
 * `<` does, would put U+10000 before U+FFFD.
 *
 * @returns a number below, at or above zero, for `Array.sort`
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Moves surrogates, which stand for U+10000 and above, behind all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
