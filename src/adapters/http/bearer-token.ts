/** Who sends a request to the API: the holder of a token with the scope that it takes. */
import type { Request, RequestHandler, Response } from 'express'
import type { Actor } from '../../application/actor.js'
import { authenticate, type Scope, type TokenParts } from '../../application/tokens.js'

/** Lets a request pass that carries a token with `scope`; else UNAUTHENTICATED or FORBIDDEN. */
export function requireScope(parts: TokenParts, scope: Scope): RequestHandler {
  return async (request, response, next) => {
    response.locals['actor'] = await authenticate(parts, bearerToken(request), scope)
    next()
  }
}

/** The actor that `requireScope` let pass. */
export function actorOf(response: Response): Actor {
  return response.locals['actor'] as Actor
}

function bearerToken(request: Request): string | undefined {
  return /^Bearer ([\w-]{1,200})$/i.exec(request.get('Authorization') ?? '')?.[1]
}
