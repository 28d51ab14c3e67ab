/** Keys, canonical forms and proofs. */
import type { JsonObject } from '../../domain/json.js'
import type { LintedCredential } from '../../domain/linted-credential.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import type { NewKey, SigningKey } from '../../domain/signing-key.js'
import type { TokenAlgorithm } from '../../domain/token-header.js'

export interface Canonicalizer {
  /**
   * RDFC-1.0 N-Quads of a JSON-LD document in safe mode, or a sentence why there are none (an
   * undefined term, a context that is not pinned, a graph that is too costly).
   */
  canonicalize(
    document: JsonObject,
  ): Promise<{ nquads: string } | { refusal: string; isTooCostly?: boolean }>
}

/** The private side of the keys; the public side is recorded in the database. */
export interface KeyRing {
  /**
   * What the key files at hand say of themselves; none of them is opened. Throws KEY_UNAVAILABLE when
   * one of them cannot be read as a key file.
   */
  list(): readonly Pick<NewKey, 'issuer' | 'algorithm' | 'keyId'>[]
  /** Opens a key file and reads its public half. Throws KEY_UNAVAILABLE with one sentence. */
  read(keyId: string): Promise<NewKey>
  /**
   * Opens the private half of a recorded key and checks that it is that key, of that issuer.
   * Throws KEY_UNAVAILABLE with one sentence.
   */
  assertUsable(key: SigningKey): Promise<void>
  /**
   * Signs and verifies a random, domain-separated text that can never be taken for a credential.
   * Throws KEY_UNAVAILABLE when that fails.
   */
  probe(keyId: string): Promise<void>
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

/** Envelopes a credential in a VC-JWT (OB 3.0 section 8.2). */
export interface TokenSuite {
  /**
   * Signs the linted credential as a compact JWS. Redeems the token's enveloped form.
   * @param algorithm of the key that was linted
   * @throws PROOF_GENERATION_FAILED, KEY_UNAVAILABLE
   */
  secure(linted: LintedCredential, algorithm: 'ES256' | 'RS256'): Promise<string>
}

/** What became of one proof. */
export type ProofOutcome =
  | { readonly kind: 'verified' }
  /** The signature does not fit the content or the key. */
  | { readonly kind: 'mismatch' }
  /** A key of another kind than such proofs are made with. */
  | { readonly kind: 'wrong-key-type' }
  /** Only the earner holds this one, to choose what to show; what is shown has another. */
  | { readonly kind: 'base-proof' }
  /** Proofs of this kind are not checked over other proofs. */
  | { readonly kind: 'chain-unsupported' }
  /** The content has parts so alike that finding the form that was signed costs too much. */
  | { readonly kind: 'too-costly' }
  /** The content cannot be turned into what was signed, e.g. because of an undefined term. */
  | { readonly kind: 'untransformable'; readonly detail: string }

export interface ProofVerifier {
  /**
   * Verifies one proof over a gated document.
   * @param document the credential with all its proofs
   * @param proof the one to verify, of a supported kind
   * @param key already bound to its controller
   * @param previous proofs that it was made over, with the document (Data Integrity 1.0 section 4.3)
   */
  verify(
    document: JsonObject,
    proof: JsonObject,
    key: PublishedKey,
    previous: readonly JsonObject[],
  ): Promise<ProofOutcome>
}

/** The two forms in which keys are published. */
export type KeyMaterial = Pick<PublishedKey, 'publicKeyJwk' | 'publicKeyMultibase'>

export interface TokenVerifier {
  /**
   * Verifies the signature of a compact JWS that was read strictly; its header is not believed.
   * @param algorithm the only one that counts
   * @param key already bound to the issuer
   */
  verify(jws: string, algorithm: TokenAlgorithm, key: PublishedKey): Promise<boolean>
  /**
   * A name that a public key has in every form: the Multikey of an Ed25519 or P-256 key, the RFC 7638
   * thumbprint of an RSA key. Undefined for what is no such key, and for RSA keys that are too weak
   * or too large.
   */
  nameOf(key: KeyMaterial): string | undefined
}
