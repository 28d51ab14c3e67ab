/** Who asks: the bearer token of a request, checked for a scope. */
import type { Request, RequestHandler } from 'express'
import { authenticate, type Scope, type TokenParts } from '../../application/tokens.js'

/** Lets a request pass whose token has the scope; `response.locals.actor` says whose it is. */
export function requireScope(parts: TokenParts, scope: Scope): RequestHandler {
  return async (request, response, next) => {
    response.locals['actor'] = await authenticate(parts, bearerToken(request), scope)
    next()
  }
}

function bearerToken(request: Request): string | undefined {
  return /^Bearer ([\w-]{1,200})$/i.exec(request.get('Authorization') ?? '')?.[1]
}
