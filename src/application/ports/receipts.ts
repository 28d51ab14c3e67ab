/** Signing and checking receipts, apart from everything that signs badges. */
import type { SigningKey } from '../../domain/signing-key.js'
import type { VerificationReceipt } from '../../domain/verification-receipt.js'

export interface ReceiptSuite {
  /**
   * Signs a receipt as a compact JWS (RFC 7515) with a header of its own kind; signs nothing else.
   * @throws KEY_UNAVAILABLE, PROOF_GENERATION_FAILED
   */
  sign(receipt: VerificationReceipt, key: SigningKey): Promise<string>
  /** What a text says in its header, when it has the form of a receipt; nothing is verified yet. */
  readHeader(text: string): ReceiptHeader | undefined
  /** The payload, when the signature is by this key; undefined otherwise. */
  open(text: string, key: SigningKey): unknown
}

export type ReceiptHeader = { readonly alg: string; readonly kid: string }
