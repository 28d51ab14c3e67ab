/**
 * A badge that a client of the VC API asks for, read as the approval behind it. What it says must be what
 * the catalogue and the issuer say; nothing that it says is left out in silence.
 */
import { OB3_SCHEMA_URL } from './achievement-credential.js'
import type { Fault } from './issuer-error.js'
import {
  canonicalJson,
  hasType,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  pointerTo,
  textMember,
} from './json.js'

/** What the badge of this achievement says of it and of its issuer. */
export type KnownNodes = {
  readonly achievement: JsonObject
  readonly issuer: JsonObject
  readonly version: number
}

/** What becomes a review; the parser of reviews checks it further. */
export type RequestedApproval = {
  readonly candidate: JsonObject
  readonly decidedAt: string
  readonly rubric?: JsonObject
  readonly evidence: readonly JsonValue[]
}

const ROOT = [
  '@context',
  'id',
  'type',
  'name',
  'description',
  'issuer',
  'validFrom',
  'awardedDate',
  'credentialSubject',
  'credentialSchema',
  'evidence',
]
const SUBJECT = ['id', 'type', 'identifier', 'achievement', 'result']
const EVIDENCE = ['id', 'type', 'name', 'genre', 'narrative', 'description']

/**
 * Reads an unsecured badge (OB 3.0 appendix B, AchievementCredential) as an approval.
 * @param credential passed our gate and the schema
 * @returns the approval, or every fault with its pointer below the credential
 */
export function readRequestedBadge(
  credential: JsonObject,
  known: KnownNodes,
): RequestedApproval | readonly Fault[] {
  const subject = member(credential, 'credentialSubject')
  const faults = [
    ...typeFaults(credential),
    ...unknownNames(credential, ROOT, ''),
    ...unknownNames(subject, SUBJECT, '/credentialSubject'),
    ...listMember(credential, 'evidence').flatMap((item, index) =>
      unknownNames(item, EVIDENCE, `/evidence/${index}`),
    ),
    ...differences(textsOf(credential), known.achievement, '', CATALOGUE),
    ...differences(member(credential, 'issuer'), known.issuer, '/issuer', ISSUER),
    ...differences(
      member(subject, 'achievement'),
      known.achievement,
      '/credentialSubject/achievement',
      CATALOGUE,
    ),
    ...schemaFaults(credential),
    ...subjectFaults(subject),
  ]
  const candidate = readCandidate(subject)
  if (candidate === undefined) faults.push(NO_CANDIDATE)
  const results = readResults(subject, textMember(known.achievement, 'id') ?? '', faults)
  if (candidate === undefined || faults.length > 0) return faults
  const decidedAt = textMember(credential, 'awardedDate') ?? textMember(credential, 'validFrom')
  return {
    candidate,
    decidedAt: decidedAt ?? '',
    ...(results.length === 0 ? {} : { rubric: { version: String(known.version), results } }),
    evidence: listMember(credential, 'evidence').map(toEvidence),
  }
}

const CATALOGUE = 'is not what the catalogue says of this achievement'
const ISSUER = 'is not what this service says of the issuer that awards it'
const NO_CANDIDATE: Fault = {
  pointer: '/credentialSubject/identifier',
  detail: 'must name the earner in plain text: one emailAddress and one name',
}

function typeFaults(credential: JsonObject): readonly Fault[] {
  const isBadge =
    hasType(credential, 'OpenBadgeCredential') || hasType(credential, 'AchievementCredential')
  return isBadge ? [] : [{ pointer: '/type', detail: 'must name OpenBadgeCredential' }]
}

function unknownNames(node: unknown, known: readonly string[], pointer: string): Fault[] {
  if (!isJsonObject(node)) return []
  const names = Object.keys(node).filter((name) => !known.includes(name))
  const detail = 'is not a member that a client decides here; leave it out'
  return names.map((name) => ({ pointer: pointerTo(pointer, name), detail }))
}

/** `name` and `description` of the credential are those of the achievement. */
function textsOf({ name, description }: JsonObject): JsonObject {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  }
}

/** Each member that stands there says what we would say; a single value may stand for a list of one. */
function differences(node: unknown, known: JsonObject, pointer: string, detail: string): Fault[] {
  if (typeof node === 'string')
    return node === known['id'] ? [] : [{ pointer, detail: `${detail} (${known['id']})` }]
  if (!isJsonObject(node)) return []
  return Object.keys(node)
    .filter((name) => !isSame(listMember(node, name), listMember(known, name)))
    .map((name) => ({ pointer: pointerTo(pointer, name), detail }))
}

function isSame(one: readonly JsonValue[], other: readonly JsonValue[]): boolean {
  return canonicalJson(one) === canonicalJson(other)
}

function schemaFaults(credential: JsonObject): readonly Fault[] {
  const others = listMember(credential, 'credentialSchema').filter(
    (schema) => textMember(schema, 'id') !== OB3_SCHEMA_URL,
  )
  const detail = `must be ${OB3_SCHEMA_URL} or left out`
  return others.length === 0 ? [] : [{ pointer: '/credentialSchema', detail }]
}

/** A new `urn:uuid` takes the place of theirs, so that nothing links two badges; a DID is not proven. */
function subjectFaults(subject: unknown): readonly Fault[] {
  const id = textMember(subject, 'id')
  if (id === undefined || /^(urn:uuid:|mailto:)/.test(id)) return []
  const detail =
    'must be a urn:uuid or mailto address; identifiers that nobody has proven are not signed'
  return [{ pointer: '/credentialSubject/id', detail }]
}

function readCandidate(subject: unknown): JsonObject | undefined {
  const ofKind = (kind: string) =>
    listMember(subject, 'identifier')
      .filter((one) => textMember(one, 'identityType') === kind && member(one, 'hashed') === false)
      .flatMap((one) => textMember(one, 'identityHash') ?? [])
  const names = ofKind('name')
  const emails = ofKind('emailAddress')
  const mailto = textMember(subject, 'id')?.match(/^mailto:(.+)$/)?.[1]
  const [name, email = mailto] = [names[0], emails[0]]
  const isOne = names.length === 1 && emails.length <= 1
  const isRead = listMember(subject, 'identifier').length === names.length + emails.length
  if (!isOne || !isRead || name === undefined || email === undefined) return undefined
  return mailto === undefined || mailto === email ? { name, email } : undefined
}

function readResults(subject: unknown, achievementId: string, faults: Fault[]): JsonObject[] {
  return listMember(subject, 'result').flatMap((result, index) => {
    const description = textMember(result, 'resultDescription') ?? ''
    const criterion = description.startsWith(`${achievementId}#`)
      ? description.slice(achievementId.length + 1)
      : ''
    const reached = textMember(result, 'achievedLevel') ?? ''
    if (criterion !== '' && reached.startsWith(`${description}/`))
      return [{ criterion, level: reached.slice(description.length + 1) }]
    const detail = 'must name a criterion and a level of the achievement by their ids'
    faults.push({ pointer: `/credentialSubject/result/${index}`, detail })
    return []
  })
}

function toEvidence(item: JsonValue): JsonObject {
  const [name, genre] = [textMember(item, 'name'), textMember(item, 'genre')]
  const narrative = textMember(item, 'narrative') ?? textMember(item, 'description')
  const url = textMember(item, 'id')
  return {
    kind: 'evidence',
    name: name ?? url ?? 'Evidence',
    ...(genre === undefined ? {} : { genre }),
    ...(narrative === undefined ? {} : { narrative }),
    ...(url === undefined ? {} : { url }),
    public: true,
  }
}
