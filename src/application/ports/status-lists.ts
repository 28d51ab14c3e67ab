/** The bits of others' status lists, as they travel. */

export type DecodedBits =
  | { readonly kind: 'bits'; readonly bits: Uint8Array }
  /** Unpacked it is larger than any list that is read here. */
  | { readonly kind: 'too-large' }
  /** It is not gzip, or ends too early. */
  | { readonly kind: 'not-gzip' }

/**
 * @param base64url gzip in base64url without padding; no other character
 * @param maxBytes of what is unpacked; no more is ever made
 */
export type BitstringDecoder = (base64url: string, maxBytes: number) => DecodedBits
