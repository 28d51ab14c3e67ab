/**
 * Rules read JSON, signatures cover RDF. A context that is written into a document can give a second name to an
 * end of validity or to a status, which a reader of JSON would not see. So what matters is counted in both.
 */
import { type JsonObject, listMember } from './json.js'

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
 * Counted at the top only: below, a name may mean anything, and a second description of the same id would be moved
 * out of sight there.
 * @param nquads of the document without its proofs
 * @returns the member of the data model that the document says elsewhere than at its top, or undefined
 */
export function findHiddenMember(document: JsonObject, nquads: string): string | undefined {
  const signed = new Map<string, number>()
  for (const line of nquads.split('\n')) {
    const predicate = /^\S+ <([^>]*)> /.exec(line)?.[1]
    if (predicate !== undefined) signed.set(predicate, (signed.get(predicate) ?? 0) + 1)
  }
  return WATCHED.find(
    (name) => (signed.get(`${VOCABULARY}${name}`) ?? 0) > listMember(document, name).length,
  )
}
