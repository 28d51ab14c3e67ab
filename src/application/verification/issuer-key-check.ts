/** Was it signed by the issuer's own key? Key and issuer are bound by what the issuer publishes. */
import { type JsonObject, listMember, member, textMember } from '../../domain/json.js'
import { listProofs, type ProofEntry, supportedProofs } from '../../domain/proof.js'
import type { PublishedKey } from '../../domain/published-key.js'
import { findAssertionMethod, isEd25519Multikey } from '../../domain/verification-method.js'
import type { Check, CheckProblem } from '../../domain/verification-report.js'
import type { ControllerDocuments } from '../ports/verifier.js'
import { failed, passed, problem, unknown } from './check-results.js'
import { isWeakKey } from './weak-keys.js'

/** The key of one proof: bound to a controller, refused with a reason, or out of reach. */
export type KeyOfProof =
  | { readonly kind: 'found'; readonly proof: ProofEntry; readonly method: PublishedKey }
  | {
      readonly kind: 'refused'
      readonly proof: ProofEntry
      readonly code: string
      readonly sentence: string
    }
  | {
      readonly kind: 'out-of-reach'
      readonly proof: ProofEntry
      readonly controller: string
      readonly sentence?: string
    }

/** `id` of the issuer, whether it stands as a string or as an object. */
export function issuerIdOf(document: JsonObject): string {
  const issuer = member(document, 'issuer')
  return typeof issuer === 'string' ? issuer : (textMember(issuer, 'id') ?? '')
}

/**
 * Looks up the key of every supported proof. Nothing is fetched; only documents at hand are read, first
 * of all our own: they know what became of a key, which a `did:key` cannot say of itself.
 */
export async function findKeys(
  document: JsonObject,
  controllers: ControllerDocuments,
  nowMs: number,
): Promise<readonly KeyOfProof[]> {
  return Promise.all(supportedProofs(document).map((proof) => findKey(proof, controllers, nowMs)))
}

async function findKey(
  proof: ProofEntry,
  controllers: ControllerDocuments,
  nowMs: number,
): Promise<KeyOfProof> {
  const methodId = toFullMethodId(proof.verificationMethod ?? '')
  const controller = methodId.split('#')[0] ?? ''
  if (!LOOKED_UP.test(methodId)) {
    const sentence = 'The proof does not name a key that can be looked up.'
    return { kind: 'refused', proof, code: 'method-not-listed', sentence }
  }
  const published = await controllers.find(controller)
  if (published.kind === 'refused') return { ...published, proof }
  if (published.kind !== 'found') return { kind: 'out-of-reach', proof, controller }
  const found = published.document
  if (textMember(found, 'id') !== controller) {
    const sentence = 'The document that publishes the key is that of another controller.'
    return { kind: 'refused', proof, code: 'method-controller', sentence }
  }
  const lookup = findAssertionMethod(found, methodId, nowMs)
  if (lookup.kind === 'found' && isWeakKey(lookup.method.publicKeyMultibase ?? '')) {
    const sentence = 'The key is one under which anybody can sign.'
    return { kind: 'refused', proof, code: 'method-key-form', sentence }
  }
  return { ...lookup, proof }
}

/** A key in a DID document (DID Core 3.2), or one that an address answers with (OB 3.0 section 8.5). */
const LOOKED_UP = /^(did:[a-z0-9]+:[^\s#]+#\S+|https?:\/\/\S+)$/

/** A bare `did:key` stands for its only method. */
function toFullMethodId(id: string): string {
  const multibase = id.startsWith('did:key:') ? id.slice('did:key:'.length) : ''
  return isEd25519Multikey(multibase) ? `${id}#${multibase}` : id
}

/** The document in which the issuer publishes its keys, when it is at hand. */
export async function findIssuerDocument(
  document: JsonObject,
  controllers: ControllerDocuments,
): Promise<JsonObject | undefined> {
  const issuer = issuerIdOf(document)
  const found = await controllers.find(issuer)
  return found.kind === 'found' ? found.document : undefined
}

/**
 * At least one proof must be by a key that the issuer itself controls, and none by a key that its
 * own controller does not stand behind.
 * @param issuerDocument what the issuer publishes, when it is at hand
 */
export function checkIssuerKey(
  document: JsonObject,
  keys: readonly KeyOfProof[],
  issuerDocument: JsonObject | undefined,
): Check {
  const issuer = issuerIdOf(document)
  if (issuerDocument !== undefined && !isAnyListed(listProofs(document), issuerDocument)) {
    const sentence = `None of its signatures is by a key that ${issuer} publishes.`
    const problems = problemsFor(keys, issuer)
    const unread = [problem('issuer-key-mismatch', '/proof')]
    return failed('issuerKey', sentence, problems.length > 0 ? problems : unread, ASK_ISSUER)
  }
  if (keys.length === 0) {
    const sentence = 'None of its signatures is of a kind that this service can check.'
    return unknown('issuerKey', sentence, [problem('proof-unsupported', '/proof')], OTHER_CHECKER)
  }
  if (keys.some((key) => key.kind === 'refused')) {
    return failed('issuerKey', sentenceFor(keys, issuer), problemsFor(keys, issuer), ASK_ISSUER)
  }
  const own = keys.find((key) => key.kind === 'found' && key.method.controller === issuer)
  if (own !== undefined)
    return passed('issuerKey', `It was signed with a key that ${issuer} publishes.`)

  const outOfReach = keys.find((key) => key.kind === 'out-of-reach' && mayBelong(key, issuer))
  if (outOfReach !== undefined) {
    const sentence = `The issuer's published keys (${issuer}) are not at hand here.`
    return unknown('issuerKey', sentence, [problem('key-not-at-hand', '/issuer/id')], OTHER_CHECKER)
  }
  return failed('issuerKey', sentenceFor(keys, issuer), problemsFor(keys, issuer), ASK_ISSUER)
}

/** Whether any proof, of whatever kind, names a key that the issuer lists. */
function isAnyListed(proofs: readonly ProofEntry[], issuerDocument: JsonObject): boolean {
  const listed = listMember(issuerDocument, 'verificationMethod').map((one) =>
    textMember(one, 'id'),
  )
  return proofs.some((proof) => listed.includes(toFullMethodId(proof.verificationMethod ?? '')))
}

/**
 * A DID lists its keys under its own id. Whose key an address answers with is known only from the
 * answer, so it may be that of an issuer which is an address itself.
 */
function mayBelong({ controller }: { readonly controller: string }, issuer: string): boolean {
  return controller === issuer || (/^https?:/.test(controller) && /^https?:/.test(issuer))
}

const OTHER_CHECKER = 'Try again later, or check it with the issuer named on the badge.'
const ASK_ISSUER = 'Do not rely on this badge; ask the issuer named on it.'

function sentenceFor(keys: readonly KeyOfProof[], issuer: string): string {
  const refused = keys.find((key) => key.kind === 'refused')
  if (refused?.kind === 'refused') return refused.sentence
  return `It was signed with a key that does not belong to the issuer it names (${issuer}).`
}

/** One problem for each key that is not the issuer's own. */
function problemsFor(keys: readonly KeyOfProof[], issuer: string): readonly CheckProblem[] {
  return keys.flatMap((key) => {
    if (key.kind === 'refused') return [problem(key.code, key.proof.pointer)]
    const controller = key.kind === 'found' ? key.method.controller : key.controller
    return controller === issuer ? [] : [problem('issuer-key-mismatch', key.proof.pointer)]
  })
}
