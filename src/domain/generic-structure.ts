/** The form of any verifiable credential, VC Data Model 2.0 or 1.1: what JSON-LD and the raw gate leave open. */
import { VC1_CONTEXT, VC2_CONTEXT } from './achievement-credential.js'
import type { Fault } from './issuer-error.js'
import {
  hasType,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  pointerTo,
  textMember,
} from './json.js'
import { relatedResourceFaults } from './related-resources.js'
import { parseTimestamp } from './timestamps.js'

/** VC Data Model 2.0 sections 4.2 to 4.13, or the same of 1.1; every fault with its pointer. */
export function genericFaults(document: JsonObject): readonly Fault[] {
  return [
    ...contextFaults(document),
    ...typeFaults(document),
    ...issuerFaults(document),
    ...subjectFaults(document),
    ...dateFaults(document),
    ...TYPED.flatMap((name) => typedFaults(document, name)),
    ...listMember(document, 'credentialSchema').flatMap((schema, index) =>
      textMember(schema, 'id') === undefined
        ? [{ pointer: `/credentialSchema/${index}/id`, detail: 'must be a URL' }]
        : [],
    ),
    ...['name', 'description'].flatMap((name) => [
      ...languageFaults(document, name, ''),
      ...languageFaults(member(document, 'issuer'), name, '/issuer'),
    ]),
    ...relatedResourceFaults(listMember(document, 'relatedResource')),
  ]
}

const BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential']

/** Whether it says that it is one of Open Badges, so that all rules of badges are for it. */
export function isOfOpenBadges(credential: JsonObject): boolean {
  return BADGE_TYPES.some((type) => hasType(credential, type))
}

/** Whether it follows the older data model. */
export function isVersion1(document: JsonObject): boolean {
  return listMember(document, '@context')[0] === VC1_CONTEXT
}

/** The base context comes first, so that no other can redefine its terms (section 4.3). */
export function contextFaults(document: JsonObject): readonly Fault[] {
  const contexts = member(document, '@context')
  const first = Array.isArray(contexts) ? contexts[0] : undefined
  if (first === VC2_CONTEXT || first === VC1_CONTEXT) return []
  return [{ pointer: '/@context', detail: 'must be a list that begins with the base context' }]
}

function typeFaults(document: JsonObject): readonly Fault[] {
  if (hasType(document, 'VerifiableCredential')) return []
  return [{ pointer: '/type', detail: 'must name VerifiableCredential' }]
}

const URL_LIKE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/

function issuerFaults(document: JsonObject): readonly Fault[] {
  const issuer = member(document, 'issuer')
  const id = isJsonObject(issuer) ? textMember(issuer, 'id') : issuer
  if (typeof id === 'string' && URL_LIKE.test(id)) return []
  return [{ pointer: '/issuer', detail: 'must be a URL or an object with a URL as its id' }]
}

function subjectFaults(document: JsonObject): readonly Fault[] {
  const subjects = listMember(document, 'credentialSubject')
  const isMade = (one: JsonValue) => isJsonObject(one) && Object.keys(one).length > 0
  if (subjects.length > 0 && subjects.every(isMade)) return []
  return [{ pointer: '/credentialSubject', detail: 'must be an object that says something' }]
}

function dateFaults(document: JsonObject): readonly Fault[] {
  const faults: Fault[] = []
  const [start, end] = isVersion1(document)
    ? (['issuanceDate', 'expirationDate'] as const)
    : (['validFrom', 'validUntil'] as const)
  const from = member(document, start)
  const until = member(document, end)
  if (isVersion1(document) && from === undefined)
    faults.push({ pointer: '/issuanceDate', detail: 'is missing; version 1.1 needs it' })
  for (const [name, value] of [
    [start, from],
    [end, until],
  ] as const) {
    if (value !== undefined && parseTimestamp(value) === undefined)
      faults.push({ pointer: `/${name}`, detail: 'must be one date and time with timezone' })
  }
  const [a, b] = [parseTimestamp(from), parseTimestamp(until)]
  if (a !== undefined && b !== undefined && b < a)
    faults.push({ pointer: `/${end}`, detail: `is before “${start}”` })
  return faults
}

const TYPED = ['credentialStatus', 'credentialSchema', 'evidence', 'refreshService', 'termsOfUse']

function typedFaults(document: JsonObject, name: string): readonly Fault[] {
  const isTyped = (one: JsonValue) =>
    listMember(one, 'type').length > 0 &&
    listMember(one, 'type').every((type) => typeof type === 'string' && type !== '')
  return listMember(document, name).flatMap((one, index) =>
    isTyped(one) ? [] : [{ pointer: `/${name}/${index}/type`, detail: 'must name a type' }],
  )
}

const LANGUAGE_MEMBERS = ['@value', '@language', '@direction']

/** A text, or a language value object with nothing else in it (section 11.1). */
function languageFaults(node: unknown, name: string, pointer: string): readonly Fault[] {
  const isValue = (one: JsonValue) =>
    typeof one === 'string' ||
    (textMember(one, '@value') !== undefined &&
      isJsonObject(one) &&
      Object.entries(one).every(
        ([key, value]) => LANGUAGE_MEMBERS.includes(key) && typeof value === 'string',
      ))
  const detail = 'must be text, or an object of @value, @language and @direction'
  return listMember(node, name).every(isValue)
    ? []
    : [{ pointer: pointerTo(pointer, name), detail }]
}
