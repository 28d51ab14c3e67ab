/** Pages for one person, and the forms on them. */
import type { Request, RequestHandler } from 'express'
import { bodyBytes, rawBody } from './request-body.js'
import { assertFromOurPage } from './same-site.js'

const FORM_BYTES = 64 * 1024

/** Nothing of such a page is kept by a browser or a proxy; our own forms say where they come from. */
export const keptPrivate: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin' })
  next()
}

/** @throws FORM_NOT_OURS, to the error handler, for a form that a page of others sent */
export function fromOurPage({ baseUrl }: { readonly baseUrl: string }): RequestHandler {
  return (request, _response, next) => {
    assertFromOurPage(request, baseUrl)
    next()
  }
}

/** Reads a form without files. */
export function readForm(): readonly RequestHandler[] {
  return rawBody(['application/x-www-form-urlencoded'], FORM_BYTES)
}

/** The fields that `readForm` read; none when there was no form. */
export function formOf(request: Request): URLSearchParams {
  return new URLSearchParams(new TextDecoder().decode(bodyBytes(request.body)))
}
