/** The whole desk: every row of its table. */
import type { Router } from 'express'
import type { AppParts } from '../app-parts.js'
import { BADGE_ROUTES } from './badge-routes.js'
import { type DeskRoute, deskRouter } from './desk-route.js'
import { INBOX_ROUTES } from './inbox-routes.js'
import { LOG_ROUTES } from './log-routes.js'
import { PEOPLE_ROUTES } from './people-routes.js'
import { RELEASE_ROUTES } from './release-routes.js'
import { SIGN_IN_ROUTES } from './sign-in-routes.js'

export const DESK_ROUTES: readonly DeskRoute[] = [
  ...SIGN_IN_ROUTES,
  ...INBOX_ROUTES,
  ...BADGE_ROUTES,
  ...RELEASE_ROUTES,
  ...LOG_ROUTES,
  ...PEOPLE_ROUTES,
]

export function deskRoutes(parts: AppParts): Router {
  return deskRouter(parts, DESK_ROUTES)
}
