/** Text that comes back exactly as it went in. */
import { IssuerError } from '../../domain/issuer-error.js'

/** U+0000 (cut off by one database, refused by the other) and lone surrogates (not UTF-8). */
const UNSTORABLE = /\0|\p{Surrogate}/u

/**
 * Checks the parameters of a statement. Throws REQUEST_INVALID when a string holds U+0000 or a lone
 * surrogate, which would otherwise be read back changed.
 */
export function refuseUnstorableText(parameters: readonly unknown[]): void {
  if (parameters.some((value) => typeof value === 'string' && UNSTORABLE.test(value))) {
    throw new IssuerError(
      'REQUEST_INVALID',
      'A text contains the character U+0000 or half of a surrogate pair; send it without.',
    )
  }
}
