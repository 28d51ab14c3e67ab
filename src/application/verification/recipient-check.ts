/** Does the badge belong to whom was asked about? (OB 3.0 section 9.3) */
import type { JsonObject } from '../../domain/json.js'
import {
  type Identity,
  identifiersOf,
  identitiesOf,
  kindOf,
  MAX_IDENTIFIERS,
  MAX_RECIPIENT_CHARS,
} from '../../domain/recipient-match.js'
import type { Check } from '../../domain/verification-report.js'
import type { Hasher } from '../ports/environment.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'

const AT = '/credentialSubject'

/**
 * Compares what was typed with every identity of the earner, in every spelling that counts, and always all
 * of them: how long the answer takes says nothing about how near it was. Neither what was typed nor what the
 * badge holds is repeated.
 * @param recipient an e-mail address, a DID or another identifier, in plain text; undefined when nobody asked
 * @param isProven whether issuer key and proofs passed; of what a stranger wrote nobody is the earner
 */
export function checkRecipient(
  document: JsonObject,
  recipient: string | undefined,
  hasher: Hasher,
  isProven: boolean,
): Check {
  if (recipient === undefined || recipient.trim() === '')
    return skipped(
      'recipient',
      'Nobody was asked about, so the earner was not compared with anyone.',
    )
  if (!isProven)
    return skipped('recipient', 'Without a sound signature, whose badge it is was not looked at.')
  if (recipient.length > MAX_RECIPIENT_CHARS)
    return notComparable('What you typed is longer than an address or identifier can be.')
  const identities = identitiesOf(document, recipient)
  const isMatch = identities.map((one) => fits(one, hasher)).includes(true)
  if (isMatch)
    return passed('recipient', 'The badge was made out to the address or identifier that you gave.')
  if (identifiersOf(document).length > MAX_IDENTIFIERS)
    return notComparable('The badge names its earner in more ways than are compared here.')
  if (!identities.some(({ kind }) => kind === kindOf(recipient)))
    return notComparable('The badge does not name its earner in the way that you do.')
  const sentence =
    'The badge was made out to somebody else than the address or identifier that you gave.'
  return failed('recipient', sentence, [problem('recipient-mismatch', AT)], MISMATCH_NEXT)
}

const MISMATCH_NEXT =
  'Look for a slip in what you typed; then ask the person which address they had when they earned it.'

function notComparable(sentence: string): Check {
  const next = 'Ask the person for the address or identifier that they earned it with.'
  return unknown('recipient', sentence, [problem('recipient-not-comparable', AT)], next)
}

/** No comparison is left out, and none ends early. */
function fits({ algorithm, expected, candidates, salt }: Identity, hasher: Hasher): boolean {
  return candidates
    .map((candidate) => digest(algorithm, `${candidate}${salt}`, hasher))
    .flatMap((found) => expected.map((wanted) => hasher.isSame(found, wanted)))
    .includes(true)
}

function digest(algorithm: Identity['algorithm'], text: string, hasher: Hasher): string {
  if (algorithm === undefined) return text
  return algorithm === 'md5' ? hasher.md5Hex(text) : hasher.sha256Hex(text)
}
