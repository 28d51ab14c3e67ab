/** The VC API of the W3C Credentials Community Group; what of it: docs/vc-api.md. */
import { type RequestHandler, type Response, Router } from 'express'
import { changeBadgeStatus } from '../../../application/change-status.js'
import { issueRequestedBadge } from '../../../application/vc-api/issue-badge.js'
import { issueGeneric } from '../../../application/vc-api/issue-generic.js'
import {
  asksForStatus,
  readIssueCall,
  readPresentationCall,
  readVerifyCall,
} from '../../../application/vc-api/read-calls.js'
import { readStatusCall } from '../../../application/vc-api/read-status-call.js'
import {
  toVerificationAnswer,
  type VerificationAnswer,
} from '../../../application/vc-api/verification-answer.js'
import {
  optionsFor,
  type PresentationAnswer,
  verifyPresented,
} from '../../../application/vc-api/verify-presented.js'
import { issuerIdOf } from '../../../application/verification/issuer-key-check.js'
import { badgeUrl } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import type { JsonValue } from '../../../domain/json.js'
import { CREDENTIAL_LIMITS, type GateLimits } from '../../../domain/raw-gate/gate-refusal.js'
import { parseRequestJson } from '../../../domain/raw-gate/request-json.js'
import type { AppParts } from '../app-parts.js'
import { actorOf, requireScope } from '../bearer-token.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { toProblem } from '../problem-details.js'
import { bodyBytes, type HeldBytes, rawBody, withinBudget } from '../request-body.js'

const MEDIA_TYPES = ['application/json', 'application/ld+json']

/** A little more than a credential, which the gate measures by itself; tokens are long texts. */
const LIMITS: GateLimits = {
  maxBytes: CREDENTIAL_LIMITS.maxBytes + 64 * 1024,
  maxDepth: CREDENTIAL_LIMITS.maxDepth + 8,
  maxNodes: 10_000,
  maxItems: 500,
  maxStringChars: CREDENTIAL_LIMITS.maxImageChars,
  maxImageChars: CREDENTIAL_LIMITS.maxImageChars,
}

export function vcApiRoutes(parts: AppParts): Router {
  const router = Router()
  const held: HeldBytes = { bytes: 0 }
  const received = [withinBudget(held), ...rawBody(MEDIA_TYPES, LIMITS.maxBytes)]
  const post = (path: string, guard: RequestHandler, answer: RequestHandler) =>
    router
      .route(path)
      .post(guard, ...received, answer)
      .all(methodNotAllowed('POST'))

  post(
    '/vc-api/credentials/issue',
    requireScope(parts.issuing, 'credentials:issue'),
    async (request, response) => {
      const call = readIssueCall(readBody(request.body))
      const { generic } = parts
      if (generic !== undefined && issuerIdOf(call.credential) === generic.issuer.did) {
        const secured = await parts.inTurn(() => issueGeneric(generic, actorOf(response), call))
        sendIssued(response, secured)
        return
      }
      const badge = await parts.inTurn(() =>
        issueRequestedBadge(parts.issuing, parts.reviewParser, actorOf(response), call),
      )
      response.location(badgeUrl(parts.baseUrl, badge.code))
      sendIssued(response, badge.securedJson)
    },
  )
  post(
    '/vc-api/credentials/status',
    requireScope(parts.issuing, 'credentials:status'),
    async (request, response) => {
      const change = readStatusCall(parts.baseUrl, readBody(request.body))
      const { code, state, changedAt } = await changeBadgeStatus(
        parts.issuing,
        actorOf(response),
        change,
      )
      response.json({ credentialId: badgeUrl(parts.baseUrl, code), status: state, changedAt })
    },
  )
  post('/vc-api/credentials/verify', parts.limits.verify, async (request, response) => {
    const { credential, options } = readVerifyCall(readBody(request.body))
    const result = await parts.reading.verifier.verify(
      toBytes(credential),
      optionsFor(credential, parts.generic !== undefined),
    )
    const answer = toVerificationAnswer(result, asksForStatus(credential, options))
    sendVerified(parts, response, answer, result.refusal?.rule)
  })
  post('/vc-api/presentations/verify', parts.limits.verify, async (request, response) => {
    const { presentation, options } = readPresentationCall(readBody(request.body))
    const { verifier } = parts.reading
    const answer = await verifyPresented(verifier, presentation, options, {
      isGeneric: parts.generic !== undefined,
      countChecks: (credentials) => parts.limits.countChecks(request, credentials),
    })
    sendVerified(parts, response, answer)
  })
  return router
}

function readBody(body: unknown): JsonValue {
  return parseRequestJson(bodyBytes(body), LIMITS)
}

function toBytes(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** The credential stands in the answer byte for byte as it was signed. */
function sendIssued(response: Response, securedJson: string): void {
  response.status(201).set('Cache-Control', 'no-store').type('application/json')
  response.send(`{"verifiableCredential":${securedJson}}`)
}

/** Clients look at the status code alone, so what did not verify is a problem document. */
function sendVerified(
  parts: AppParts,
  response: Response,
  answer: VerificationAnswer | PresentationAnswer,
  rule?: string,
): void {
  response.set('Cache-Control', 'no-store')
  if (answer.verified) {
    response.json(answer)
    return
  }
  const [first] = answer.problemDetails
  const sentence = first?.detail ?? 'Not every check that is needed could be made.'
  const error = new IssuerError(
    'CREDENTIAL_NOT_VERIFIED',
    sentence,
    rule === undefined ? {} : { rule },
  )
  const problem = { ...toProblem(error, parts.baseUrl), ...answer }
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}
