/** The cookie of a session: for this host only, unseen by scripts, not sent along from other sites' forms. */
import { parseCookie } from 'cookie'
import type { Request, Response } from 'express'
import { findSignedIn, SESSION_MS, type SignedIn } from '../../../application/staff/sessions.js'
import type { AppParts } from '../app-parts.js'

/** `__Host-` makes browsers hold it to this host and to https (RFC 6265bis section 4.1.3.2). */
function cookieOf(baseUrl: string) {
  const secure = baseUrl.startsWith('https:')
  return {
    name: secure ? '__Host-imprimatur' : 'imprimatur',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
  }
}

export type FoundSession = { readonly signedIn: SignedIn; readonly secret: string }

/** Who is signed in with this request's cookie, and its secret. */
export async function findSession(
  parts: AppParts,
  request: Request,
): Promise<FoundSession | undefined> {
  const secret = parseCookie(request.get('Cookie') ?? '')[cookieOf(parts.baseUrl).name]
  const signedIn = await findSignedIn(parts.issuing, secret)
  return signedIn === undefined || secret === undefined ? undefined : { signedIn, secret }
}

export function setSessionCookie(response: Response, baseUrl: string, secret: string): void {
  const { name, options } = cookieOf(baseUrl)
  response.cookie(name, secret, { ...options, maxAge: SESSION_MS })
}

export function clearSessionCookie(response: Response, baseUrl: string): void {
  const { name, options } = cookieOf(baseUrl)
  response.clearCookie(name, options)
}
