/** Bodies: authenticated first, then media type, then bytes within a limit. */
import express, { type RequestHandler } from 'express'
import { IssuerError } from '../../domain/issuer-error.js'

/** Media types, and the most bytes that may come as one of them. */
export type BodyKind = { readonly mediaTypes: readonly string[]; readonly limitBytes: number }

/** Reads the raw body of the media types named; nothing is inflated. */
export function rawBody(
  mediaTypes: readonly string[],
  limitBytes: number,
): readonly RequestHandler[] {
  return rawBodyOf([{ mediaTypes, limitBytes }])
}

/** The same where the limit depends on the media type. */
export function rawBodyOf(kinds: readonly BodyKind[]): readonly RequestHandler[] {
  const all = kinds.flatMap(({ mediaTypes }) => mediaTypes)
  return [
    (request, _response, next) => {
      assertMediaType(request.get('Content-Type'), all)
      next()
    },
    ...kinds.map(({ mediaTypes, limitBytes }) => {
      const isOfKind = (header: string | undefined) => mediaTypes.includes(mediaTypeOf(header))
      return express.raw({
        type: (message) => isOfKind(message.headers['content-type']),
        limit: limitBytes,
        inflate: false,
      })
    }),
  ]
}

/** So many bytes of strangers' bodies are in memory at once. */
const MAX_HELD_BYTES = 192 * 1024 * 1024

/** Bytes that were received and not yet answered, over all routes that share this. */
export type HeldBytes = { bytes: number }

/**
 * Counts what is received, so that holding many bodies costs whoever holds them as much to send. When
 * the budget is spent the next body is refused, and one that is still growing is cut off.
 */
export function withinBudget(held: HeldBytes, maxBytes = MAX_HELD_BYTES): RequestHandler {
  return (request, response, next) => {
    if (held.bytes >= maxBytes) {
      throw new IssuerError('VERIFIER_BUSY', 'Too many documents are being checked; try again.')
    }
    let own = 0
    request.on('data', (chunk: Buffer) => {
      own += chunk.length
      held.bytes += chunk.length
      if (held.bytes > maxBytes) request.destroy()
    })
    response.once('close', () => {
      held.bytes -= own
      own = 0
    })
    next()
  }
}

/** Bodies above this are few: a picture, or a document nearly at its limit. */
const LARGE_BYTES = 256 * 1024
/** Four pictures of the largest size: one that is checked while the others come. */
const MAX_LARGE_BYTES = 40 * 1024 * 1024

/**
 * The same with a smaller budget for large bodies, so that these leave room for all others. One of which the
 * length is not told counts as large.
 */
export function withinLargeBudget(held: HeldBytes, maxBytes = MAX_LARGE_BYTES): RequestHandler {
  const bounded = withinBudget(held, maxBytes)
  return (request, response, next) => {
    const length = request.get('Content-Length')
    if (length !== undefined && Number(length) <= LARGE_BYTES) {
      next()
      return
    }
    // What is still to come of a body that is refused is not worth reading.
    if (held.bytes >= maxBytes) response.set('Connection', 'close')
    bounded(request, response, next)
  }
}

function assertMediaType(header: string | undefined, allowed: readonly string[]): void {
  const [type = '', ...parameters] = partsOf(header)
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice('charset='.length)
  const isUtf8 = charset === undefined || /^"?utf-8"?$/.test(charset)
  if (allowed.includes(type) && isUtf8) return
  throw new IssuerError(
    'MEDIA_TYPE_UNSUPPORTED',
    `Send the body as ${allowed.join(' or ')} in UTF-8.`,
  )
}

function mediaTypeOf(header: string | undefined): string {
  return partsOf(header)[0] ?? ''
}

function partsOf(header = ''): readonly string[] {
  return header
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
}

/** The bytes that `rawBody` read; empty when there were none. */
export function bodyBytes(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}
