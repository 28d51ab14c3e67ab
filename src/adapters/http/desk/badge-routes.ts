/** Badges at the desk: found, changed, corrected, told of once more, erased. */
import type { Response } from 'express'
import { changeBadgeStatus } from '../../../application/change-status.js'
import { askForClaimLink } from '../../../application/claim/ask-for-claim-link.js'
import { makeHandOverLink } from '../../../application/claim/hand-over-link.js'
import { correctBadge } from '../../../application/correct-badge.js'
import { eraseBadge } from '../../../application/erase-badge.js'
import type { BadgeQuery } from '../../../application/ports/stores.js'
import { readCorrection } from '../../../application/read-correction.js'
import { readStatusRequest } from '../../../application/read-status-request.js'
import {
  getVisibleBadge,
  readDeskBadge,
  readDeskBadges,
} from '../../../application/staff/desk-badges.js'
import { parseBadgeCode } from '../../../domain/badge-code.js'
import type { StatusState } from '../../../domain/badge-status.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { renderBadgeListPage } from '../../pages/desk/badge-list-page.js'
import { renderDeskBadgePage, renderHandOverPage } from '../../pages/desk/desk-badge-page.js'
import type { DeskRoute, StaffVisit } from './desk-route.js'

const PATH = '/staff/badges'
const BADGE = `${PATH}/:code` as const

export const BADGE_ROUTES: readonly DeskRoute[] = [
  {
    method: 'GET',
    path: PATH,
    access: 'desk:read',
    handle: async ({ parts, query, ...frame }, response) => {
      const list = await readDeskBadges(parts.issuing, frame.member, readQuery(query))
      response.type('html').send(renderBadgeListPage({ list, frame }, parts.assets))
    },
  },
  {
    method: 'GET',
    path: BADGE,
    access: 'desk:read',
    handle: async ({ parts, params, ...frame }, response) => {
      const found = await readDeskBadge(parts.issuing, frame.member, codeIn(params))
      const page = { found, frame, sendsMail: parts.sendsMail }
      response.type('html').send(renderDeskBadgePage(page, parts.assets))
    },
  },
  {
    method: 'POST',
    path: `${BADGE}/status`,
    access: 'badges:change',
    handle: async (visit, response) => {
      const { parts, form, actor } = visit
      const code = await visibleCode(visit)
      const body = { change: form.get('change'), ...reasonIn(form) }
      await changeBadgeStatus(parts.issuing, actor, readStatusRequest(code, body))
      response.redirect(303, `${PATH}/${code}`)
    },
  },
  {
    method: 'POST',
    path: `${BADGE}/correction`,
    access: 'badges:change',
    handle: async (visit, response) => {
      const { parts, form, actor } = visit
      const code = await visibleCode(visit)
      const body = { candidate: candidateIn(form), ...reasonIn(form) }
      const request = readCorrection(code, body)
      const { badge } = await parts.inTurn(() =>
        correctBadge(parts.issuing, parts.reviewParser, actor, request),
      )
      response.redirect(303, `${PATH}/${badge.code}`)
    },
  },
  {
    method: 'POST',
    path: `${BADGE}/link`,
    access: 'badges:change',
    handle: async (visit, response) => sendLink(visit, await visibleCode(visit), response),
  },
  {
    method: 'POST',
    path: `${BADGE}/erase`,
    access: 'badges:erase',
    handle: async (visit, response) => {
      const { parts, form, actor } = visit
      const code = await visibleCode(visit)
      if (parseBadgeCode(form.get('code') ?? '') !== code)
        throw new IssuerError(
          'REQUEST_INVALID',
          'Type the code of the badge to erase it; it cannot be brought back.',
          { pointer: '/code' },
        )
      await eraseBadge(parts.issuing, actor.name, code)
      response.redirect(303, PATH)
    },
  },
]

/** By mail where mail is sent; else shown once, to be handed over. */
async function sendLink(visit: StaffVisit, code: string, response: Response): Promise<void> {
  const { parts, actor, member, formKey } = visit
  if (parts.sendsMail) {
    await askForClaimLink(parts.issuing, code)
    response.redirect(303, `${PATH}/${code}`)
    return
  }
  const link = await makeHandOverLink(parts.issuing, actor, code)
  const page = { code, link, frame: { member, formKey } }
  response.status(201).type('html').send(renderHandOverPage(page, parts.assets))
}

function codeIn(params: StaffVisit['params']): string {
  const code = parseBadgeCode(params['code'] ?? '')
  if (code !== undefined) return code
  throw new IssuerError('NOT_FOUND', 'There is no badge at this address.')
}

/** Before anything is done: a badge that the member may not see is not there. */
async function visibleCode({ parts, member, params }: StaffVisit): Promise<string> {
  const { stores } = parts.issuing.database
  return (await getVisibleBadge(stores, member, codeIn(params))).code
}

function reasonIn(form: URLSearchParams) {
  return { reason: form.get('reason') ?? '', public: form.get('public') === 'on' }
}

/** An empty field leaves what was there. */
function candidateIn(form: URLSearchParams) {
  const given = (['name', 'email'] as const).map((name) => [name, form.get(name)?.trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''))
}

const STATES: readonly StatusState[] = ['valid', 'suspended', 'revoked']
/** A slug or a code. */
const TERM = /^[A-Za-z0-9][\w-]{0,99}$/
const MAX_TEXT = 100

/** What is not understood is left out: an old bookmark still opens the desk. */
function readQuery(query: URLSearchParams): BadgeQuery {
  const text = (query.get('text') ?? '').trim().slice(0, MAX_TEXT)
  const given = (name: string) => TERM.exec(query.get(name)?.trim() ?? '')?.[0]
  const [district, achievement, after] = ['district', 'achievement', 'after'].map(given)
  const state = STATES.find((one) => one === query.get('state'))
  const claimed = query.get('claimed')
  return {
    ...(text === '' ? {} : { text }),
    ...(district === undefined ? {} : { district }),
    ...(achievement === undefined ? {} : { achievement }),
    ...(state === undefined ? {} : { state }),
    ...(claimed === 'yes' || claimed === 'no' ? { isClaimed: claimed === 'yes' } : {}),
    ...(after === undefined ? {} : { after }),
  }
}
