/**
 * Rules read JSON, signatures cover RDF. A context that is written into a document can give a second name to an
 * end of validity or to a status, which a reader of JSON would not see. So what matters is counted in both.
 */
import { isJsonObject, type JsonObject, type JsonValue } from './json.js'

const VOCABULARY = 'https://www.w3.org/2018/credentials#'
const WATCHED = [
  'issuer',
  'credentialSubject',
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'credentialStatus',
]

/**
 * @param nquads of the document without its proofs
 * @returns the member of the data model that the document has under another name, or undefined
 */
export function findHiddenMember(document: JsonObject, nquads: string): string | undefined {
  const signed = new Map<string, number>()
  for (const line of nquads.split('\n')) {
    const predicate = /^\S+ <([^>]*)> /.exec(line)?.[1]
    if (predicate !== undefined) signed.set(predicate, (signed.get(predicate) ?? 0) + 1)
  }
  const { proof: _proof, '@context': _contexts, ...content } = document
  const seen = new Map<string, number>()
  count(content, seen)
  return WATCHED.find((name) => (signed.get(`${VOCABULARY}${name}`) ?? 0) > (seen.get(name) ?? 0))
}

function count(node: JsonValue, seen: Map<string, number>): void {
  if (Array.isArray(node)) {
    for (const item of node) count(item, seen)
  } else if (isJsonObject(node)) {
    for (const [name, value] of Object.entries(node)) {
      seen.set(name, (seen.get(name) ?? 0) + (Array.isArray(value) ? value.length : 1))
      count(value, seen)
    }
  }
}
