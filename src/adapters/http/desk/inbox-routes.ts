/** Reviews at the desk: the folders, one review, and what is decided about it. */
import { releaseReview } from '../../../application/release-review.js'
import { getVisible, readDeskReview, readInbox } from '../../../application/staff/inbox.js'
import { resumeReview, stopReview } from '../../../application/staff/stop-review.js'
import { renderDeskReviewPage } from '../../pages/desk/desk-review-page.js'
import { renderInboxPage } from '../../pages/desk/inbox-page.js'
import type { DeskRoute, StaffVisit } from './desk-route.js'
import { readQuery } from './inbox-query.js'

const REVIEW = '/staff/reviews/:id'

export const INBOX_ROUTES: readonly DeskRoute[] = [
  {
    method: 'GET',
    path: '/staff',
    access: 'desk:read',
    handle: async ({ parts, query, ...frame }, response) => {
      const inbox = await readInbox(parts.issuing, frame.member, readQuery(query))
      response.type('html').send(renderInboxPage({ inbox, frame }, parts.assets))
    },
  },
  {
    method: 'GET',
    path: REVIEW,
    access: 'desk:read',
    handle: async ({ parts, params, ...frame }, response) => {
      const review = await readDeskReview(parts.issuing, frame.member, params['id'] ?? '')
      response.type('html').send(renderDeskReviewPage({ review, frame }, parts.assets))
    },
  },
  {
    method: 'POST',
    path: `${REVIEW}/release`,
    access: 'reviews:decide',
    handle: async (visit, response) => {
      const { parts, actor, member, params } = visit
      const { review } = await getVisible(parts.issuing.database.stores, member, params['id'] ?? '')
      await parts.inTurn(() => releaseReview(parts.issuing, review, actor))
      response.redirect(303, addressOf(visit))
    },
  },
  stopRoute('hold', 'held'),
  stopRoute('return', 'returned'),
  {
    method: 'POST',
    path: `${REVIEW}/resume`,
    access: 'reviews:decide',
    handle: async (visit, response) => {
      await resumeReview(visit.parts.issuing, visit.actor, visit.params['id'] ?? '')
      response.redirect(303, addressOf(visit))
    },
  },
]

function stopRoute(name: string, state: 'held' | 'returned'): DeskRoute {
  return {
    method: 'POST',
    path: `${REVIEW}/${name}`,
    access: 'reviews:decide',
    handle: async (visit, response) => {
      const reason = visit.form.get('reason') ?? ''
      await stopReview(visit.parts.issuing, visit.actor, visit.params['id'] ?? '', {
        state,
        reason,
      })
      response.redirect(303, addressOf(visit))
    },
  }
}

/** The review's page; the id was found in the database, so it is one of ours. */
function addressOf({ params }: StaffVisit): string {
  return `/staff/reviews/${params['id']}`
}
