/** The form of proofs, checked before any key or signature is looked at. */
import {
  canonicalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  member,
  pointerTo,
  textMember,
} from '../json.js'
import { type ProofKind, proofFormOf, proofKindOf } from '../proof.js'
import { GateRefusal, MAX_METHOD_CHARS, MAX_PROOFS } from './gate-refusal.js'

/** Members a proof of a kind that we check may have (Data Integrity 1.0 section 2.1). */
const MEMBERS = new Set([
  '@context',
  'id',
  'type',
  'cryptosuite',
  'created',
  'expires',
  'proofPurpose',
  'verificationMethod',
  'proofValue',
  'nonce',
  'domain',
  'challenge',
  'previousProof',
])

/** base58btc of 64 bytes is 86 to 88 characters; decoding is quadratic, so length comes first. */
const BASE58_VALUE = /^z[1-9A-HJ-NP-Za-km-z]{79,}$/
/** base64url without padding, of a proof that holds many signatures. */
const BASE64_VALUE = /^u[A-Za-z0-9_-]{79,}$/

/**
 * Leaves of each proof of a kind that we do not check what names it: the rest is never read, has
 * rules of its own, and is not part of what the other proofs sign.
 */
export function withUnreadProofsNamed(root: JsonObject): JsonObject {
  const proof = member(root, 'proof')
  if (proof === undefined) return root
  return { ...root, proof: Array.isArray(proof) ? proof.map(nameIfUnread) : nameIfUnread(proof) }
}

const MAX_TYPE_CHARS = 200

function nameIfUnread(proof: JsonValue): JsonValue {
  const [type, cryptosuite] = [textMember(proof, 'type'), textMember(proof, 'cryptosuite')]
  if (type === undefined || proofKindOf(type, cryptosuite) !== undefined) return proof
  const id = shortUri(proof, 'id')
  const method = shortUri(proof, 'verificationMethod')
  return {
    ...(id === undefined ? {} : { id }),
    type: type.slice(0, MAX_TYPE_CHARS),
    ...(cryptosuite === undefined ? {} : { cryptosuite: cryptosuite.slice(0, MAX_TYPE_CHARS) }),
    ...(method === undefined ? {} : { verificationMethod: method }),
  }
}

function shortUri(proof: JsonValue, name: string): string | undefined {
  const uri = textMember(proof, name)
  return uri !== undefined && uri.length <= MAX_METHOD_CHARS && /^\w+:/.test(uri) ? uri : undefined
}

/**
 * Checks `proof` of the credential: one object or up to eight.
 * @throws GateRefusal `proof-missing`, `too-many-proofs`, `proof-member` or `malformed-value`
 */
export function assertProofs(root: JsonObject): void {
  const proof = member(root, 'proof')
  const proofs: readonly JsonValue[] = Array.isArray(proof)
    ? proof
    : proof === undefined
      ? []
      : [proof]
  if (proofs.length === 0)
    throw new GateRefusal('proof-missing', 'The credential is not signed.', '/proof')
  if (proofs.length > MAX_PROOFS) {
    throw new GateRefusal('too-many-proofs', `At most ${MAX_PROOFS} proofs are checked.`, '/proof')
  }
  for (const [index, one] of proofs.entries()) {
    const pointer = Array.isArray(proof) ? pointerTo('/proof', index) : '/proof'
    assertProof(one, pointer)
    assertSameContexts(root, one, pointer)
  }
}

function assertProof(proof: JsonValue, pointer: string): void {
  if (!isJsonObject(proof) || Object.keys(proof).length === 0) {
    throw new GateRefusal('proof-missing', 'A proof must be an object with members.', pointer)
  }
  const type = textMember(proof, 'type')
  if (type === undefined) {
    throw new GateRefusal(
      'malformed-value',
      'A proof names exactly one type.',
      pointerTo(pointer, 'type'),
    )
  }
  const kind = proofKindOf(type, textMember(proof, 'cryptosuite'))
  if (kind === undefined) return
  for (const name of Object.keys(proof)) {
    if (!MEMBERS.has(name)) {
      const detail = `A proof has no member “${name.slice(0, 60)}”.`
      throw new GateRefusal('proof-member', detail, pointerTo(pointer, name))
    }
  }
  assertProofValue(kind, member(proof, 'proofValue'), pointerTo(pointer, 'proofValue'))
  assertPrevious(member(proof, 'previousProof'), pointerTo(pointer, 'previousProof'))
  const method = member(proof, 'verificationMethod')
  if (method !== undefined && (typeof method !== 'string' || method.length > MAX_METHOD_CHARS)) {
    const detail = '“verificationMethod” must be the short id of a key.'
    throw new GateRefusal('malformed-value', detail, pointerTo(pointer, 'verificationMethod'))
  }
}

function assertProofValue(kind: ProofKind, value: JsonValue | undefined, pointer: string): void {
  if (value === undefined) return
  const { signs, maxChars } = proofFormOf(kind)
  const form = signs === 'statements' ? BASE64_VALUE : BASE58_VALUE
  if (signs === 'statements' && typeof value === 'string' && value.length > maxChars) {
    const detail = 'The proof has more signatures than are read.'
    throw new GateRefusal('string-too-long', detail, pointer)
  }
  if (typeof value !== 'string' || value.length > maxChars || !form.test(value)) {
    throw new GateRefusal('malformed-value', '“proofValue” is not a multibase signature.', pointer)
  }
}

/** One id or a list of ids (Data Integrity 1.0 section 2.1). */
function assertPrevious(value: JsonValue | undefined, pointer: string): void {
  if (value === undefined) return
  const ids = Array.isArray(value) ? value : [value]
  const isShort = (id: JsonValue) => typeof id === 'string' && id.length <= MAX_METHOD_CHARS
  if (ids.length <= MAX_PROOFS && ids.every(isShort)) return
  const detail = '“previousProof” must be the short id of a proof, or a short list of them.'
  throw new GateRefusal('malformed-value', detail, pointer)
}

/**
 * Some proofs repeat the contexts that they were made under (W3C EdDSA Cryptosuites 1.0 section 3.3). They are
 * those of the credential, all of them: a context that stood beside the signed ones would be nobody's word.
 */
export function assertSameContexts(
  credential: JsonObject,
  proof: JsonValue,
  pointer: string,
): void {
  const own = member(proof, '@context')
  if (own === undefined) return
  if (canonicalJson(own) === canonicalJson(member(credential, '@context') ?? null)) return
  throw new GateRefusal('context-inline', 'The proof names other contexts.', pointer)
}
