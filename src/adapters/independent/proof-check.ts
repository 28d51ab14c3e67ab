/** Checks one proof of a credential, from its own bytes to the signature. */
import { createHash, type KeyObject, verify } from 'node:crypto'
import { isObject, type JsonObject } from './credential-text.js'
import type { QuadReader } from './json-ld-quads.js'
import { decodeBase58btc, readEd25519Key } from './multibase.js'
import { canonicalise } from './rdfc.js'

/** The credential a proof stands in, with what all its proofs share. */
export type ProvenDocument = {
  readonly context: unknown
  /** `issuer.id`, or `issuer` when that is a string. */
  readonly issuerId: string
  /** SHA-256 of the canonical document without its proofs. */
  readonly hash: Uint8Array
}

/** Both suites sign SHA-256(proof options) ‖ SHA-256(document) with Ed25519. */
const SUITES: readonly { readonly type: string; readonly cryptosuite?: string }[] = [
  { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' },
  { type: 'Ed25519Signature2020' },
]

/**
 * Verifies one proof (Data Integrity EdDSA Cryptosuites 1.0, section 3.2.2 for `eddsa-rdfc-2022`
 * and 3.3.2 for `Ed25519Signature2020`).
 *
 * @param proof one member of the credential's `proof`
 * @param document what the proof is about
 * @param readQuads turns the proof options into quads
 * @throws Error with one sentence when the proof does not hold
 */
export async function checkProof(
  proof: unknown,
  document: ProvenDocument,
  readQuads: QuadReader,
): Promise<void> {
  if (!isObject(proof)) throw new Error('A proof is not a JSON object.')
  refuseOtherProofs(proof)
  const key = keyOf(proof, document.issuerId)
  const signature = signatureOf(proof)
  const options = proofOptions(proof, document.context)
  const optionsHash = sha256(canonicalise(await readQuads(options)))
  const signed = Buffer.concat([optionsHash, document.hash])
  if (!verify(null, signed, key, signature)) {
    throw new Error(
      'The signature does not belong to this document, these proof options and this key.',
    )
  }
}

function refuseOtherProofs(proof: JsonObject): void {
  const { type, cryptosuite } = proof
  if (!SUITES.some((suite) => suite.type === type && suite.cryptosuite === cryptosuite)) {
    throw new Error(`The proof is neither eddsa-rdfc-2022 nor Ed25519Signature2020.`)
  }
  if (proof['proofPurpose'] !== 'assertionMethod') {
    throw new Error('The purpose of the proof is not assertionMethod.')
  }
  // A context of its own or a chain would change what is signed; we never issue either.
  for (const member of ['@context', 'previousProof']) {
    if (member in proof)
      throw new Error(`The proof has the member ${member}, which is not allowed.`)
  }
}

/**
 * The key is read from the fragment of the verification method, which must stand under the issuer's
 * identifier. That the issuer publishes the key there is checked elsewhere.
 */
function keyOf(proof: JsonObject, issuerId: string): KeyObject {
  const method = proof['verificationMethod']
  const [controller, fragment, ...more] = typeof method === 'string' ? method.split('#') : []
  if (controller !== issuerId || fragment === undefined || more.length > 0) {
    throw new Error('The verification method is not a fragment of the issuer’s identifier.')
  }
  if (controller.startsWith('did:key:') && controller !== `did:key:${fragment}`) {
    throw new Error('The verification method names another key than its did:key.')
  }
  const key = readEd25519Key(fragment)
  if (key === undefined) throw new Error('The verification method holds no Ed25519 key.')
  return key
}

function signatureOf(proof: JsonObject): Uint8Array {
  const value = proof['proofValue']
  const signature = typeof value === 'string' ? decodeBase58btc(value) : undefined
  if (signature?.length !== 64) throw new Error('The proofValue is not an Ed25519 signature.')
  return signature
}

/** All members of the proof but the signature, under the context of the document. */
function proofOptions(proof: JsonObject, context: unknown): JsonObject {
  const { proofValue: _, ...options } = proof
  return { '@context': context, ...options }
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
