/** ProofVerifier for all kinds of embedded proof: one at a time, so that no proof hides another. */
import { createHash } from 'node:crypto'
import type { ProofOutcome, ProofVerifier } from '../../application/ports/proofs.js'
import { canonicalJson, type JsonObject, listMember, textMember } from '../../domain/json.js'
import { type ProofKind, proofFormOf, proofKindOf } from '../../domain/proof.js'
import { decodeBase58 } from '../../domain/published-keys/key-encodings.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import { formOfProofValue } from './derived-proof-value.js'
import { describeFailure, type LibraryLoader, TOO_COSTLY } from './reference-canonicalizer.js'
import { verifyDisclosure } from './selective-disclosure.js'
import { type Canonize, createMemoCanonize } from './suites.js'
import { HASH_OF_KEY, isSignedBy } from './verify-signature.js'

/** @param documentLoader serves pinned contexts only */
export function createProofVerifier(documentLoader: LibraryLoader): ProofVerifier {
  const canonizers = new WeakMap<JsonObject, Canonize>()
  const canonizeFor = (document: JsonObject): Canonize => {
    const found = canonizers.get(document) ?? createMemoCanonize(documentLoader)
    canonizers.set(document, found)
    return found
  }
  return {
    async verify(document, proof, key, previous): Promise<ProofOutcome> {
      const canonize = canonizeFor(document)
      const { proof: _proofs, ...bare } = document
      const refusal = await refusalOf(canonize, bare)
      if (refusal !== undefined && TOO_COSTLY.test(refusal)) return { kind: 'too-costly' }
      if (refusal !== undefined) return { kind: 'untransformable', detail: refusal }
      const signed = previous.length === 0 ? bare : { ...bare, proof: previous }
      return verifyOne({ signed, proof, key, canonize, documentLoader })
    },
  }
}

async function refusalOf(canonize: Canonize, bare: object): Promise<string | undefined> {
  try {
    await canonize(bare)
    return undefined
  } catch (error) {
    return describeFailure(error)
  }
}

type Signed = {
  /** The document with the proofs that the one at hand was made over, and no others. */
  readonly signed: JsonObject
  readonly proof: JsonObject
  readonly key: PublishedKey
  readonly canonize: Canonize
  readonly documentLoader: LibraryLoader
}

async function verifyOne({
  signed,
  proof,
  key,
  canonize,
  documentLoader,
}: Signed): Promise<ProofOutcome> {
  const kind = proofKindOf(textMember(proof, 'type') ?? '', textMember(proof, 'cryptosuite'))
  if (kind === undefined) return { kind: 'mismatch' }
  const { signs, keyTypes } = proofFormOf(kind)
  if (!keyTypes.includes(key.keyType)) return { kind: 'wrong-key-type' }
  try {
    if (signs === 'statements') return await verifyStatements(signed, proof, key, documentLoader)
    const data = await hashedData(kind, signed, proof, key, canonize)
    const signature = decodeBase58((textMember(proof, 'proofValue') ?? '').slice(1))
    const holds = signature !== undefined && isSignedBy(key, data, signature)
    return { kind: holds ? 'verified' : 'mismatch' }
  } catch {
    // Proof options that lose something, a point that is on no curve: nothing was signed in that way.
    return { kind: 'mismatch' }
  }
}

async function verifyStatements(
  signed: JsonObject,
  proof: JsonObject,
  key: PublishedKey,
  documentLoader: LibraryLoader,
): Promise<ProofOutcome> {
  const form = formOfProofValue(textMember(proof, 'proofValue') ?? '')
  if (form === 'base') return { kind: 'base-proof' }
  if (form === 'too-costly') return { kind: 'too-costly' }
  if (form === 'malformed') return { kind: 'mismatch' }
  if ('proof' in signed) return { kind: 'chain-unsupported' }
  const holds = await verifyDisclosure(signed, proof, key, documentLoader)
  return { kind: holds ? 'verified' : 'mismatch' }
}

/** Hash of the proof options, then of the document (W3C EdDSA Cryptosuites 1.0 section 3.2.3). */
async function hashedData(
  kind: ProofKind,
  signed: JsonObject,
  proof: JsonObject,
  key: PublishedKey,
  canonize: Canonize,
): Promise<Buffer> {
  const { proofValue: _signature, ...options } = proof
  const algorithm = HASH_OF_KEY[key.keyType]
  const hash = key.keyType === 'P-384' ? 'SHA-384' : 'SHA-256'
  const texts =
    proofFormOf(kind).signs === 'json'
      ? [canonicalJson(options), canonicalJson(signed)]
      : [await canonize(inContext(options, signed), hash), await canonize(signed, hash)]
  return Buffer.concat(texts.map((text) => createHash(algorithm).update(text).digest()))
}

/** The options mean what the document's contexts say (Data Integrity 1.0 section 4.4). */
function inContext(options: JsonObject, document: JsonObject): JsonObject {
  return { '@context': listMember(document, '@context'), ...options }
}
