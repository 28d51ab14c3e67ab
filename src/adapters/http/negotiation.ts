/** Who is asking: a person with a browser, or a machine. */
import type { Request, RequestHandler } from 'express'

/** The media types under which a credential is offered, best first for machines. */
const CREDENTIAL_TYPES = [
  'application/json',
  'application/ld+json',
  'application/vc',
  'application/vc+ld+json',
]
const MACHINE_TYPES = [...CREDENTIAL_TYPES, 'application/problem+json']
const HTML_TYPES = ['text/html', 'application/xhtml+xml']

/** Takes JSON-LD profiles out of Accept: we have one form, and it serves every profile. */
export const withoutProfiles: RequestHandler = (request, _response, next) => {
  const { accept } = request.headers
  if (accept !== undefined)
    request.headers.accept = accept.replace(/;\s*profile=("[^"]*"|[^;,\s]*)/gi, '')
  next()
}

/**
 * True when the Accept header names HTML and prefers it to every form for machines. A missing
 * header or a bare wildcard gets the machine's form: validators often send no Accept at all.
 */
export function prefersHtml(request: Request): boolean {
  const accept = (request.get('Accept') ?? '').toLowerCase()
  if (!HTML_TYPES.some((type) => accept.includes(type))) return false
  const best = request.accepts([...MACHINE_TYPES, ...HTML_TYPES])
  return typeof best === 'string' && HTML_TYPES.includes(best)
}

/** Of OB 3.0 section 5, of the W3C (VC-JOSE-COSE 1.0) and of RFC 7519. */
const TOKEN_TYPES = ['text/plain', 'application/vc+jwt', 'application/jwt']

/** The media type for a VC-JWT that this request accepts; plain text when it does not say. */
export function tokenType(request: Request): string {
  const accepted = request.accepts(TOKEN_TYPES)
  return typeof accepted === 'string' ? accepted : 'text/plain'
}

/** The media type for a credential that this request accepts; JSON when it does not say. */
export function credentialType(request: Request): string {
  const accepted = request.accepts(CREDENTIAL_TYPES)
  return typeof accepted === 'string' ? accepted : 'application/json'
}
