/** What we signed is checked by others before it is released. */
import { IssuerError } from '../domain/issuer-error.js'
import type { IssuingParts } from './issuing-parts.js'
import type { SchemaKind } from './ports/documents.js'

/**
 * Schema once more with the proofs in place, then the implementation that shares no code with the signer.
 * @throws ISSUING_FAILED
 */
export async function verifyOwnOutput(
  parts: Pick<IssuingParts, 'schemaChecker' | 'independentVerifier'>,
  kind: SchemaKind,
  securedJson: string,
): Promise<void> {
  const faults = parts.schemaChecker.check(kind, JSON.parse(securedJson))
  const independent = await parts.independentVerifier.verify(securedJson)
  const reasons = [
    ...faults.map((fault) => `${fault.pointer} ${fault.detail}`),
    ...independent.reasons,
  ]
  if (independent.verified && reasons.length === 0) return
  throw notAccepted(reasons)
}

/** The error for what a second implementation found; its reasons go to the log only. */
export function notAccepted(reasons: readonly string[]): IssuerError {
  return new IssuerError(
    'ISSUING_FAILED',
    'What was signed was not released, because a second implementation did not accept it.',
    { cause: new Error(reasons.join(' ')) },
  )
}
