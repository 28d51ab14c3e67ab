/** Receipts: with the answer of a check, as a page to print, as a file, and when one is brought to be checked. */
import { createHash } from 'node:crypto'
import { type Request, Router } from 'express'
import type { VerifyResult } from '../../../application/ports/verifier.js'
import { issueReceipt, judgeReceipt, type ReceiptFinding } from '../../../application/receipts.js'
import { IssuerError } from '../../../domain/issuer-error.js'
import { type Brought, MAX_RECEIPT_CHARS } from '../../../domain/verification-receipt.js'
import { renderReceiptPage } from '../../pages/receipt-page.js'
import type { AppParts } from '../app-parts.js'
import { methodNotAllowed } from '../method-not-allowed.js'
import { bodyBytes, type HeldBytes, rawBody, withinBudget } from '../request-body.js'

/** What a token may cost in a form, in which its characters stand as they are. */
const FORM_BYTES = MAX_RECEIPT_CHARS + 1024
const MAX_HELD_BYTES = 16 * 1024 * 1024

export function receiptRoutes(parts: AppParts): Router {
  const router = Router()
  const held: HeldBytes = { bytes: 0 }
  router
    .route('/verify/receipt')
    .post(
      parts.limits.verify,
      withinBudget(held, MAX_HELD_BYTES),
      ...rawBody(['application/x-www-form-urlencoded'], FORM_BYTES),
      async (request, response) => {
        const form = new URLSearchParams(new TextDecoder().decode(bodyBytes(request.body)))
        const token = form.get('receipt')?.trim() ?? ''
        const finding = await getReceipt(parts, token)
        response.set('Cache-Control', 'no-store')
        if (form.get('as') === 'file' && finding.outcome === 'genuine') {
          const day = finding.statement.checkedAt.slice(0, 10)
          response
            .attachment(`verification-receipt-${day}.jwt`)
            .set('Content-Type', 'application/jwt')
          response.send(Buffer.from(token))
          return
        }
        response.type('html').send(renderReceiptPage({ finding, token }, parts.assets))
      },
    )
    .all(methodNotAllowed('POST'))
  return router
}

async function getReceipt(parts: AppParts, token: string): Promise<ReceiptFinding> {
  const finding = await judgeReceipt(parts.receipts, token)
  if (finding !== undefined) return finding
  throw new IssuerError('REQUEST_INVALID', 'This is no receipt of a check.')
}

/** A receipt among what is brought to be checked, with its own text; undefined for everything else. */
export async function findReceipt(
  parts: AppParts,
  bytes: Uint8Array,
): Promise<{ readonly finding: ReceiptFinding; readonly token: string } | undefined> {
  // `eyJ` begins every compact JWS; nothing else is decoded here.
  if (bytes.length > MAX_RECEIPT_CHARS) return undefined
  const token = Buffer.from(bytes).toString('latin1').trim()
  const finding = token.startsWith('eyJ') ? await judgeReceipt(parts.receipts, token) : undefined
  return finding === undefined ? undefined : { finding, token }
}

/** Whether the caller wants a receipt: `?receipt=true`. */
export function wantsReceipt(request: Request): boolean {
  return request.query['receipt'] === 'true'
}

/** What was brought to the check: itself, or where it is, with the code when it is a badge of ours. */
export type Presented =
  | { readonly kind: 'document'; readonly bytes: Uint8Array }
  | { readonly kind: 'address'; readonly code?: string }

/**
 * The receipt of a result.
 * @throws KEY_UNAVAILABLE
 */
export async function receiptOf(
  parts: AppParts,
  result: VerifyResult,
  presented: Presented,
): Promise<string> {
  const brought: Brought =
    presented.kind === 'address'
      ? { kind: 'address', ...(await digestAtAddress(parts, presented.code)) }
      : { kind: 'document', sha256: digest(presented.bytes) }
  return issueReceipt(parts.receipts, result, brought)
}

/** For a page, which is shown without a receipt when none can be signed. */
export async function receiptIfAny(
  ...args: Parameters<typeof receiptOf>
): Promise<string | undefined> {
  try {
    return await receiptOf(...args)
  } catch (error) {
    if (error instanceof IssuerError) return undefined
    throw error
  }
}

/** Of our own badge as it is served, so that the file can be held against the receipt. */
async function digestAtAddress(
  parts: AppParts,
  code: string | undefined,
): Promise<{ readonly sha256?: string }> {
  const badge =
    code === undefined ? undefined : await parts.reading.database.stores.badges.find(code)
  return badge === undefined ? {} : { sha256: digest(Buffer.from(badge.securedJson)) }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
