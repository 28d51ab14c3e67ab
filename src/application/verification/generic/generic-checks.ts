/** The rows on form and vocabulary for documents of any kind. */

import { findHiddenMember } from '../../../domain/hidden-members.js'
import type { Fault } from '../../../domain/issuer-error.js'
import type { JsonObject } from '../../../domain/json.js'
import type { Check } from '../../../domain/verification-report.js'
import type { Canonicalizer } from '../../ports/proofs.js'
import { failed, passed, problem } from '../check-results.js'

export function checkForm(faults: readonly Fault[]): Check {
  const [first] = faults
  if (first === undefined)
    return passed('structure', 'It has the form that the data model asks for.')
  const sentence = `It does not have the form that the data model asks for: ${first.pointer} ${first.detail}.`
  return failed(
    'structure',
    sentence,
    faults.map(({ pointer }) => problem('schema', pointer)),
  )
}

/**
 * JSON-LD safe mode (Data Integrity 1.0 section 4.2): every term is defined and nothing is lost; and nothing that
 * matters stands there under a second name.
 */
export async function checkVocabulary(
  document: JsonObject,
  canonicalizer: Canonicalizer,
): Promise<Check> {
  const { proof: _proof, ...bare } = document
  const canonical = await canonicalizer.canonicalize(bare)
  if ('refusal' in canonical) {
    const sentence = `Its contexts do not define all that it says: ${canonical.refusal}`
    return failed('contexts', sentence, [problem('not-transformable')])
  }
  const hidden = findHiddenMember(document, canonical.nquads)
  if (hidden === undefined) return passed('contexts', 'Its contexts define all that it says.')
  const sentence = `“${hidden}” is said in another place or under another name.`
  return failed('contexts', sentence, [problem('hidden-member', `/${hidden}`)])
}
