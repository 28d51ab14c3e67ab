/** The credential in the payload of a VC-JWT, and the claims beside it that repeat it. */
import { VC1_CONTEXT } from './achievement-credential.js'
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listMember,
  member,
  textMember,
} from './json.js'
import { parseTimestamp } from './timestamps.js'

/** RFC 7519 section 4.1: what belongs to the token and not to the credential. */
const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']

export type TokenPayload = {
  /** Without the claims. */
  readonly credential: JsonObject
  readonly claims: JsonObject
  /** Whether it stood in the claim `vc`, as the data model 1.1 wants it. */
  readonly isInClaim: boolean
}

/**
 * Takes the credential out of a payload: the payload itself (OB 3.0 section 8.2), or its claim `vc`
 * (VCDM 1.1 section 6.3.1).
 * @returns undefined when it holds none, or more than one could be meant
 */
export function readTokenPayload(payload: JsonObject): TokenPayload | undefined {
  const claims: Record<string, JsonValue> = {}
  const others: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(payload))
    define(CLAIMS.includes(name) ? claims : others, name, value)
  if (Object.hasOwn(others, 'vp')) return undefined
  if (!Object.hasOwn(others, 'vc')) return { credential: others, claims, isInClaim: false }
  const vc = member(others, 'vc')
  if (!isJsonObject(vc) || OF_CREDENTIALS.some((name) => Object.hasOwn(others, name)))
    return undefined
  return { credential: isV1(vc) ? withClaims(vc, claims) : vc, claims, isInClaim: true }
}

/**
 * Takes the presentation out of a payload (VC-JOSE-COSE section 3.1.2): all but the claims, of which `nonce` is one.
 * @returns undefined when it holds a credential or presentation in a claim
 */
export function readPresentationPayload(payload: JsonObject): TokenPayload | undefined {
  if (Object.hasOwn(payload, 'vp') || Object.hasOwn(payload, 'vc')) return undefined
  const claims: Record<string, JsonValue> = {}
  const others: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(payload))
    define([...CLAIMS, 'nonce'].includes(name) ? claims : others, name, value)
  return { credential: others, claims, isInClaim: false }
}

/** Beside `vc` these would be a second credential. */
const OF_CREDENTIALS = ['@context', 'credentialSubject', 'issuer', 'type']

/** Also for `__proto__`, which the raw gate is to see and refuse. */
function define(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

function isV1(credential: JsonObject): boolean {
  return listMember(credential, '@context')[0] === VC1_CONTEXT
}

/** VCDM 1.1 section 6.3.1: what the credential leaves out, its claims say in its place. */
function withClaims(vc: JsonObject, claims: JsonObject): JsonObject {
  const [iss, jti, sub] = [member(claims, 'iss'), member(claims, 'jti'), member(claims, 'sub')]
  const issuer = member(vc, 'issuer') ?? iss
  const subject = member(vc, 'credentialSubject')
  return withMissing(
    {
      ...vc,
      ...(isJsonObject(issuer) ? { issuer: withMissing(issuer, { id: iss }) } : {}),
      ...(isJsonObject(subject) ? { credentialSubject: withMissing(subject, { id: sub }) } : {}),
    },
    {
      issuer,
      id: jti,
      issuanceDate: toDateTime(member(claims, 'nbf')),
      expirationDate: toDateTime(member(claims, 'exp')),
    },
  )
}

function withMissing(
  node: JsonObject,
  members: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject {
  const missing = Object.entries(members).filter(
    ([name, value]) => value !== undefined && !Object.hasOwn(node, name),
  )
  return { ...node, ...(Object.fromEntries(missing) as JsonObject) }
}

/** The first second that four digits cannot name. */
const END_OF_TIME = 253_402_300_800

/** A NumericDate (RFC 7519 section 2) in UTC with whole seconds; undefined for any that is none. */
export function toDateTime(seconds: unknown): string | undefined {
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds < END_OF_TIME)) return undefined
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`
}

export type ClaimFault = {
  readonly claim: string
  /** RFC 6901 pointer to what it had to repeat. */
  readonly pointer: string
}

/**
 * The claims that say something else than the credential, in both directions (OB 3.0 section 8.2).
 * `sub` may be left out: an issuer that knows its earner by an e-mail address has none.
 * @param isOfSignature whether, as with `typ` `vc+jwt`, claims may be left out, and dates are those of
 *   the signature (VC-JOSE-COSE section 3.1.3)
 */
export function claimFaults(
  { credential, claims }: TokenPayload,
  isOfSignature: boolean,
): readonly ClaimFault[] {
  return repeated(credential)
    .filter(({ claim }) => !(isOfSignature && (claim === 'nbf' || claim === 'exp')))
    .filter(({ claim, said }) => {
      const value = member(claims, claim)
      if (value === undefined) return said !== undefined && claim !== 'sub' && !isOfSignature
      return (typeof value === 'number' ? Math.floor(value) : value) !== said
    })
    .map(({ claim, pointer }) => ({ claim, pointer }))
}

function repeated(credential: JsonObject) {
  const issuer = member(credential, 'issuer')
  const isObject = isJsonObject(issuer)
  const [start, end] = isV1(credential)
    ? (['issuanceDate', 'expirationDate'] as const)
    : (['validFrom', 'validUntil'] as const)
  const subject = textMember(member(credential, 'credentialSubject'), 'id')
  return [
    {
      claim: 'iss',
      said: isObject ? textMember(issuer, 'id') : issuer,
      pointer: isObject ? '/issuer/id' : '/issuer',
    },
    { claim: 'jti', said: textMember(credential, 'id'), pointer: '/id' },
    { claim: 'sub', said: subject, pointer: '/credentialSubject/id' },
    { claim: 'nbf', said: toSeconds(member(credential, start)), pointer: `/${start}` },
    { claim: 'exp', said: toSeconds(member(credential, end)), pointer: `/${end}` },
  ]
}

function toSeconds(time: unknown): number | undefined {
  const ms = parseTimestamp(time)
  return ms === undefined ? undefined : Math.floor(ms / 1000)
}
