/**
 * The second implementation that re-checks every badge before release. It shares no code with the
 * signer: another JSON-LD parser, an own RDFC-1.0 and Node's own cryptography.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type {
  ContextSource,
  IndependentResult,
  IndependentVerifier,
} from '../../application/ports/independent-check.js'
import { isObject, type JsonObject, parseCredential } from './credential-text.js'
import { createQuadReader, type QuadReader } from './json-ld-quads.js'
import { checkProof, sha256 } from './proof-check.js'
import { canonicalise } from './rdfc.js'
import { verifyToken } from './token-check.js'

/** Proofs beyond this number are refused rather than checked: each costs a canonicalisation. */
const MAX_PROOFS = 10

/**
 * Creates the independent verifier.
 *
 * @param contexts the pinned contexts, the only ones it will read
 * @returns a verifier that checks every proof of a credential (VC Data Integrity 1.0, section 4.4)
 */
export function createIndependentVerifier(contexts: ContextSource): IndependentVerifier {
  const readQuads = createQuadReader(contexts)
  return { verify: (securedJson) => verifyText(securedJson, contexts, readQuads), verifyToken }
}

async function verifyText(
  securedJson: string,
  contexts: ContextSource,
  readQuads: QuadReader,
): Promise<IndependentResult> {
  let hash: Buffer | undefined
  await breathe()
  try {
    const { proof, ...unsecured } = parseCredential(securedJson, contexts)
    hash = sha256(canonicalise(await readQuads(unsecured)))
    const document = { context: unsecured['@context'], issuerId: issuerIdOf(unsecured), hash }
    const reasons: string[] = []
    for (const one of proofsIn(proof)) {
      await checkProof(one, document, readQuads).catch((fault) => reasons.push(sentence(fault)))
    }
    return result(reasons, hash)
  } catch (fault) {
    return result([sentence(fault)], hash)
  }
}

function result(reasons: readonly string[], hash: Buffer | undefined): IndependentResult {
  const canonicalDocumentHash = hash?.toString('hex') ?? ''
  return { verified: reasons.length === 0, reasons, canonicalDocumentHash }
}

function proofsIn(proof: unknown): readonly unknown[] {
  if (proof === undefined) throw new Error('The credential has no proof.')
  const proofs = Array.isArray(proof) ? proof : [proof]
  if (proofs.length > MAX_PROOFS) throw new Error('The credential has too many proofs.')
  return proofs
}

function issuerIdOf(credential: JsonObject): string {
  const issuer = credential['issuer']
  const id = isObject(issuer) ? issuer['id'] : issuer
  if (typeof id !== 'string') throw new Error('The credential has no issuer identifier.')
  return id
}

function sentence(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault)
}
