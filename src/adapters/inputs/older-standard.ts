/** Badges of Open Badges 1 and 2: recognised and explained. */
import type { FoundInput } from '../../application/ports/inputs.js'

const SHOWN_MAX_CHARS = 200

/**
 * @param where what the badge names as its own address; anything else than a plain web address is not
 *   repeated
 */
export function olderStandard(where?: string): FoundInput {
  const isShown =
    where !== undefined &&
    where.length <= SHOWN_MAX_CHARS &&
    /^https?:\/\/[\x21-\x7e]+$/.test(where)
  const confirm = isShown ? `Its issuer keeps it at ${where}` : 'Its issuer can confirm it'
  return {
    kind: 'older-standard',
    form: 'ob2',
    detail: `This is a badge of Open Badges 2.0 or 1.0, older standards that are not checked here. ${confirm}; a verifier for Open Badges 2.0 can check it, and this one can as soon as it is issued anew as Open Badges 3.0.`,
  }
}
