/** Its vocabulary: the raw gate let only pinned contexts pass; older versions are named. */
import { type JsonObject, listMember } from '../../domain/json.js'
import type { Check } from '../../domain/verification-report.js'
import type { Canonicalizer } from '../ports/proofs.js'
import { failed, passed, problem, unknown } from './check-results.js'

const CURRENT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const VERSION = /\/(context[^/]*)\.json$/

/** The official validator warns of any version but the current one; so does the sentence. */
export function checkContexts(document: JsonObject): Check {
  const used = listMember(document, '@context')[1]
  if (used === CURRENT || typeof used !== 'string')
    return passed('contexts', 'Its vocabulary is one that this service keeps itself.')
  const name = VERSION.exec(used)?.[1] ?? used
  const sentence = `It uses an older edition of the Open Badges vocabulary (${name}), which this service keeps itself.`
  return passed('contexts', sentence, [problem('context-older', '/@context/1')])
}

/**
 * The same for a credential in a token, whose signature asks nothing of its words. JSON-LD safe mode, which the
 * official validator has for tokens too: a term that no context defines is a fault.
 */
export async function checkTokenContexts(
  document: JsonObject,
  canonicalizer: Canonicalizer,
): Promise<Check> {
  const { proof: _proof, ...bare } = document
  const canonical = await canonicalizer.canonicalize(bare)
  if (!('refusal' in canonical)) return checkContexts(document)
  return canonical.isTooCostly === true
    ? unknown('contexts', TOO_COSTLY, [problem('look-alikes')], ELSEWHERE)
    : failed('contexts', UNDEFINED, [problem('not-transformable')], CORRECTED)
}

const TOO_COSTLY = 'It has parts so alike that telling them apart costs too much here.'
const ELSEWHERE = 'Ask its issuer, or check it with another verifier.'
const UNDEFINED = 'It uses words that the vocabularies which it names do not define.'
const CORRECTED = 'Ask the issuer for a corrected badge.'
