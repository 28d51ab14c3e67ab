/** ProofVerifier for presentations: the same suites, for the purpose `authentication`. */
import jsigs from 'jsonld-signatures'
import type { ProofVerifier } from '../../application/ports/proofs.js'
import { textMember } from '../../domain/json.js'
import { proofKindOf } from '../../domain/proof.js'
import { toDidDocument } from '../../domain/verification-method.js'
import { describeFailure, type LibraryLoader } from './reference-canonicalizer.js'
import { createMemoCanonize, createSuite } from './suites.js'

/**
 * What `challenge` and `domain` must be is judged by the caller.
 * @param documentLoader serves contexts only; the key is added per call
 */
export function createPresentationProofVerifier(documentLoader: LibraryLoader): ProofVerifier {
  return {
    async verify(document, proof, { id, controller, publicKeyMultibase = '' }) {
      const { proof: _proofs, ...bare } = document
      const canonize = createMemoCanonize(documentLoader)
      try {
        await canonize(structuredClone(bare))
      } catch (error) {
        return { kind: 'untransformable', detail: describeFailure(error) }
      }
      const kind = proofKindOf(textMember(proof, 'type') ?? '', textMember(proof, 'cryptosuite'))
      if (kind === undefined) return { kind: 'mismatch' }
      const key = {
        '@context': MULTIKEY_CONTEXT,
        type: 'Multikey',
        id,
        controller,
        publicKeyMultibase,
      }
      const alias = textMember(proof, 'verificationMethod')
      const { assertionMethod, ...holder } = toDidDocument(controller, [key])
      const purpose = {
        term: 'authentication',
        controller: { ...holder, authentication: assertionMethod },
      }
      const { verified } = await jsigs.verify(
        { ...structuredClone(bare), proof: structuredClone(proof) },
        {
          suite: createSuite(kind, canonize),
          purpose: new jsigs.purposes.AssertionProofPurpose(purpose),
          documentLoader: async (url) =>
            url === id || url === alias
              ? { contextUrl: null, documentUrl: url, document: key }
              : documentLoader(url),
        },
      )
      return { kind: verified ? 'verified' : 'mismatch' }
    },
  }
}

const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1'
