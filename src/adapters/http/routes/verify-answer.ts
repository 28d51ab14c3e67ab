/** The page with the result of what was sent with the verify form. */
import type { Request } from 'express'
import { IssuerError } from '../../../domain/issuer-error.js'
import { renderReceiptPage } from '../../pages/receipt-page.js'
import { renderVerifyPage } from '../../pages/verify-page.js'
import type { AppParts } from '../app-parts.js'
import type { VerifyForm } from '../form-body.js'
import { PROBLEM_TYPES } from '../problem-types.js'
import { verifyBrought } from './brought.js'
import { broughtPicture } from './brought-picture.js'
import { findReceipt, receiptIfAny } from './receipts.js'

/** A longer text is not put back into the form: writing it out would hold everybody up. */
const ECHO_MAX_CHARS = 32_768

/** Faults of what was entered are shown beside the form, not as an error page. */
export async function verifyPage(
  parts: AppParts,
  request: Request,
  form: VerifyForm,
): Promise<{ readonly status: number; readonly html: string }> {
  const text = enteredText(form)
  const entered = text !== '' && text.length <= ECHO_MAX_CHARS ? { pasted: text } : {}
  try {
    const bytes = broughtBytes(form)
    const receipt = await findReceipt(parts, bytes)
    if (receipt !== undefined)
      return { status: 200, html: renderReceiptPage(receipt, parts.assets) }
    const { result, presented } = await verifyBrought(parts, request, bytes, form.recipient)
    const token = await receiptIfAny(parts, result, presented)
    const picture = broughtPicture(bytes, result.report)
    const model = {
      ...entered,
      report: result.report,
      ...(picture === undefined ? {} : { picture }),
      ...(token === undefined ? {} : { receipt: token }),
    }
    return { status: 200, html: renderVerifyPage(model, parts.assets) }
  } catch (error) {
    if (!(error instanceof IssuerError) || error.code === 'RATE_LIMITED') throw error
    const { status, title } = PROBLEM_TYPES[error.code]
    const refusal = { title, detail: error.message }
    return { status, html: renderVerifyPage({ ...entered, refusal }, parts.assets) }
  }
}

/** What was typed or pasted: the long field, else the short one of the front page. */
function enteredText({ credential, url }: VerifyForm): string {
  return credential.trim() === '' ? url : credential
}

/** The file, else the text. */
function broughtBytes(form: VerifyForm): Uint8Array {
  if (form.file.length > 0) return form.file
  const text = enteredText(form)
  if (text.trim() !== '') return new TextEncoder().encode(text)
  throw new IssuerError(
    'REQUEST_INVALID',
    'Paste a badge, choose a file, or give the address of a badge.',
  )
}
