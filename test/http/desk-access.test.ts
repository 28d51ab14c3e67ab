/** Who may use which address of the desk: every route of its table with every role, and with none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESK_ROUTES } from '../../src/adapters/http/desk/desk-routes.js'
import { ROLES, type Role } from '../../src/domain/staff.js'
import { type Browser, type Desk, openDesk, ownForm } from '../support/desk.js'
import { BROWSER_ACCEPT } from '../support/http-forms.js'
import { listRoutes } from '../support/http-routes.js'

/** The matrix as it is meant; the table in the code must say the same. */
const MEANT: Readonly<Record<string, readonly Role[] | 'anyone'>> = {
  'GET /staff': ['admin', 'issuer', 'viewer', 'district'],
  'GET /staff/sign-in': 'anyone',
  'POST /staff/sign-in': 'anyone',
  'GET /staff/sign-in/:token': 'anyone',
  'POST /staff/sign-in/:token': 'anyone',
  'POST /staff/sign-out': ['admin', 'issuer', 'viewer', 'district'],
  'POST /staff/sign-out-everywhere': ['admin', 'issuer', 'viewer', 'district'],
  'GET /staff/reviews/:id': ['admin', 'issuer', 'viewer', 'district'],
  'POST /staff/reviews/:id/release': ['admin', 'issuer'],
  'POST /staff/reviews/:id/hold': ['admin', 'issuer'],
  'POST /staff/reviews/:id/return': ['admin', 'issuer'],
  'POST /staff/reviews/:id/resume': ['admin', 'issuer'],
  'GET /staff/badges': ['admin', 'issuer', 'viewer', 'district'],
  'GET /staff/badges/:code': ['admin', 'issuer', 'viewer', 'district'],
  'POST /staff/badges/:code/status': ['admin', 'issuer'],
  'POST /staff/badges/:code/correction': ['admin', 'issuer'],
  'POST /staff/badges/:code/link': ['admin', 'issuer'],
  'POST /staff/badges/:code/erase': ['admin'],
  'POST /staff/releases': ['admin', 'issuer'],
  'GET /staff/releases/:id': ['admin', 'issuer'],
  'GET /staff/log': ['admin'],
  'GET /staff/people': ['admin'],
  'POST /staff/people': ['admin'],
  'POST /staff/people/:id/role': ['admin'],
  'POST /staff/people/:id/end': ['admin'],
}

let desk: Desk
const people = new Map<Role, () => Promise<Browser>>()

beforeAll(async () => {
  desk = await openDesk()
  for (const role of ROLES)
    people.set(role, () => desk.as(role, role === 'district' ? 'vista-unified' : undefined))
})
afterAll(() => desk.close())

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const exampleOf = (path: string) =>
  path.replace(':id', 'none').replace(':token', 'none').replace(':code', 'none')

describe('the table of the desk', () => {
  it('is all that the application has under /staff', () => {
    const served = listRoutes(desk.app)
      .filter(({ path }) => path.startsWith('/staff'))
      .flatMap(({ path, methods }) => methods.map((method) => nameOf({ method, path })))
    expect(served.sort()).toEqual(DESK_ROUTES.map(nameOf).sort())
  })

  it('has a row for every line of the matrix', () => {
    expect(DESK_ROUTES.map(nameOf).sort()).toEqual(Object.keys(MEANT).sort())
  })
})

describe.each(DESK_ROUTES.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  const meant = MEANT[name] ?? []
  const path = exampleOf(route.path)

  it.each(ROLES)('does for %s what the matrix says', async (role) => {
    const visitor = await people.get(role)?.()
    if (visitor === undefined) throw new Error(`nobody is ${role}`)
    const before = desk.digest()
    const { status, text } = await (route.method === 'GET' ? visitor.get(path) : visitor.post(path))
    const isMeant = meant === 'anyone' || meant.includes(role)
    if (isMeant) {
      expect([200, 303, 404, 410, 422]).toContain(status)
      return
    }
    expect(status).toBe(403)
    expect(text).toContain('Your role does not allow this')
    expect(desk.digest()).toBe(before)
  })

  it('shows nothing to somebody who is not signed in, and does nothing', async () => {
    const before = desk.digest()
    const headers = route.method === 'GET' ? { Accept: BROWSER_ACCEPT } : ownForm()
    const answer = await desk.send({ method: route.method, path, headers })
    if (meant === 'anyone') expect([200, 410, 422]).toContain(answer.status)
    else if (route.method === 'POST') expect(answer.status).toBe(403)
    else expect([answer.status, answer.headers.location]).toEqual([303, '/staff/sign-in'])
    expect(desk.digest()).toBe(before)
  })
})
