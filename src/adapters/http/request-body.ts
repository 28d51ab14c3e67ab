/** Bodies: authenticated first, then media type, then bytes within a limit. */
import express, { type RequestHandler } from 'express'
import { IssuerError } from '../../domain/issuer-error.js'

/** Reads the raw body of the media types named; nothing is inflated. */
export function rawBody(
  mediaTypes: readonly string[],
  limitBytes: number,
): readonly RequestHandler[] {
  return [
    (request, _response, next) => {
      assertMediaType(request.get('Content-Type'), mediaTypes)
      next()
    },
    express.raw({ type: () => true, limit: limitBytes, inflate: false }),
  ]
}

/** So many bodies of strangers are in memory at once: at most about 140 MiB. */
const MAX_BODIES = 128

/** Refuses a further body while too many are being sent or judged; `bodies` is shared by its routes. */
export function atMost(bodies: { open: number }): RequestHandler {
  return (_request, response, next) => {
    if (bodies.open >= MAX_BODIES) {
      throw new IssuerError('VERIFIER_BUSY', 'Too many documents are being checked; try again.')
    }
    bodies.open += 1
    response.once('close', () => {
      bodies.open -= 1
    })
    next()
  }
}

function assertMediaType(header: string | undefined, allowed: readonly string[]): void {
  const [type = '', ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice('charset='.length)
  const isUtf8 = charset === undefined || /^"?utf-8"?$/.test(charset)
  if (allowed.includes(type) && isUtf8) return
  throw new IssuerError(
    'MEDIA_TYPE_UNSUPPORTED',
    `Send the body as ${allowed.join(' or ')} in UTF-8.`,
  )
}

/** The bytes that `rawBody` read; empty when there were none. */
export function bodyBytes(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}
