/** The refusal of a picture. */
import { IssuerError } from '../../domain/issuer-error.js'

/** What is wrong, as the rest of a sentence that begins with “The picture”. */
export function imageInvalid(rule: string, what: string): IssuerError {
  return new IssuerError('IMAGE_INVALID', `The picture ${what}.`, { rule })
}
