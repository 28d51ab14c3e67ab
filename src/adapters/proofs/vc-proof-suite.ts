/** ProofSuite over @digitalbazaar/vc: secures what was linted, with the key that was linted. */
import { issue } from '@digitalbazaar/vc'
import type { ProofSuite } from '../../application/ports/proofs.js'
import { ED25519_2020_CONTEXT } from '../../domain/achievement-credential.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { type JsonObject, listMember } from '../../domain/json.js'
import type { LintedCredential } from '../../domain/linted-credential.js'
import type { Signer, SignerSource } from './file-key-ring.js'
import type { LibraryLoader } from './reference-canonicalizer.js'
import {
  createMemoCanonize,
  createSuite,
  type IssuedProofKind,
  type LibrarySigner,
} from './suites.js'

export type VcProofSuiteOptions = {
  readonly documentLoader: LibraryLoader
  readonly signerFor: SignerSource
}

export function createVcProofSuite(options: VcProofSuiteOptions): ProofSuite {
  return {
    async secure(linted: LintedCredential, created: string): Promise<string> {
      const { document, nquads, verificationMethod } = linted.redeem()
      const signer = toLibrarySigner(
        verificationMethod,
        await options.signerFor(keyIdOf(verificationMethod)),
      )
      const known = new Map([[JSON.stringify(document), nquads]])
      const canonize = createMemoCanonize(options.documentLoader, known)
      try {
        const proofs = []
        for (const kind of suitesFor(document)) {
          const suite = createSuite(kind, canonize, { signer, date: created })
          proofs.push(await proveOnce(document, suite, created, options.documentLoader))
        }
        return JSON.stringify({ ...document, proof: proofs })
      } catch (error) {
        if (error instanceof IssuerError) throw error
        throw new IssuerError('PROOF_GENERATION_FAILED', 'The badge could not be signed.', {
          cause: error,
        })
      }
    },
  }
}

/** The key's name is the fragment of its DID URL. */
function keyIdOf(verificationMethod: string): string {
  return verificationMethod.split('#')[1] ?? ''
}

function toLibrarySigner(id: string, signer: Signer): LibrarySigner {
  if (signer.algorithm !== 'Ed25519')
    throw new IssuerError('KEY_UNAVAILABLE', `The key ${id} does not make embedded proofs.`)
  return { id, algorithm: 'Ed25519', sign: async ({ data }) => signer.sign(data) }
}

/** The certified suite comes first (OB 3.0 section 8); the older one where its context stands. */
function suitesFor(document: JsonObject): readonly IssuedProofKind[] {
  const isLegacyToo = listMember(document, '@context').includes(ED25519_2020_CONTEXT)
  return isLegacyToo ? ['eddsa-rdfc-2022', 'Ed25519Signature2020'] : ['eddsa-rdfc-2022']
}

/** The library mutates what it is given, so it gets a copy; each proof covers the bare document. */
async function proveOnce(
  document: object,
  suite: object,
  created: string,
  documentLoader: LibraryLoader,
): Promise<unknown> {
  const credential = structuredClone(document)
  const secured = await issue({ credential, suite, documentLoader, now: new Date(created) })
  return secured['proof']
}
