/** ProofVerifier over jsonld-signatures: one proof at a time, so that no proof hides another. */
import jsigs from 'jsonld-signatures'
import type { ProofOutcome, ProofVerifier } from '../../application/ports/proofs.js'
import { type JsonObject, listMember, textMember } from '../../domain/json.js'
import { proofKindOf } from '../../domain/proof.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import { toDidDocument } from '../../domain/verification-method.js'
import { describeFailure, type LibraryLoader } from './reference-canonicalizer.js'
import { type Canonize, createMemoCanonize, createSuite } from './suites.js'

/**
 * @param documentLoader serves pinned contexts only; keys are added per call, from the method given
 */
export function createVcProofVerifier(documentLoader: LibraryLoader): ProofVerifier {
  const canonizers = new WeakMap<JsonObject, Canonize>()
  const canonizeFor = (document: JsonObject): Canonize => {
    const found = canonizers.get(document) ?? createMemoCanonize(documentLoader)
    canonizers.set(document, found)
    return found
  }
  return {
    async verify(document, proof, method): Promise<ProofOutcome> {
      const canonize = canonizeFor(document)
      const { proof: _proofs, ...bare } = document
      const refusal = await refusalOf(canonize, structuredClone(bare))
      if (refusal !== undefined && TOO_COSTLY.test(refusal)) return { kind: 'too-costly' }
      if (refusal !== undefined) return { kind: 'untransformable', detail: refusal }
      const verified = await verifyOne(bare, proof, method, canonize, documentLoader)
      return { kind: verified ? 'verified' : 'mismatch' }
    },
  }
}

/** What rdf-canonize says when it gives up. */
const TOO_COSTLY = /Maximum deep iterations/

async function refusalOf(canonize: Canonize, bare: object): Promise<string | undefined> {
  try {
    await canonize(bare)
    return undefined
  } catch (error) {
    return describeFailure(error)
  }
}

/** The library's own checks stay on: signature, purpose, controller. The issuer is bound elsewhere. */
async function verifyOne(
  bare: JsonObject,
  proof: JsonObject,
  method: PublishedKey,
  canonize: Canonize,
  documentLoader: LibraryLoader,
): Promise<boolean> {
  const kind = proofKindOf(textMember(proof, 'type') ?? '', textMember(proof, 'cryptosuite'))
  if (kind === undefined) return false
  const single = { ...structuredClone(bare), proof: structuredClone(proof) }
  const result = await jsigs.verify(single, {
    suite: createSuite(kind, canonize, undefined, isLegacy(bare)),
    purpose: new jsigs.purposes.AssertionProofPurpose({
      controller: toDidDocument(method.controller, [withoutLife(method)]),
    }),
    documentLoader: withKey(documentLoader, method, textMember(proof, 'verificationMethod')),
  })
  return result.verified === true
}

/** Whether the signature holds is asked here; whether its key may be trusted is judged by the caller. */
function withoutLife({ id, controller, publicKeyMultibase = '' }: PublishedKey) {
  return { id, controller, publicKeyMultibase }
}

function isLegacy(document: JsonObject): boolean {
  return listMember(document, '@context').includes('https://w3id.org/security/data-integrity/v1')
}

/** Serves the one key beside the contexts, by its id and by the name the proof has for it. */
function withKey(
  documentLoader: LibraryLoader,
  method: PublishedKey,
  alias = method.id,
): LibraryLoader {
  const document = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: method.id,
    type: 'Multikey',
    controller: method.controller,
    publicKeyMultibase: method.publicKeyMultibase ?? '',
  }
  return async (url) =>
    url === method.id || url === alias
      ? { contextUrl: null, documentUrl: url, document }
      : documentLoader(url)
}
