/** Is it an Open Badge at all: our schemas, then what the schemas leave open. */
import { VC1_CONTEXT } from '../../domain/achievement-credential.js'
import { hasType, type JsonObject, listMember } from '../../domain/json.js'
import type { Check } from '../../domain/verification-report.js'
import type { SchemaChecker, SchemaKind } from '../ports/documents.js'
import { failed, passed, problem } from './check-results.js'
import { toPlainForm } from './structure/plain-form.js'
import { probeAchievementCredential } from './structure/probes.js'
import { structureWarnings } from './structure/warnings.js'

/** Which class of Open Badges 3.0 a document says it is. */
export function schemaKindOf(document: JsonObject): SchemaKind | undefined {
  if (!hasType(document, 'VerifiableCredential')) return undefined
  const isV1 = listMember(document, '@context')[0] === VC1_CONTEXT
  if (hasType(document, 'OpenBadgeCredential') || hasType(document, 'AchievementCredential')) {
    return isV1 ? 'achievement-credential-v1' : 'achievement-credential'
  }
  return hasType(document, 'EndorsementCredential') && !isV1 ? 'endorsement-credential' : undefined
}

/** Open Badges 3.0 section 9.1 step 1, as the official validator probes it. */
export function checkStructure(document: JsonObject, schemas: SchemaChecker): Check {
  const kind = schemaKindOf(document)
  if (kind === undefined) {
    const sentence = 'This is not an Open Badges 3.0 badge: its type does not say so.'
    return failed('structure', sentence, [problem('type', '/type')])
  }
  const plain = toPlainForm(document)
  const faults = schemas.check(kind, plain.document)
  const problems = [
    ...faults.map((fault) => problem('schema', fault.pointer)),
    ...(kind === 'endorsement-credential' ? [] : probeAchievementCredential(document)),
  ]
  if (problems.length === 0) return wellFormed(document, plain.compacted)
  const where = problems[0]?.pointer || 'the top of the document'
  const detail = faults[0] === undefined ? '' : ` (${faults[0].detail})`
  const sentence = `It does not have the form that the standard asks for, at ${where}${detail}.`
  return failed('structure', sentence, problems, 'Ask the issuer for a corrected badge.')
}

const WELL_FORMED = 'It has the form that the Open Badges 3.0 standard asks for.'

function wellFormed(document: JsonObject, compacted: readonly string[]): Check {
  const warnings = structureWarnings(document, compacted)
  const sentence = [WELL_FORMED, ...warnings.map((one) => one.sentence)].join(' ')
  return passed(
    'structure',
    sentence,
    warnings.flatMap(({ problems }) => problems),
  )
}
