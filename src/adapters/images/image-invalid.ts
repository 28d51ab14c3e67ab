/** The refusal of a picture. */
import { IssuerError } from '../../domain/issuer-error.js'

/** Names that a sentence repeats can be as long as the file. */
const MAX_CHARS = 300

/** What is wrong, as the rest of a sentence that begins with “The picture”; cut when it is long. */
export function imageInvalid(rule: string, what: string): IssuerError {
  const sentence = what.length > MAX_CHARS ? `${what.slice(0, MAX_CHARS)}…` : what
  return new IssuerError('IMAGE_INVALID', `The picture ${sentence}.`, { rule })
}
