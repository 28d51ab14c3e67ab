/** The public verifier: one address for machines, one page for people. */
import { type Request, type Response, Router } from 'express'
import type { Refusal } from '../../../application/ports/verifier.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { CREDENTIAL_LIMITS } from '../../../domain/raw-gate/gate-refusal.js'
import { renderVerifyPage } from '../../pages/verify-page.js'
import type { AppParts } from '../app-parts.js'
import { FORM_EXTRA_BYTES, readVerifyForm } from '../form-body.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { toProblem } from '../problem-details.js'
import {
  bodyBytes,
  type HeldBytes,
  rawBody,
  rawBodyOf,
  withinBudget,
  withinLargeBudget,
} from '../request-body.js'
import { verifyBrought } from './brought.js'
import { findReceipt, receiptOf, wantsReceipt } from './receipts.js'
import { verifyPage } from './verify-answer.js'

const TEXT_BYTES = CREDENTIAL_LIMITS.maxBytes
const PICTURE_BYTES = 10 * 1024 * 1024

/** The type only says how much may come; what it is, the bytes decide. */
const BROUGHT = [
  {
    mediaTypes: [
      'application/json',
      'application/ld+json',
      'application/vc',
      'application/vc+ld+json',
      'application/vc+jwt',
      'application/jwt',
      'text/plain',
      'text/html',
    ],
    limitBytes: TEXT_BYTES,
  },
  {
    mediaTypes: ['image/png', 'image/svg+xml', 'image/jpeg', 'application/octet-stream'],
    limitBytes: PICTURE_BYTES,
  },
]

export function verificationRoutes(parts: AppParts): Router {
  const router = Router()
  const held: HeldBytes = { bytes: 0 }
  const bounds = [parts.limits.verify, withinLargeBudget({ bytes: 0 }), withinBudget(held)]
  router
    .route('/api/v1/verify')
    .post(...bounds, ...rawBodyOf(BROUGHT), (request, response) =>
      answerMachine(parts, request, response),
    )
    .all(methodNotAllowed('POST'))
  router
    .route('/verify')
    .get((_request, response) => {
      response.type('html').send(renderVerifyPage({}, parts.assets))
    })
    .post(
      ...bounds,
      ...rawBody(['multipart/form-data'], PICTURE_BYTES + TEXT_BYTES + FORM_EXTRA_BYTES),
      async (request, response) => {
        const form = await readVerifyForm(
          request.get('Content-Type') ?? '',
          bodyBytes(request.body),
          { fileBytes: PICTURE_BYTES, fieldBytes: TEXT_BYTES },
        )
        const { status, html } = await verifyPage(parts, request, form)
        response.status(status).set('Cache-Control', 'no-store').type('html').send(html)
      },
    )
    .all(methodNotAllowed('GET, HEAD, POST'))
  return router
}

async function answerMachine(parts: AppParts, request: Request, response: Response): Promise<void> {
  const bytes = bodyBytes(request.body)
  response.set('Cache-Control', 'no-store')
  const brought = await findReceipt(parts, bytes)
  if (brought !== undefined) {
    response.json({ receipt: brought.finding })
    return
  }
  const { result, presented } = await verifyBrought(parts, request, bytes, readRecipient(request))
  const { report, refusal } = result
  const receipt = wantsReceipt(request)
    ? { receipt: await receiptOf(parts, result, presented) }
    : {}
  if (refusal === undefined) {
    response.json({ ...report, ...receipt })
    return
  }
  const problem = { ...toProblem(toError(refusal), parts.baseUrl), report, ...receipt }
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** Not in the address, which is kept in logs and histories. Header bytes are UTF-8. */
function readRecipient(request: Request): string {
  return Buffer.from(request.get('Recipient') ?? '', 'latin1').toString('utf8')
}

function toError({ code, detail, rule, pointer }: Refusal): IssuerError {
  return new IssuerError(code, detail, { rule, pointer })
}
