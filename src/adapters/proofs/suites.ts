/**
 * The two cryptosuites of the profile, set up over the public library with one shared canonical
 * form: a document is canonicalised once, however many proofs it carries.
 */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import {
  type CanonicalHash,
  canonizeToNQuads,
  type LibraryLoader,
} from './reference-canonicalizer.js'

/** Canonicalises for one credential; remembers the result by the exact JSON text of the input. */
export type Canonize = (input: object, hash?: CanonicalHash) => Promise<string>

/** @param known canonical forms that are already computed, by JSON text */
export function createMemoCanonize(
  documentLoader: LibraryLoader,
  known: ReadonlyMap<string, string> = new Map(),
): Canonize {
  const memo = new Map<string, Promise<string>>()
  return (input, hash = 'SHA-256') => {
    const text = JSON.stringify(input)
    const ready = hash === 'SHA-256' ? known.get(text) : undefined
    if (ready !== undefined) return Promise.resolve(ready)
    const name = `${hash} ${text}`
    const running = memo.get(name) ?? canonizeToNQuads(input, documentLoader, hash)
    memo.set(name, running)
    return running
  }
}

/** The kinds that are made here. */
export type IssuedProofKind = 'eddsa-rdfc-2022' | 'Ed25519Signature2020'

export type LibrarySigner = {
  readonly id: string
  readonly algorithm: 'Ed25519'
  sign(options: { data: Uint8Array }): Promise<Uint8Array>
}

/**
 * One suite object of the library, for signing (with signer and date) or for verifying.
 * @param isLegacyContext whether the document names the first version of the Data Integrity context,
 *   as those of VC Data Model 1.1 do; the library would add the second
 */
export function createSuite(
  kind: IssuedProofKind,
  canonize: Canonize,
  signing?: { readonly signer: LibrarySigner; readonly date: string },
  isLegacyContext = false,
): object {
  if (kind === 'eddsa-rdfc-2022') {
    const cryptosuite = { ...eddsaRdfc2022, canonize: (input: object) => canonize(input) }
    return new DataIntegrityProof({ cryptosuite, legacyContext: isLegacyContext, ...signing })
  }
  const suite = new Ed25519Signature2020(signing)
  suite.canonize = (input) => canonize(input)
  return suite
}
