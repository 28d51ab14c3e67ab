/** One request over one connection, and what came back: a document, another address, or a fault. */
import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http'
import type { Socket } from 'node:net'
import type { Effort } from './effort.js'
import { type Fault, fault } from './fault.js'
import { freshnessMs } from './freshness.js'
import type { Target } from './target.js'

export type ExchangeOptions = {
  /** Value of the `Accept` header. */
  readonly accept: string
  /** Value of the `User-Agent` header. */
  readonly userAgent: string
}

export type ReceivedDocument = {
  readonly kind: 'received'
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly freshForMs: number
}

export type Redirect = {
  readonly kind: 'redirect'
  /** `Location` as it was sent. */
  readonly location: string
  readonly freshForMs: number
}

export type Exchanged = ReceivedDocument | Redirect | Fault

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const MAX_HEAD_BYTES = 16 * 1024
/** Heads such as 103 that a server may send before its answer, without end. */
const MAX_INTERIM_ANSWERS = 8

const BROKEN = fault('no-connection', 'The server broke off, or did not answer as a web server.')
const TOO_LARGE = fault('too-large', 'What the server sent is too large to be looked at.')
const ENCODED = fault('encoding', 'The server sent the document packed, which was not asked for.')

/**
 * Sends the request and reads the answer. Only headers that say what is wanted and which software
 * asks: no cookies, credentials or referrer. Never rejects.
 */
export async function exchange(
  target: Target,
  socket: Socket,
  options: ExchangeOptions,
  effort: Effort,
): Promise<Exchanged> {
  try {
    const request = send(target, socket, options)
    const answer = await receiveHead(request)
    return answer === undefined ? BROKEN : await readAnswer(answer, socket, effort)
  } finally {
    effort.bytesLeft -= socket.bytesRead
    socket.destroy()
  }
}

function send(target: Target, socket: Socket, options: ExchangeOptions): ClientRequest {
  const request = startRequest({
    createConnection: () => socket,
    method: 'GET',
    path: target.path,
    setHost: false,
    headers: {
      Host: target.authority,
      Accept: options.accept,
      'Accept-Encoding': 'identity',
      'User-Agent': options.userAgent,
      Connection: 'close',
    },
    maxHeaderSize: MAX_HEAD_BYTES,
    insecureHTTPParser: false,
  })
  request.end()
  return request
}

function receiveHead(request: ClientRequest): Promise<IncomingMessage | undefined> {
  let interim = 0
  return new Promise((resolve) => {
    request.once('response', resolve)
    request.on('information', () => {
      interim += 1
      if (interim > MAX_INTERIM_ANSWERS) request.destroy()
    })
    request.on('error', () => resolve(undefined))
    request.once('close', () => resolve(undefined))
  })
}

async function readAnswer(
  answer: IncomingMessage,
  socket: Socket,
  effort: Effort,
): Promise<Exchanged> {
  // Destroyed half-way, it reports an error that nobody else waits for.
  answer.on('error', () => {})
  const { statusCode = 0, headers } = answer
  const freshForMs = freshnessMs(headers['cache-control'], headers.age)
  if (REDIRECTS.has(statusCode) && headers.location !== undefined)
    return { kind: 'redirect', location: headers.location, freshForMs }
  if (statusCode !== 200)
    return fault('http-status', `The server answered with status ${statusCode} and no document.`)
  if (!isPlain(headers['content-encoding'], 'identity')) return ENCODED
  if (!isPlain(headers['transfer-encoding'], 'chunked')) return ENCODED
  if (Number(headers['content-length'] ?? 0) > effort.bytesLeft) return TOO_LARGE
  const bytes = await readBody(answer, socket, effort.bytesLeft)
  if (!(bytes instanceof Uint8Array)) return bytes
  return { kind: 'received', mediaType: mediaTypeOf(headers['content-type']), bytes, freshForMs }
}

/** Also counts what is around the body, such as the sizes of very many very small chunks. */
async function readBody(
  answer: IncomingMessage,
  socket: Socket,
  maxBytes: number,
): Promise<Uint8Array | Fault> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of answer) {
      chunks.push(chunk as Uint8Array)
      if (socket.bytesRead > maxBytes) return TOO_LARGE
    }
  } catch {
    // Among them: less came than its head announced.
    return BROKEN
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function isPlain(encoding: string | undefined, plain: string): boolean {
  return [undefined, '', plain].includes(encoding?.trim().toLowerCase())
}

/** Lower case, without parameters. */
function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
