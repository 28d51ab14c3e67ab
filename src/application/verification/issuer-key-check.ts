/** Was it signed by the issuer's own key? Key and issuer are bound by what the issuer publishes. */
import { type JsonObject, listMember, member, textMember } from '../../domain/json.js'
import { listProofs, type ProofEntry, supportedProofs } from '../../domain/proof.js'
import { listedMethods, methodIdIn } from '../../domain/published-keys/assertion-method.js'
import { toFullMethodId } from '../../domain/published-keys/self-describing-dids.js'
import type { Check, CheckProblem } from '../../domain/verification-report.js'
import type { ControllerDocuments } from '../ports/verifier.js'
import { failed, passed, problem, unknown } from './check-results.js'
import { type FoundKey, findPublishedKey } from './find-published-key.js'

/** The key of one proof: bound to a controller, refused with a reason, or out of reach. */
export type KeyOfProof = FoundKey & { readonly proof: ProofEntry }

/** `id` of the issuer, whether it stands as a string or as an object. */
export function issuerIdOf(document: JsonObject): string {
  const issuer = member(document, 'issuer')
  return typeof issuer === 'string' ? issuer : (textMember(issuer, 'id') ?? '')
}

/** Looks up the key of every supported proof. */
export async function findKeys(
  document: JsonObject,
  controllers: ControllerDocuments,
  nowMs: number,
): Promise<readonly KeyOfProof[]> {
  return Promise.all(
    supportedProofs(document).map(async (proof): Promise<KeyOfProof> => {
      const key = await findPublishedKey(controllers, proof.verificationMethod ?? '', nowMs)
      return { ...key, proof }
    }),
  )
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

  const outOfReach = keys
    .filter((key) => key.kind === 'out-of-reach')
    .find((key) => mayBelong(key, issuer))
  if (outOfReach !== undefined) {
    const why = outOfReach.sentence === undefined ? '' : ` ${outOfReach.sentence}`
    const sentence = `The issuer's published keys (${issuer}) are not at hand here.${why}`
    return unknown('issuerKey', sentence, [problem('key-not-at-hand', '/issuer/id')], OTHER_CHECKER)
  }
  return failed('issuerKey', sentenceFor(keys, issuer), problemsFor(keys, issuer), ASK_ISSUER)
}

/** Whether any proof, of whatever kind, names a key that the issuer lists or points to. */
function isAnyListed(proofs: readonly ProofEntry[], issuerDocument: JsonObject): boolean {
  const entries = [
    ...listedMethods(issuerDocument),
    ...listMember(issuerDocument, 'assertionMethod'),
  ]
  const listed = entries.map((entry) => methodIdIn(issuerDocument, entry))
  return proofs.some(({ verificationMethod: id = '' }) => listed.includes(toFullMethodId(id)))
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
