/** The status of badges: published lists for everyone, changes for those who may. */
import { type Request, type Response, Router } from 'express'
import {
  type ChangedStatus,
  changeBadgeStatus,
  changeManyStatuses,
  type StatusOutcome,
} from '../../../application/change-status.js'
import { readStatusRequest, readStatusRow } from '../../../application/read-status-request.js'
import { badgeUrl } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { member } from '../../../domain/json.js'
import { parseRequestJson } from '../../../domain/raw-gate/request-json.js'
import { STATUS_TTL_MS } from '../../../domain/status-list.js'
import type { AppParts } from '../app-parts.js'
import { actorOf, requireScope } from '../bearer-token.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { credentialType } from '../negotiation.js'
import { toProblem } from '../problem-details.js'
import { bodyBytes, rawBody } from '../request-body.js'
import { openToAll } from '../security-headers.js'

const LIST = /^[0-9a-z]{26}$/
/** A change is a few words. */
const CHANGE_BYTES = 16 * 1024
/** Several changes at once; what is longer goes through a file. */
const CHANGES_BYTES = 512 * 1024
const MAX_CHANGES = 500

export function statusRoutes(parts: AppParts): Router {
  const router = Router()
  router
    .route('/status/:list')
    .get(openToAll, (request, response) => sendList(parts, request, response))
    .all(methodNotAllowed('GET, HEAD'))
  router
    .route('/api/v1/badges/:code/status')
    .post(
      requireScope(parts.issuing, 'badges:status'),
      ...rawBody(['application/json'], CHANGE_BYTES),
      async (request, response) => {
        const body = parseRequestJson(bodyBytes(request.body))
        const change = readStatusRequest(String(request.params['code']), body)
        const changed = await changeBadgeStatus(parts.issuing, actorOf(response), change)
        response.json(toAnswer(parts, changed))
      },
    )
    .all(methodNotAllowed('POST'))
  router
    .route('/api/v1/badges/status')
    .post(
      requireScope(parts.issuing, 'badges:status'),
      ...rawBody(['application/json'], CHANGES_BYTES),
      async (request, response) => {
        const rows = readRows(parseRequestJson(bodyBytes(request.body)))
        const results: object[] = []
        for await (const outcome of changeManyStatuses(parts.issuing, actorOf(response), rows))
          results.push(toResult(parts, outcome))
        response.json({ results })
      },
    )
    .all(methodNotAllowed('POST'))
  return router
}

/** `Cache-Control` agrees with the list's `ttl`; the strong ETag is that of the signed bytes. */
async function sendList(parts: AppParts, request: Request, response: Response): Promise<void> {
  const list = String(request.params['list'])
  if (!LIST.test(list)) throw new IssuerError('NOT_FOUND', 'There is no such status list.')
  const securedJson = await parts.statusLists.publish(list)
  response
    .vary('Accept')
    .set('Cache-Control', `public, max-age=${STATUS_TTL_MS / 1000}`)
    .setHeader('Content-Type', credentialType(request))
  response.send(Buffer.from(securedJson))
}

/** Each row is judged by itself; only a body that is no list of rows is refused as a whole. */
function readRows(body: unknown): readonly ReturnType<typeof readStatusRow>[] {
  const changes = member(body, 'changes')
  if (Array.isArray(changes) && changes.length <= MAX_CHANGES) return changes.map(readStatusRow)
  throw new IssuerError(
    'STATUS_CHANGE_INVALID',
    `Send a list of at most ${MAX_CHANGES} changes; more go through a file.`,
    { pointer: '/changes' },
  )
}

function toAnswer(parts: AppParts, { code, state, reason, changedAt }: ChangedStatus): object {
  const url = badgeUrl(parts.baseUrl, code)
  return { code, url, status: state, reason: reason.text, public: reason.isPublic, changedAt }
}

function toResult(parts: AppParts, outcome: StatusOutcome): object {
  return outcome.kind === 'changed'
    ? toAnswer(parts, outcome.changed)
    : { problem: toProblem(outcome.error, parts.baseUrl) }
}
