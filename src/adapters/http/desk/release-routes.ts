/** Releases of many: asked for in the inbox, and how far they are. */
import { askForRelease, type WhatToRelease } from '../../../application/staff/release-many.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { renderReleasePage } from '../../pages/desk/release-page.js'
import type { DeskRoute } from './desk-route.js'
import { readQuery } from './inbox-query.js'

const PATH = '/staff/releases'
/** Seconds until a browser looks again, while there is something left to do. */
const LOOK_AGAIN_S = '3'
const MAX_FAILED = 200

export const RELEASE_ROUTES: readonly DeskRoute[] = [
  {
    method: 'POST',
    path: PATH,
    access: 'reviews:decide',
    handle: async ({ parts, form, actor }, response) => {
      const releaseId = await askForRelease(parts.issuing, actor, readWhat(form))
      response.redirect(303, `${PATH}/${releaseId}`)
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:id`,
    access: 'reviews:decide',
    handle: async ({ parts, params, ...frame }, response) => {
      const { releases, reviews } = parts.issuing.database.stores
      const release = await releases.find(params['id'] ?? '')
      if (release === undefined) throw new IssuerError('NOT_FOUND', 'There is no release here.')
      const counts = await releases.count(release.releaseId)
      const failed = await Promise.all(
        (await releases.listFailed(release.releaseId, MAX_FAILED)).map(async (item) => ({
          ...item,
          name: (await reviews.findById(item.reviewRecordId))?.review.candidate.name ?? '',
        })),
      )
      if (counts.waiting > 0) response.set('Refresh', LOOK_AGAIN_S)
      response
        .type('html')
        .send(renderReleasePage({ release, counts, failed, frame }, parts.assets))
    },
  },
]

/** `all` takes what the filter of the page shows, also on its other pages. */
function readWhat(form: URLSearchParams): WhatToRelease {
  if (form.get('which') !== 'all') return { kind: 'chosen', recordIds: form.getAll('review') }
  const { district, achievement } = readQuery(form)
  return {
    kind: 'all',
    filter: {
      ...(district === undefined ? {} : { district }),
      ...(achievement === undefined ? {} : { achievement }),
    },
  }
}
