/** The last handler of each route: the address exists, the method does not. */
import type { RequestHandler } from 'express'
import { IssuerError } from '../../domain/issuer-error.js'

/** @param allow value of the Allow header (RFC 9110 section 10.2.1) */
export function methodNotAllowed(allow: string): RequestHandler {
  return (_request, response) => {
    response.set('Allow', allow)
    throw new IssuerError('METHOD_NOT_ALLOWED', `This address takes ${allow}.`)
  }
}
