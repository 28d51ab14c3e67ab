/** What a second, unrelated implementation says of a secured credential. */

import type { JsonObject } from '../../domain/json.js'

/** Serves JSON-LD contexts by URL; undefined for every URL that is not pinned. */
export interface ContextSource {
  find(url: string): Readonly<Record<string, unknown>> | undefined
}

export type IndependentResult = {
  /** True only when there is at least one proof and every one of them holds. */
  readonly verified: boolean
  /** One sentence per fault; empty when verified. */
  readonly reasons: readonly string[]
  /** Lower-case hex SHA-256 of the canonical document without its proofs; '' when there is none. */
  readonly canonicalDocumentHash: string
}

/**
 * Re-checks a secured credential with code the signer does not use. It answers whether the proofs
 * hold over the document and whether each key is named under `issuer.id`; whether the issuer owns
 * that key is the caller's question.
 */
export interface IndependentVerifier {
  /**
   * Verifies a compact JWS with a public JWK, and that its claims repeat the credential in it (OB 3.0
   * section 8.2). Returns the faults; empty when it holds. Never throws for what the text says.
   */
  verifyToken(jws: string, publicKeyJwk: JsonObject): Promise<readonly string[]>
  /** Takes the JSON text as it would be released. Never throws for what the text says. */
  verify(securedJson: string): Promise<IndependentResult>
}
