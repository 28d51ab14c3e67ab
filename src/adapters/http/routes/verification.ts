/** The public verifier: one address for machines, one page for people. */
import { type Request, Router } from 'express'
import type { VerifyOptions, VerifyResult } from '../../../application/ports/verifier.js'
import { reportOnBadge } from '../../../application/read-badge.js'
import { parseBadgeName } from '../../../domain/badge-code.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { CREDENTIAL_LIMITS, MAX_URL_CHARS } from '../../../domain/raw-gate/gate-refusal.js'
import { renderReceiptPage } from '../../pages/receipt-page.js'
import { renderVerifyPage } from '../../pages/verify-page.js'
import type { AppParts } from '../app-parts.js'
import { FORM_EXTRA_BYTES, readVerifyForm, type VerifyForm } from '../form-body.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { toProblem } from '../problem-details.js'
import { PROBLEM_TYPES } from '../problem-types.js'
import { bodyBytes, type HeldBytes, rawBody, withinBudget } from '../request-body.js'
import { findReceipt, receiptIfAny, receiptOf, wantsReceipt } from './receipts.js'

const MEDIA_TYPES = [
  'application/jwt',
  'application/vc+jwt',
  'application/json',
  'application/ld+json',
  'application/vc',
  'application/vc+ld+json',
]

export function verificationRoutes(parts: AppParts): Router {
  const router = Router()
  const held: HeldBytes = { bytes: 0 }
  router
    .route('/api/v1/verify')
    .post(
      parts.limits.verify,
      withinBudget(held),
      ...rawBody(MEDIA_TYPES, CREDENTIAL_LIMITS.maxBytes),
      async (request, response) => {
        const bytes = bodyBytes(request.body)
        response.set('Cache-Control', 'no-store')
        const brought = await findReceipt(parts, bytes)
        if (brought !== undefined) {
          response.json({ receipt: brought.finding })
          return
        }
        const url = readUrlRequest(bytes)
        const result = await askedAbout(parts, request, readRecipient(request), (options) =>
          url === undefined
            ? parts.reading.verifier.verify(bytes, options)
            : verifyUrl(parts, url, options),
        )
        const receipt = wantsReceipt(request)
          ? { receipt: await receiptOf(parts, result, url === undefined ? bytes : undefined) }
          : {}
        if (result.refusal === undefined) {
          response.json({ ...result.report, ...receipt })
          return
        }
        const problem = {
          ...toProblem(toError(result.refusal), parts.baseUrl),
          report: result.report,
          ...receipt,
        }
        response
          .status(problem.status)
          .type('application/problem+json')
          .send(JSON.stringify(problem))
      },
    )
    .all(methodNotAllowed('POST'))
  router
    .route('/verify')
    .get((_request, response) => {
      response.type('html').send(renderVerifyPage({}, parts.assets))
    })
    .post(
      parts.limits.verify,
      withinBudget(held),
      ...rawBody(['multipart/form-data'], CREDENTIAL_LIMITS.maxBytes + FORM_EXTRA_BYTES),
      async (request, response) => {
        const form = await readVerifyForm(
          request.get('Content-Type') ?? '',
          bodyBytes(request.body),
          CREDENTIAL_LIMITS.maxBytes,
        )
        const { status, html } = await verifyPage(parts, request, form)
        response.status(status).set('Cache-Control', 'no-store').type('html').send(html)
      },
    )
    .all(methodNotAllowed('GET, HEAD, POST'))
  return router
}

/** `{"url": "…"}` asks about a badge of ours; anything else is a credential. */
function readUrlRequest(bytes: Uint8Array): string | undefined {
  if (bytes.length > 4096) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'url')
      return undefined
    const url: unknown = Reflect.get(value, 'url')
    return typeof url === 'string' ? url : undefined
  } catch {
    return undefined
  }
}

/** Not in the address, which is kept in logs and histories. Header bytes are UTF-8. */
function readRecipient(request: Request): string {
  return Buffer.from(request.get('Recipient') ?? '', 'latin1').toString('utf8')
}

