/** What the official validator checks beyond its schema; each of these makes a badge not valid there. */
import {
  hasType,
  isJsonObject,
  type JsonObject,
  listMember,
  member,
  textMember,
} from '../../../domain/json.js'
import type { CheckProblem } from '../../../domain/verification-report.js'
import { problem } from '../check-results.js'

/** Its CredentialSubject, Evidence and Issuer probes, in their order, as far as no schema says the same. */
export function probeAchievementCredential(document: JsonObject): readonly CheckProblem[] {
  return [
    ...probeSubject(member(document, 'credentialSubject')),
    ...probeEvidence(document),
    ...probeIssuer(document),
  ]
}

/** Open Badges 3.0 section 9.1 step 1 (`id` or `identifier`), and criteria that say something. */
function probeSubject(subject: unknown): readonly CheckProblem[] {
  const problems: CheckProblem[] = []
  if (textMember(subject, 'id') === undefined && listMember(subject, 'identifier').length === 0)
    problems.push(problem('probe', '/credentialSubject'))
  const criteria = member(member(subject, 'achievement'), 'criteria')
  if (textMember(criteria, 'id') === undefined && textMember(criteria, 'narrative') === undefined)
    problems.push(problem('probe', '/credentialSubject/achievement/criteria'))
  return problems
}

function probeEvidence(document: JsonObject): readonly CheckProblem[] {
  return listMember(document, 'evidence').flatMap((evidence, index) =>
    hasType(evidence, 'Evidence') ? [] : [problem('probe', `/evidence/${index}/type`)],
  )
}

/** The types of `otherIdentifier` and `parentOrg` are in the schema. */
function probeIssuer(document: JsonObject): readonly CheckProblem[] {
  const issuer = member(document, 'issuer')
  if (!isJsonObject(issuer) || hasType(issuer, 'Profile')) return []
  return [problem('probe', '/issuer/type')]
}
