/** Its vocabulary: the raw gate let only pinned contexts pass; older versions are named. */
import { type JsonObject, listMember } from '../../domain/json.js'
import type { Check } from '../../domain/verification-report.js'
import { passed } from './check-results.js'

const CURRENT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const VERSION = /\/(context[^/]*)\.json$/

/** The official validator warns of any version but the current one; so does the sentence. */
export function checkContexts(document: JsonObject): Check {
  const used = listMember(document, '@context')[1]
  if (used === CURRENT || typeof used !== 'string')
    return passed('contexts', 'Its vocabulary is one that this service keeps itself.')
  const name = VERSION.exec(used)?.[1] ?? used
  const sentence = `It uses an older edition of the Open Badges vocabulary (${name}), which this service keeps itself.`
  return passed('contexts', sentence)
}
