/** A test service behind a real socket, with requests whose every byte the test decides. */
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { digestDatabase } from './http-database-digest.js'
import { aReview, type ReviewInput } from './reviews.js'
import { frozenClock, openTestApp, type TestApp, type TestServiceOptions } from './service.js'

export type HttpRequest = {
  readonly method?: string
  /** Goes out as it is written. */
  readonly path: string
  /** Nothing is added but `Host`, `Connection` and the length of the body. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export type HttpAnswer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  /** The body as UTF-8. */
  readonly text: string
  /** Throws when the body is not JSON. */
  json(): Readonly<Record<string, unknown>>
}

export type Send = (request: HttpRequest) => Promise<HttpAnswer>

export type HttpService = TestApp & {
  readonly send: Send
  /** One digest over every row of every table. */
  digest(): string
  /** Sends a review with a token for it and returns the answer. */
  review(change?: ReviewInput): Promise<HttpAnswer>
  /** Sends an approval and returns its badge; throws unless it has one. */
  badge(change?: ReviewInput): Promise<BadgeAnswer>
}

/** The badge as the reviews API names it. */
export type BadgeAnswer = {
  readonly code: string
  readonly url: string
  readonly credential: string
  readonly issuedAt: string
}

/** Opens the service, with the clock of the samples unless told, and a server on a free port. */
export async function openHttpService(options: TestServiceOptions = {}): Promise<HttpService> {
  const opened = await openTestApp({ clock: frozenClock, ...options })
  const server = createServer(opened.app)
  const send = sendTo(await listen(server))
  const token = await opened.token()
  await opened.verifier.ready()
  const review = (change?: ReviewInput) => send(reviewRequest(token, aReview(change)))
  return {
    ...opened,
    send,
    digest: () => digestDatabase(opened.settings.databaseUrl),
    review,
    badge: async (change) => badgeOf(await review(change)),
    close: async () => {
      await shut(server)
      await opened.close()
    },
  }
}

/** The same with one badge in it, and that badge's document as it is served. */
export async function openWithBadge(): Promise<{
  readonly http: HttpService
  readonly badge: BadgeAnswer
  readonly stored: string
}> {
  const http = await openHttpService()
  const badge = await http.badge()
  return { http, badge, stored: (await http.send({ path: `/badges/${badge.code}.json` })).text }
}

/** Serves another application while `work` runs, e.g. one with a broken part. */
export async function whileServing(
  app: TestApp['app'],
  work: (send: Send) => Promise<void>,
): Promise<void> {
  const server = createServer(app)
  try {
    await work(sendTo(await listen(server)))
  } finally {
    await shut(server)
  }
}

export function reviewRequest(token: string, review: unknown): HttpRequest {
  return {
    method: 'POST',
    path: '/api/v1/reviews',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(review),
  }
}

/** The badge in an answer of the reviews API; throws with the answer when it names none. */
export function badgeOf(answer: HttpAnswer): BadgeAnswer {
  const badge = answer.json()['badge']
  if (badge === undefined) throw new Error(`no badge: ${answer.status} ${answer.text}`)
  return badge as BadgeAnswer
}

/** Sends to a server on this port of the loopback address; every request has its own connection. */
export function sendTo(port: number): Send {
  return ({ method = 'GET', path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false })
      outgoing.on('error', reject)
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const bytes = Buffer.concat(chunks)
          const text = bytes.toString('utf8')
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            bytes,
            text,
            json: () => JSON.parse(text),
          })
        })
      })
      outgoing.end(body)
    })
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function shut(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
