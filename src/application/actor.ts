/** Who asks for a change, and for which issuer they may speak. */
import { IssuerError } from '../domain/issuer-error.js'

export type Actor = {
  /** For the audit log: `token:…`, `staff:…`, `cli`, `system`. */
  readonly name: string
  /** Slug of the only issuer that it may speak for; absent for the operator, who runs them all. */
  readonly issuer?: string
}

/** Whoever has the command line has the database and the keys. */
export const OPERATOR: Actor = { name: 'cli' }

/** @throws FORBIDDEN when the actor belongs to another issuer */
export function assertSpeaksFor(actor: Actor, issuer: string): void {
  if (actor.issuer === undefined || actor.issuer === issuer) return
  throw new IssuerError(
    'FORBIDDEN',
    `This token belongs to the issuer “${actor.issuer}”, and this is a matter of “${issuer}”.`,
  )
}
