/** The desk's door: in with a link, out here or everywhere. */
import { askForLink } from '../../../application/staff/ask-for-link.js'
import { endSession, endSessionsOf } from '../../../application/staff/sessions.js'
import { readSignInLink, useSignInLink } from '../../../application/staff/sign-in-links.js'
import { toStaffEmail } from '../../../domain/staff.js'
import { renderAskedPage, renderLinkPage, renderSignInPage } from '../../pages/desk/sign-in-page.js'
import { type DeskRoute, SIGN_IN_PATH } from './desk-route.js'
import { clearSessionCookie, setSessionCookie } from './session-cookie.js'

export const SIGN_IN_ROUTES: readonly DeskRoute[] = [
  {
    method: 'GET',
    path: SIGN_IN_PATH,
    access: 'anyone',
    handle: ({ parts: { assets, sendsMail } }, response) => {
      response.type('html').send(renderSignInPage({ sendsMail }, assets))
    },
  },
  {
    // The answer is the same for every address, and does not wait for what tells them apart.
    method: 'POST',
    path: SIGN_IN_PATH,
    access: 'anyone',
    handle: async ({ parts, request, form }, response) => {
      const email = toStaffEmail(form.get('email') ?? '')
      await parts.limits.countSignIn(request, email)
      if (parts.sendsMail) parts.later(() => askForLink(parts.issuing, email))
      response
        .type('html')
        .send(renderAskedPage({ email, sendsMail: parts.sendsMail }, parts.assets))
    },
  },
  {
    // Mail programs and scanners open links; only the button signs in.
    method: 'GET',
    path: `${SIGN_IN_PATH}/:token`,
    access: 'anyone',
    handle: async ({ parts, params }, response) => {
      const { email } = await readSignInLink(parts.issuing, params['token'] ?? '')
      response.type('html').send(renderLinkPage({ email }, parts.assets))
    },
  },
  {
    method: 'POST',
    path: `${SIGN_IN_PATH}/:token`,
    access: 'anyone',
    handle: async ({ parts, params, secret: before }, response) => {
      const { secret } = await useSignInLink(parts.issuing, params['token'] ?? '')
      if (before !== undefined) await endSession(parts.issuing, before)
      setSessionCookie(response, parts.baseUrl, secret)
      response.redirect(303, '/staff')
    },
  },
  {
    method: 'POST',
    path: '/staff/sign-out',
    access: 'desk:read',
    handle: async ({ parts, secret }, response) => {
      if (secret !== undefined) await endSession(parts.issuing, secret)
      clearSessionCookie(response, parts.baseUrl)
      response.redirect(303, SIGN_IN_PATH)
    },
  },
  {
    method: 'POST',
    path: '/staff/sign-out-everywhere',
    access: 'desk:read',
    handle: async ({ parts, member }, response) => {
      await parts.issuing.database.transaction((stores) => endSessionsOf(stores, member.staffId))
      clearSessionCookie(response, parts.baseUrl)
      response.redirect(303, SIGN_IN_PATH)
    },
  },
]
