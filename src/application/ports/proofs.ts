/** Keys, canonical forms and proofs. */
import type { JsonObject } from '../../domain/json.js'
import type { LintedCredential } from '../../domain/linted-credential.js'
import type { VerificationMethod } from '../../domain/verification-method.js'

export interface Canonicalizer {
  /**
   * RDFC-1.0 N-Quads of a JSON-LD document in safe mode, or a sentence why there are none (an
   * undefined term, a context that is not pinned, a graph that is too costly).
   */
  canonicalize(document: JsonObject): Promise<{ nquads: string } | { refusal: string }>
}

/** The public side of the keys. */
export interface KeyRing {
  /** The method that signs now. Throws KEY_UNAVAILABLE when there is none. */
  getActive(): VerificationMethod
  /** Every method ever used, oldest first. */
  list(): readonly VerificationMethod[]
  /**
   * Signs and verifies a random, domain-separated text that can never be taken for a credential.
   * Throws KEY_UNAVAILABLE when that fails.
   */
  probe(): void
}

/** The only way to a signature on a credential. */
export interface ProofSuite {
  /**
   * Adds the proofs of the credential profile. Redeems the token; the same document, time and key
   * give the same bytes.
   * @param created `proof.created`, UTC with whole seconds
   * @returns the secured credential as JSON text, to be stored and served as it is
   * @throws PROOF_GENERATION_FAILED, KEY_UNAVAILABLE
   */
  secure(linted: LintedCredential, created: string): Promise<string>
}

/** What became of one proof. */
export type ProofOutcome =
  | { readonly kind: 'verified' }
  /** The signature does not fit the content or the key. */
  | { readonly kind: 'mismatch' }
  /** The content has parts so alike that finding the form that was signed costs too much. */
  | { readonly kind: 'too-costly' }
  /** The content cannot be turned into what was signed, e.g. because of an undefined term. */
  | { readonly kind: 'untransformable'; readonly detail: string }

export interface ProofVerifier {
  /**
   * Verifies one proof over a gated document.
   * @param document the credential with all its proofs
   * @param proof the one to verify, of a supported kind
   * @param method the key, already bound to its controller
   */
  verify(document: JsonObject, proof: JsonObject, method: VerificationMethod): Promise<ProofOutcome>
}
