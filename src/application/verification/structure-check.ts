/** Is it an Open Badge at all: our schemas, then what the schemas leave open. */
import { VC1_CONTEXT } from '../../domain/achievement-credential.js'
import {
  hasType,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from '../../domain/json.js'
import type { Check, CheckProblem } from '../../domain/verification-report.js'
import type { SchemaChecker, SchemaKind } from '../ports/documents.js'
import { failed, passed, problem } from './check-results.js'

/** Which class of Open Badges 3.0 a document says it is. */
export function schemaKindOf(document: JsonObject): SchemaKind | undefined {
  if (!hasType(document, 'VerifiableCredential')) return undefined
  const isV1 = listMember(document, '@context')[0] === VC1_CONTEXT
  if (hasType(document, 'OpenBadgeCredential') || hasType(document, 'AchievementCredential')) {
    return isV1 ? 'achievement-credential-v1' : 'achievement-credential'
  }
  return hasType(document, 'EndorsementCredential') && !isV1 ? 'endorsement-credential' : undefined
}

export function checkStructure(document: JsonObject, schemas: SchemaChecker): Check {
  const kind = schemaKindOf(document)
  if (kind === undefined) {
    const sentence = 'This is not an Open Badges 3.0 badge: its type does not say so.'
    return failed('structure', sentence, [problem('type', '/type')])
  }
  const faults = schemas.check(kind, withStatusId(toPlainForm(document)))
  const problems = [
    ...faults.map((fault) => problem('schema', fault.pointer)),
    ...(kind === 'endorsement-credential' ? [] : probe(document)),
  ]
  if (problems.length === 0) {
    return passed('structure', 'It has the form that the Open Badges 3.0 standard asks for.')
  }
  const where = problems[0]?.pointer || 'the top of the document'
  const detail = faults[0] === undefined ? '' : ` (${faults[0].detail})`
  const sentence = `It does not have the form that the standard asks for, at ${where}${detail}.`
  return failed('structure', sentence, problems, 'Ask the issuer for a corrected badge.')
}

/** Appendix A allows one value instead of a list for these; the plain schema does not. */
const COMPACTED = ['proof', 'credentialSchema', 'termsOfUse', 'type']

function toPlainForm(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(toPlainForm)
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([name, item]) => {
    const plain = toPlainForm(item)
    return [name, COMPACTED.includes(name) && needsList(name, plain) ? [plain] : plain]
  })
  return Object.fromEntries(entries) as JsonObject
}

/** Optional since document 1.4 of the standard; its published schema still asks for it. */
function withStatusId(document: JsonValue): JsonValue {
  const status = member(document, 'credentialStatus')
  if (!isJsonObject(document) || !isJsonObject(status) || 'id' in status) return document
  return { ...document, credentialStatus: { id: 'urn:none', ...status } }
}

function needsList(name: string, value: JsonValue): boolean {
  if (Array.isArray(value)) return false
  return name !== 'type' || (typeof value === 'string' && LIST_TYPED.has(value))
}

/** Classes whose `type` the schema wants as a list; the others keep their string. */
const LIST_TYPED = new Set([
  'Profile',
  'Achievement',
  'AchievementSubject',
  'EndorsementSubject',
  'Alignment',
  'Evidence',
  'Result',
  'ResultDescription',
  'RubricCriterionLevel',
  'Related',
  'Address',
])

/** What the official validator checks beyond its schema (its CredentialSubject and Issuer probes). */
function probe(document: JsonObject): readonly CheckProblem[] {
  const subject = member(document, 'credentialSubject')
  const achievement = member(subject, 'achievement')
  const issuer = member(document, 'issuer')
  const problems: CheckProblem[] = []
  if (isJsonObject(issuer) && !hasType(issuer, 'Profile'))
    problems.push(problem('probe', '/issuer/type'))
  if (textMember(subject, 'id') === undefined && listMember(subject, 'identifier').length === 0) {
    problems.push(problem('probe', '/credentialSubject'))
  }
  const criteria = member(achievement, 'criteria')
  if (textMember(criteria, 'id') === undefined && textMember(criteria, 'narrative') === undefined) {
    problems.push(problem('probe', '/credentialSubject/achievement/criteria'))
  }
  for (const [index, evidence] of listMember(document, 'evidence').entries()) {
    if (!hasType(evidence, 'Evidence')) problems.push(problem('probe', `/evidence/${index}/type`))
  }
  return problems
}