/**
 * Verifies for a person, within what one client may ask and what anybody may ask about one badge.
 * @param recipient empty when nobody is asked about
 * @throws RATE_LIMITED
 */
async function askedAbout(
  parts: AppParts,
  request: Request,
  recipient: string,
  verify: (options: VerifyOptions) => Promise<VerifyResult>,
): Promise<VerifyResult> {
  if (recipient.trim() === '') return verify({})
  await parts.limits.countRecipientTry(request)
  const result = await verify({ recipient })
  const { badge, badgeVerdict } = result.report
  if (badgeVerdict !== undefined) await parts.limits.countRecipientAnswer(badge?.id ?? '')
  return result
}

async function verifyUrl(
  parts: AppParts,
  url: string,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const start = `${parts.baseUrl}/badges/`
  const code = readOwnCode(url.trim(), start)
  if (code === undefined) {
    throw new IssuerError(
      'REQUEST_INVALID',
      `Give the address of a badge of this service, like ${start}…; for other badges send the file itself.`,
      { pointer: '/url' },
    )
  }
  return { report: await reportOnBadge(parts.reading, code, options) }
}

/** The code in the address of a badge of ours, or in what a person typed; undefined when there is none. */
function readOwnCode(entered: string, start: string): string | undefined {
  if (entered.length > MAX_URL_CHARS) return undefined
  const name = entered.startsWith(start) ? entered.slice(start.length) : entered
  return parseBadgeName(name, /\.json$/)
}

function toError(refusal: NonNullable<VerifyResult['refusal']>): IssuerError {
  const { code, detail, rule, pointer } = refusal
  return new IssuerError(code, detail, { rule, pointer })
}

/** A longer text is not put back into the form: writing it out would hold everybody up. */
const ECHO_MAX_CHARS = 32_768

function isEchoed(text: string, maxChars: number): boolean {
  return text !== '' && text.length <= maxChars
}

/** Faults of what was entered are shown beside the form, not as an error page. */
async function verifyPage(
  parts: AppParts,
  request: Request,
  form: VerifyForm,
): Promise<{ readonly status: number; readonly html: string }> {
  const entered = {
    ...(isEchoed(form.credential, ECHO_MAX_CHARS) ? { pasted: form.credential } : {}),
    ...(isEchoed(form.url, MAX_URL_CHARS) ? { url: form.url } : {}),
  }
  const bytes = documentIn(form)
  const brought = bytes === undefined ? undefined : await findReceipt(parts, bytes)
  if (brought !== undefined) return { status: 200, html: renderReceiptPage(brought, parts.assets) }
  try {
    const result = await askedAbout(parts, request, form.recipient, (options) =>
      verifyForm(parts, form, options),
    )
    const receipt = await receiptIfAny(parts, result, bytes)
    const model = {
      ...entered,
      report: result.report,
      ...(receipt === undefined ? {} : { receipt }),
    }
    return { status: 200, html: renderVerifyPage(model, parts.assets) }
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code === 'RATE_LIMITED') throw error
    const { status, title } = PROBLEM_TYPES[error.code]
    const refusal = { title, detail: error.message }
    return { status, html: renderVerifyPage({ ...entered, refusal }, parts.assets) }
  }
}

/** The file or the pasted text; undefined when neither is there. */
function documentIn({ file, credential }: VerifyForm): Uint8Array | undefined {
  if (file.length > 0) return file
  return credential.trim() === '' ? undefined : new TextEncoder().encode(credential)
}

async function verifyForm(
  parts: AppParts,
  form: VerifyForm,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const bytes = documentIn(form)
  if (bytes !== undefined) return parts.reading.verifier.verify(bytes, options)
  if (form.url.trim() !== '') return verifyUrl(parts, form.url, options)
  throw new IssuerError(
    'REQUEST_INVALID',
    'Paste a badge, choose a file, or give the address of a badge.',
  )
}
