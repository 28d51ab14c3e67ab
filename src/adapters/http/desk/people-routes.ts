/** Who works at the desk, for admins. */
import { changeStanding, endStaff, inviteStaff } from '../../../application/staff/manage-staff.js'
import { renderInvitedPage, renderPeoplePage } from '../../pages/desk/people-page.js'
import type { DeskRoute } from './desk-route.js'

const PATH = '/staff/people'

export const PEOPLE_ROUTES: readonly DeskRoute[] = [
  {
    method: 'GET',
    path: PATH,
    access: 'people:manage',
    handle: async ({ parts, ...frame }, response) => {
      const people = await parts.issuing.database.stores.staff.list()
      response.type('html').send(renderPeoplePage({ people, frame }, parts.assets))
    },
  },
  {
    method: 'POST',
    path: PATH,
    access: 'people:manage',
    handle: async ({ parts, form, actor, ...frame }, response) => {
      const email = form.get('email') ?? ''
      const handOver = parts.sendsMail ? 'mail' : 'by-hand'
      const request = { email, ...standingIn(form) }
      const invited = await inviteStaff(parts.issuing, actor, request, handOver)
      response.status(201).type('html')
      response.send(renderInvitedPage({ ...invited, frame }, parts.assets))
    },
  },
  {
    method: 'POST',
    path: `${PATH}/:id/role`,
    access: 'people:manage',
    handle: async ({ parts, form, actor, params }, response) => {
      await changeStanding(parts.issuing, actor, params['id'] ?? '', standingIn(form))
      response.redirect(303, PATH)
    },
  },
  {
    method: 'POST',
    path: `${PATH}/:id/end`,
    access: 'people:manage',
    handle: async ({ parts, actor, params }, response) => {
      await endStaff(parts.issuing, actor, params['id'] ?? '')
      response.redirect(303, PATH)
    },
  },
]

/** An empty field says nothing. */
function standingIn(form: URLSearchParams) {
  const district = form.get('district')?.trim()
  return {
    role: form.get('role') ?? '',
    ...(district === undefined || district === '' ? {} : { district }),
  }
}
