/**
 * Signs a credential of any kind with a key that is for nothing else, so that test suites can drive the same
 * signing code as badges. None of it is a badge: its issuer is never the programme.
 */
import { ED25519_2020_CONTEXT } from '../../domain/achievement-credential.js'
import { isVersion1 } from '../../domain/generic-structure.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { isJsonObject, type JsonObject, listMember, member, textMember } from '../../domain/json.js'
import { lintGeneric } from '../../domain/linted-credential.js'
import { toTimestamp } from '../../domain/timestamps.js'
import type { CheckName } from '../../domain/verification-report.js'
import type { Actor } from '../actor.js'
import type { Clock, Hasher } from '../ports/environment.js'
import type { Canonicalizer, ProofSuite } from '../ports/proofs.js'
import type { Database } from '../ports/stores.js'
import type { CredentialVerifier } from '../ports/verifier.js'
import type { IssueRequest } from './issue-badge.js'

/** The issuer of everything that is no badge. */
export type GenericIssuer = {
  /** The `did:key` of its only key. */
  readonly did: string
  readonly keyId: string
  /** Addresses of the contexts that a credential may name. */
  readonly contexts: ReadonlySet<string>
  readonly canonicalizer: Canonicalizer
  readonly proofSuite: ProofSuite
}

export type GenericIssuingParts = {
  readonly issuer: GenericIssuer
  readonly database: Database
  readonly clock: Clock
  readonly hasher: Hasher
  readonly baseUrl: string
  readonly verifier: CredentialVerifier
}

const DATA_INTEGRITY_CONTEXT = 'https://w3id.org/security/data-integrity/v2'

/**
 * Judged in a worker before anything of it is computed here, and once more when it is signed.
 * @returns the secured credential with one proof, as JSON text
 * @throws REQUEST_INVALID, CREDENTIAL_REFUSED, CONTEXT_NOT_PINNED, LINT_FAILED; KEY_UNAVAILABLE, ISSUING_FAILED
 */
export async function issueGeneric(
  parts: GenericIssuingParts,
  actor: Actor,
  { credential, options }: IssueRequest,
): Promise<string> {
  const { issuer } = parts
  await assertNobodyElsesKey(parts)
  const kind = readProofKind(options)
  const document = withSuiteContext(credential, kind)
  await assertSound(parts, document)
  const verificationMethod = `${issuer.did}#${issuer.keyId}`
  const text = JSON.stringify(document)
  const linted = lintGeneric(text, {
    baseUrl: parts.baseUrl,
    issuerId: issuer.did,
    verificationMethod,
    pinnedContexts: issuer.contexts,
    schemaFaults: [],
    canonical: await issuer.canonicalizer.canonicalize(document),
  })
  const created = toTimestamp(parts.clock.now())
  const securedJson = withOneProof(await issuer.proofSuite.secure(linted, created), kind)
  await assertSigned(parts, securedJson)
  await audit(parts, actor, securedJson, verificationMethod)
  return securedJson
}

/** A key file of the programme that was copied here would sign anything in its name. */
async function assertNobodyElsesKey({ database, issuer }: GenericIssuingParts): Promise<void> {
  const keys = await database.stores.keys.list()
  if (keys.every(({ keyId }) => keyId !== issuer.keyId)) return
  const sentence = 'The key of the generic profile is that of an issuer here; make it another one.'
  throw new IssuerError('KEY_UNAVAILABLE', sentence)
}

type ProofType = 'DataIntegrityProof' | 'Ed25519Signature2020'

function readProofKind(options: JsonObject): ProofType {
  const type = member(options, 'type')
  const cryptosuite = member(options, 'cryptosuite')
  const isKnown = cryptosuite === undefined || cryptosuite === 'eddsa-rdfc-2022'
  if (type === 'Ed25519Signature2020' && cryptosuite === undefined) return type
  if ((type === undefined || type === 'DataIntegrityProof') && isKnown) return 'DataIntegrityProof'
  throw new IssuerError(
    'REQUEST_INVALID',
    'The proof must be a DataIntegrityProof with the cryptosuite eddsa-rdfc-2022, or an Ed25519Signature2020.',
    { pointer: '/options' },
  )
}

/** The terms of a proof must be defined (Data Integrity 1.0 section 2.4.1); version 2.0 has those of its own. */
function withSuiteContext(credential: JsonObject, type: ProofType): JsonObject {
  const url =
    type === 'Ed25519Signature2020'
      ? ED25519_2020_CONTEXT
      : isVersion1(credential)
        ? DATA_INTEGRITY_CONTEXT
        : undefined
  const contexts = member(credential, '@context')
  if (url === undefined || !Array.isArray(contexts) || contexts.includes(url)) return credential
  return { ...credential, '@context': [...contexts, url] }
}

/** What must be right before a credential is signed; it has no proof yet, and dates may lie ahead. */
const BEFORE: readonly CheckName[] = ['readable', 'structure', 'contexts']

async function assertSound(parts: GenericIssuingParts, document: JsonObject): Promise<void> {
  if ('proof' in document)
    throw new IssuerError('REQUEST_INVALID', 'The proof is made here; leave it out.', {
      pointer: '/credential/proof',
    })
  const { report, refusal } = await judge(parts, JSON.stringify(document))
  if (refusal !== undefined) {
    const { code, rule, detail, pointer } = refusal
    throw new IssuerError(code, detail, { rule, pointer: `/credential${pointer}` })
  }
  const wrong = report.checks.find(
    ({ name, outcome }) => BEFORE.includes(name) && outcome !== 'passed',
  )
  if (wrong === undefined) return
  const faults = wrong.problems.map(({ pointer = '' }) => ({
    pointer: `/credential${pointer}`,
    detail: wrong.sentence,
  }))
  throw new IssuerError('REQUEST_INVALID', wrong.sentence, {
    pointer: faults[0]?.pointer ?? '/credential',
    faults,
  })
}

function judge({ verifier }: GenericIssuingParts, text: string) {
  return verifier.verify(new TextEncoder().encode(text), { profile: 'generic' })
}

/** One proof object, as clients of the VC API expect; a set of one says the same. */
function withOneProof(securedJson: string, type: ProofType): string {
  const secured: unknown = JSON.parse(securedJson)
  const proof = listMember(secured, 'proof').find((one) => textMember(one, 'type') === type)
  if (!isJsonObject(secured) || proof === undefined)
    throw new IssuerError('PROOF_GENERATION_FAILED', 'The credential could not be signed.')
  return JSON.stringify({ ...secured, proof })
}

async function assertSigned(parts: GenericIssuingParts, securedJson: string): Promise<void> {
  const { report } = await judge(parts, securedJson)
  const isGood = ({ name, outcome }: { name: string; outcome: string }) =>
    !['issuerKey', 'proof'].includes(name) || outcome === 'passed'
  if (report.checks.every(isGood)) return
  throw new IssuerError('ISSUING_FAILED', 'What was signed did not verify, so it was not released.')
}

async function audit(
  { database, clock, hasher }: GenericIssuingParts,
  actor: Actor,
  securedJson: string,
  verificationMethod: string,
): Promise<void> {
  const digest = hasher.sha256Hex(securedJson)
  await database.transaction((stores) =>
    stores.audit.append({
      at: toTimestamp(clock.now()),
      actor: actor.name,
      action: 'generic.signed',
      subject: `sha256:${digest}`,
      detail: { verificationMethod },
    }),
  )
}
