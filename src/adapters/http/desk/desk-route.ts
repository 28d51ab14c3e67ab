/**
 * Every page and form of the desk is a row of a table that says who may use it; the router is made
 * from the table, so there is no way to add one without saying so.
 */
import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { SignedIn } from '../../../application/staff/sessions.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { mayDo, type Permission } from '../../../domain/staff.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { formOf, fromOurPage, keptPrivate, readForm } from '../own-forms.js'
import { type FoundSession, findSession } from './session-cookie.js'

/** A request that was let through. */
export type Visit = {
  readonly parts: AppParts
  readonly request: Request
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Fields of the form; empty for a GET. */
  readonly form: URLSearchParams
  /** The session's secret, when the cookie held one that is open. */
  readonly secret: string | undefined
}

export type StaffVisit = Visit & SignedIn

type Row<Access, V extends Visit> = {
  readonly method: 'GET' | 'POST'
  readonly path: `/staff${string}`
  /** Who may: anyone, or those whose role has this permission. */
  readonly access: Access
  readonly handle: (visit: V, response: Response) => Promise<void> | void
}

export type DeskRoute = Row<'anyone', Visit> | Row<Permission, StaffVisit>

export const SIGN_IN_PATH = '/staff/sign-in'

/** The router of a table. The order of the guards is the order in which a request meets them. */
export function deskRouter(parts: AppParts, table: readonly DeskRoute[]): Router {
  const router = Router()
  router.use('/staff', keptPrivate)
  for (const path of new Set(table.map((row) => row.path))) {
    const rows = table.filter((row) => row.path === path)
    const route = router.route(path)
    for (const row of rows) {
      if (row.method === 'GET') route.get(admit(parts, row), serve(parts, row))
      else route.post(fromOurPage(parts), admit(parts, row), ...readForm(), serve(parts, row))
    }
    route.all(methodNotAllowed(rows.map(({ method }) => ALLOW[method]).join(', ')))
  }
  return router
}

const ALLOW = { GET: 'GET, HEAD', POST: 'POST' } as const

/** Lets those pass who may; before anything is read that they sent. */
function admit(parts: AppParts, { method, access }: DeskRoute): RequestHandler {
  return async (request, response, next) => {
    const found = await findSession(parts, request)
    response.locals['session'] = found
    if (access === 'anyone') return next()
    if (found === undefined) {
      if (method === 'GET') return response.redirect(303, SIGN_IN_PATH)
      throw new IssuerError('SIGN_IN_NEEDED', 'Sign in first; what you sent was not done.')
    }
    assertMay(found.signedIn, access)
    next()
  }
}

function serve(parts: AppParts, row: DeskRoute): RequestHandler {
  return (request, response) => {
    const found = response.locals['session'] as FoundSession | undefined
    const visit: Visit = {
      parts,
      request,
      params: request.params as Readonly<Record<string, string>>,
      query: new URL(request.url, parts.baseUrl).searchParams,
      form: formOf(request),
      secret: found?.secret,
    }
    if (row.access === 'anyone') return row.handle(visit, response)
    if (found === undefined) throw new Error('a route of the desk was reached without a session')
    if (row.method === 'POST') assertFormKey(visit.form, found.signedIn)
    return row.handle({ ...visit, ...found.signedIn }, response)
  }
}

function assertMay({ member }: SignedIn, permission: Permission): void {
  if (mayDo(member, permission)) return
  throw new IssuerError(
    'ROLE_INSUFFICIENT',
    `Your role at the desk, ${member.role}, does not allow this; an admin can change it.`,
  )
}

/** The key is bound to the session: a form of another session, or of another site, has none or another. */
function assertFormKey(form: URLSearchParams, { formKey }: SignedIn): void {
  if (form.get('key') === formKey) return
  throw new IssuerError(
    'FORM_NOT_OURS',
    'This form belongs to an earlier session. Open the page again and send it from there.',
  )
}
