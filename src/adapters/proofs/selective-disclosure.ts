/** `ecdsa-sd-2023`: a credential from which its earner left parts out (W3C ECDSA Cryptosuites 1.0 section 3.4). */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { createVerifyCryptosuite } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import jsigs from 'jsonld-signatures'
import { type JsonObject, textMember } from '../../domain/json.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import { toPublicKey } from './public-key.js'
import type { LibraryLoader } from './reference-canonicalizer.js'
import { toKeyObject } from './verify-signature.js'

/**
 * Whether the statements shown are among those that were signed.
 * @param document without proofs; it was canonicalised before, so it is not one that costs too much
 * @param key a P-256 key
 */
export async function verifyDisclosure(
  document: JsonObject,
  proof: JsonObject,
  key: PublishedKey,
  documentLoader: LibraryLoader,
): Promise<boolean> {
  const { verified } = await jsigs.verify(
    { ...structuredClone(document), proof: structuredClone(proof) },
    {
      suite: new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
      purpose: new jsigs.purposes.AssertionProofPurpose({
        controller: {
          '@context': 'https://www.w3.org/ns/did/v1',
          id: key.controller,
          assertionMethod: [key.id],
        },
      }),
      documentLoader: withKey(documentLoader, key, textMember(proof, 'verificationMethod')),
    },
  )
  return verified === true
}

/** Serves the one key beside the contexts, by its id and by the name the proof has for it. */
function withKey(documentLoader: LibraryLoader, key: PublishedKey, alias = key.id): LibraryLoader {
  const document = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: key.id,
    type: 'Multikey',
    controller: key.controller,
    publicKeyMultibase: toPublicKey(toKeyObject(key)).publicKeyMultibase,
  }
  return async (url) =>
    url === key.id || url === alias
      ? { contextUrl: null, documentUrl: url, document }
      : documentLoader(url)
}
