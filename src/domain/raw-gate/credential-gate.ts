/**
 * The raw gate: what a document must be like before any library sees it. Signatures cover RDF, not
 * JSON, so a re-spelled member keeps its signature but hides from code that reads JSON. The gate
 * therefore allows one spelling only. Design: docs/architecture.md, “The raw gate”.
 */
import { isOnlyEnvelope } from '../envelope.js'
import { hasType, isJsonObject, type JsonObject, listMember, walkJson } from '../json.js'
import { assertContexts, isCredentialRoot, isEmbeddedEnvelope } from './context-rules.js'
import { CREDENTIAL_LIMITS, type GateLimits, GateRefusal, MAX_EMBEDDED } from './gate-refusal.js'
import { assertTellableApart } from './look-alike-rules.js'
import { assertDistinctNodes } from './node-rules.js'
import { assertProofs, withUnreadProofsNamed } from './proof-rules.js'
import { scanJson } from './scan-json.js'
import { assertValueForm } from './value-rules.js'

declare const gated: unique symbol

/** A credential that passed the gate. Only `gateCredential` makes one. */
export type GatedCredential = JsonObject & { readonly [gated]: true }

export type GateOptions = {
  /** URLs of the pinned contexts. */
  readonly pinnedContexts: ReadonlySet<string>
  readonly limits?: GateLimits
  /** False while a document that we are about to sign is checked. */
  readonly proofRequired?: boolean
  /** False for a list of statuses, which says nothing in the words of Open Badges. */
  readonly badgeContextRequired?: boolean
}

/**
 * Passes the bytes of one credential through every rule.
 * @returns the parsed document, which means what it says
 * @throws GateRefusal naming the first rule that is broken
 * @throws IssuerError CONTEXT_NOT_PINNED for a context that is not one of ours
 */
export function gateCredential(bytes: Uint8Array, options: GateOptions): GatedCredential {
  const value = scanJson(bytes, options.limits ?? CREDENTIAL_LIMITS)
  if (!isJsonObject(value)) throw new GateRefusal('not-an-object', 'Send one JSON object.')
  const document = withUnreadProofsNamed(value)
  assertMembers(document)
  assertContexts(document, options.pinnedContexts, options.badgeContextRequired ?? true)
  assertEmbeddedCount(document)
  for (const place of walkJson(document)) assertValueForm(place)
  assertCredentialPlaces(document)
  const { proof: _proof, ...signed } = document
  assertDistinctNodes(signed)
  assertTellableApart(signed)
  if (options.proofRequired ?? true) assertProofs(document)
  return document as GatedCredential
}

const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Names that cannot be a member: with a keyword's or an IRI's signs, or with a capital first. Only
 * classes begin with a capital, and some contexts let `Criteria` stand for `criteria`.
 */
const FORBIDDEN_SHAPE = /[@:]|[\u0000-\u0020]|^[A-Z]/

/** Every member name is a plain term: no keyword, IRI, class or prototype name. */
function assertMembers(root: JsonObject): void {
  for (const { value, pointer, name } of walkJson(root)) {
    if (isJsonObject(value)) {
      const holdsContext = isCredentialRoot(pointer)
      for (const key of Object.keys(value)) assertName(key, pointer, holdsContext)
    }
    if (value === null || (Array.isArray(value) && value.length === 0)) {
      throw new GateRefusal('empty-value', `Leave “${name}” out instead.`, pointer)
    }
  }
}

/** Of the document or of an embedded credential. */
const PROOF = /(^|\/endorsement(\/\d+)?)\/proof(\/\d+)?$/

function assertName(key: string, pointer: string, mayHoldContext: boolean): void {
  if (key === '@context' && mayHoldContext) return
  // Other rules say which contexts a proof may repeat.
  if (key === '@context' && PROOF.test(pointer)) return
  if (key === '@context') {
    const detail = 'Contexts stand at the top of a credential only.'
    throw new GateRefusal('context-not-allowed', detail, pointer)
  }
  if (FORBIDDEN_NAMES.has(key) || key === '' || FORBIDDEN_SHAPE.test(key)) {
    throw new GateRefusal(
      'key-not-allowed',
      `The member “${key.slice(0, 60)}” is not allowed.`,
      pointer,
    )
  }
}

const CREDENTIAL_TYPE = 'VerifiableCredential'

/**
 * A credential is the root or an endorsement, and says so; an envelope in the place of one says nothing else. RDF does not mark the root: a badge hung
 * below another document of the same issuer would keep its signature.
 */
function assertCredentialPlaces(root: JsonObject): void {
  for (const { value, pointer } of walkJson(root)) {
    if (!isJsonObject(value) || pointer === '') continue
    if (isEmbeddedEnvelope(value, pointer) && isOnlyEnvelope(value)) continue
    if (isCredentialRoot(pointer) === hasType(value, CREDENTIAL_TYPE)) continue
    const detail = `Only the document itself and its endorsements are of type ${CREDENTIAL_TYPE}, and they must be.`
    throw new GateRefusal('misplaced-credential', detail, pointer)
  }
}

function assertEmbeddedCount(root: JsonObject): void {
  let count = 0
  for (const { value } of walkJson(root)) {
    count += listMember(value, 'endorsement').length + listMember(value, 'endorsementJwt').length
  }
  if (count > MAX_EMBEDDED) {
    throw new GateRefusal('too-many-embedded', `At most ${MAX_EMBEDDED} endorsements are checked.`)
  }
}
