/** What comes back over real TLS connections, honest and hostile, and what is made of it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  createGuardedClient,
  type GuardedClientOptions,
} from '../../src/adapters/outbound/guarded-client.js'
import type { GuardedClient } from '../../src/application/ports/outbound.js'
import { type Canary, openCanary } from '../support/canary-listener.js'
import { type IssuerHost, openIssuerHost } from '../support/issuer-host.js'
import { openAuthority, type TestAuthority } from '../support/test-authority.js'
import { describeWithTools } from '../support/tools.js'

const DEADLINE_MS = 600
const DOCUMENT = '{"id":"did:web:issuer.example"}'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

describeWithTools('answers over TLS', ['openssl'], () => {
  let authority: TestAuthority
  let canary: Canary
  let answer: Answer
  let host: IssuerHost
  const clients: GuardedClient[] = []

  beforeAll(async () => {
    authority = openAuthority()
    canary = await openCanary()
    const identity = authority.certify(['issuer.example', 'www.issuer.example'])
    host = await openIssuerHost(identity, (request, response) => answer(response, request))
  })
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()))
  })
  afterAll(async () => {
    await Promise.all([host.close(), canary.close()])
    authority.close()
  })

  /** A client of everyday rules, but for the one place of the test server. */
  function open(options: Partial<GuardedClientOptions> = {}): GuardedClient {
    const client = createGuardedClient({
      ownOrigin: 'https://badges.example.org',
      ports: [host.port, canary.port],
      isDevelopment: false,
      clock: { now: () => 0 },
      lookUp: async (name) => (name.endsWith('issuer.example') ? ['127.0.0.1'] : canary.addresses),
      authorities: [authority.certificate],
      alsoAllowed: [host.place],
      limits: { deadlineMs: DEADLINE_MS, perHost: 100 },
      ...options,
    })
    clients.push(client)
    return client
  }

  const urlOf = (path: string, port = host.port) => `https://issuer.example:${port}${path}`

  function get(given: Answer, options: Partial<GuardedClientOptions> = {}) {
    answer = given
    return open(options).fetch({ url: urlOf('/x'), accept: 'application/json' })
  }

  const send =
    (status: number, headers: Readonly<Record<string, string>>, body = ''): Answer =>
    (response) =>
      response.writeHead(status, headers).end(body)

  it('gives the document, and tells the server no more than what is wanted', async () => {
    answer = send(200, { 'Content-Type': 'Application/DID+json; charset=utf-8' }, DOCUMENT)
    const url = `https://Issuer.example:${host.port}/did.json?v=1`
    const got = await open().fetch({ url: `${url}#key-1`, accept: 'application/did+json' })
    expect(got).toEqual({
      kind: 'document',
      url: url.toLowerCase(),
      mediaType: 'application/did+json',
      bytes: new TextEncoder().encode(DOCUMENT),
    })
    expect(host.asked.at(-1)).toEqual({
      path: '/did.json?v=1',
      headers: {
        host: `issuer.example:${host.port}`,
        accept: 'application/did+json',
        'accept-encoding': 'identity',
        'user-agent': 'Imprimatur (checks Open Badges; https://badges.example.org)',
        connection: 'close',
      },
    })
  })

  it('takes an empty document, and one without a type, for what they are', async () => {
    const empty = { kind: 'document', url: urlOf('/x'), mediaType: '', bytes: new Uint8Array() }
    expect(await get(send(200, {}))).toEqual(empty)
    expect(await get(send(200, { 'Content-Encoding': 'identity' }))).toEqual(empty)
  })

  it.each([201, 204, 206, 304, 400, 401, 403, 404, 410, 429, 500, 503])(
    'gives no document for status %i',
    async (status) => {
      expect(await get(send(status, {}, status === 204 || status === 304 ? '' : 'no'))).toEqual({
        kind: 'fault',
        fault: 'http-status',
        sentence: `The server answered with status ${status} and no document.`,
      })
    },
  )

  const step = (request: IncomingMessage) => Number(request.url?.slice(1)) || 0
  const chain =
    (length: number, status = 302): Answer =>
    (response, request) => {
      if (step(request) === length) response.end(DOCUMENT)
      else response.writeHead(status, { Location: `/${step(request) + 1}` }).end()
    }

  it.each([301, 302, 303, 307, 308])('follows three redirects of status %i', async (status) => {
    const before = host.asked.length
    const got = await get(chain(3, status))
    expect(got).toMatchObject({ kind: 'document', url: urlOf('/3') })
    expect(host.asked.slice(before).map(({ path }) => path)).toEqual(['/x', '/1', '/2', '/3'])
  })

  it.each([
    ['four', chain(4)],
    ['ten', chain(10)],
    ['a loop of', send(302, { Location: '/x' })],
  ])('does not follow %s redirects', async (_name, given) => {
    const before = host.asked.length
    expect(await get(given)).toMatchObject({ fault: 'too-many-redirects' })
    expect(host.asked.length).toBe(before + 4)
  })

  it('follows to another host under the same rules, and carries nothing along', async () => {
    const target = `//www.issuer.example:${host.port}/1`
    const got = await get((response, request) => {
      response.setHeader('Set-Cookie', 'a=1; Secure')
      if (step(request) === 1) response.end(DOCUMENT)
      else response.writeHead(302, { Location: target }).end()
    })
    expect(got).toMatchObject({ kind: 'document', url: `https:${target}` })
    const { headers } = host.asked.at(-1) ?? {}
    expect(Object.keys(headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].sort(),
    )
    expect(headers?.host).toBe(`www.issuer.example:${host.port}`)
  })

  it('follows no redirect to where it may not go', async () => {
    const targets: readonly (readonly [to: string, fault: string])[] = [
      [`https://127.0.0.1:${canary.port}/`, 'address-not-allowed'],
      [`https://[::1]:${canary.port}/`, 'address-not-allowed'],
      [`https://0x7f.1:${canary.port}/`, 'address-not-allowed'],
      [`https://2130706433:${canary.port}/`, 'address-not-allowed'],
      [`https://localhost:${canary.port}/`, 'address-not-allowed'],
      [`https://inside.example:${canary.port}/`, 'address-not-allowed'],
      [`//inside.example:${canary.port}/`, 'address-not-allowed'],
      [`\\\\127.0.0.1:${canary.port}/`, 'address-not-allowed'],
      [`https://issuer.example:${canary.port}/`, 'address-not-allowed'],
      [`http://issuer.example:${canary.port}/`, 'url-not-allowed'],
      [`https://a@inside.example:${canary.port}/`, 'url-not-allowed'],
      ['https://issuer.example:22/', 'url-not-allowed'],
      ['https://badges.example.org/', 'url-not-allowed'],
      ['data:application/json,{}', 'url-not-allowed'],
      ['file:///etc/passwd', 'url-not-allowed'],
      ['https://', 'url-not-allowed'],
      [`/${'x'.repeat(3000)}`, 'url-not-allowed'],
    ]
    for (const status of [302, 307])
      for (const [to, fault] of targets)
        expect([to, await get(send(status, { Location: to }))]).toMatchObject([to, { fault }])
    expect(canary.connections()).toBe(0)
  })

  it('knows of no other ways to be led on', async () => {
    const to = `https://127.0.0.1:${canary.port}/`
    const headers = { Refresh: `0;url=${to}`, Link: `<${to}>; rel=alternate`, Location: to }
    expect(await get(send(200, headers, DOCUMENT))).toMatchObject({ kind: 'document' })
    expect(await get(send(302, {}))).toMatchObject({ fault: 'http-status' })
    expect(canary.connections()).toBe(0)
  })

  it.each(['gzip', 'br', 'deflate', 'zstd', 'x-gzip', 'identity, gzip', 'unheard-of'])(
    'refuses what is packed with %s',
    async (encoding) => {
      const got = await get(send(200, { 'Content-Encoding': encoding }, DOCUMENT))
      expect(got).toMatchObject({ fault: 'encoding' })
    },
  )

  it('does not unpack a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const before = process.memoryUsage.rss()
    const got = await get((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb)
    })
    expect(got).toMatchObject({ fault: 'encoding' })
    expect(process.memoryUsage.rss() - before).toBeLessThan(16 * 1024 * 1024)
  })

  it('refuses a document that is too large before it is sent', async () => {
    const before = host.bytesSent()
    const got = await get((response) => {
      response.writeHead(200, { 'Content-Length': String(3 * 1024 * 1024) }).write('{')
    })
    expect(got).toMatchObject({ fault: 'too-large' })
    expect(host.bytesSent() - before).toBeLessThan(10_000)
  })

  it('ends a body that does not end', async () => {
    const before = host.bytesSent()
    const limits = { deadlineMs: 5000, maxBytes: 256 * 1024 }
    const got = await get(
      (response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(16 * 1024))) {}
        }
        response.on('drain', more)
        more()
      },
      { limits },
    )
    expect(got).toMatchObject({ fault: 'too-large' })
    expect(host.bytesSent() - before).toBeLessThan(16 * 1024 * 1024)
  })

  it('counts the bytes of all answers on the way', async () => {
    const padding = { 'X-Padding': 'x'.repeat(5000) }
    const limits = { maxBytes: 12_000 }
    const given =
      (length: number): Answer =>
      (response, request) => {
        if (step(request) === length) response.writeHead(200, padding).end(DOCUMENT)
        else response.writeHead(302, { ...padding, Location: `/${step(request) + 1}` }).end()
      }
    expect(await get(given(0), { limits })).toMatchObject({ kind: 'document' })
    expect(await get(given(3), { limits })).toMatchObject({ fault: 'too-large' })
  })

  it.each<[string, Answer]>([
    ['no head', () => {}],
    ['a slow head', (response) => drip(response.socket, 'HTTP/1.1 200 OK\r\nX-Slow: ')],
    ['no body', (response) => response.writeHead(200).write('')],
    ['a slow body', (response) => drip(response.writeHead(200), '{')],
    [
      'a slow redirect',
      (response, request) => {
        setTimeout(() => chain(9)(response, request), DEADLINE_MS / 2)
      },
    ],
  ])('waits no longer than the deadline for a server with %s', async (_name, given) => {
    const begun = performance.now()
    expect(await get(given)).toMatchObject({ kind: 'fault', fault: 'timeout' })
    const ms = performance.now() - begun
    expect(ms).toBeGreaterThan(DEADLINE_MS - 50)
    expect(ms).toBeLessThan(DEADLINE_MS + 1500)
  })

  function drip(
    to: { write(text: string): boolean; destroyed: boolean } | null,
    text: string,
  ): void {
    if (to === null || to.destroyed) return
    to.write(text)
    setTimeout(() => drip(to, 'x'), 20)
  }

  it('waits no longer for a name server, or for a handshake', async () => {
    const silent = await listen(() => {})
    const url = urlOf('/x', silent.port)
    const ports = [silent.port]
    const [looking, shaking] = [
      open({ ports, lookUp: () => new Promise(() => {}) }),
      open({ ports, alsoAllowed: [`127.0.0.1:${silent.port}`] }),
    ]
    for (const client of [looking, shaking])
      expect(await client.fetch({ url, accept: '*/*' })).toMatchObject({ fault: 'timeout' })
    await silent.close()
  })

  it('says that a name is not known', async () => {
    const notFound = Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    for (const lookUp of [async () => [], () => Promise.reject(notFound)])
      expect(await get(send(200, {}), { lookUp })).toMatchObject({ fault: 'name-not-found' })
  })

  it.each<[string, (socket: Socket) => void]>([
    ['no server', (socket) => socket.resetAndDestroy()],
    ['a server that speaks something else', (socket) => socket.end('220 mail.example ESMTP\r\n')],
    ['plain HTTP', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}')],
  ])('says that there is no connection: %s', async (_name, given) => {
    const server = await listen(given)
    const client = open({ ports: [server.port], alsoAllowed: [`127.0.0.1:${server.port}`] })
    const asked = { url: urlOf('/x', server.port), accept: '*/*' }
    expect(await client.fetch(asked)).toMatchObject({ fault: 'no-connection' })
    await server.close()
    const again = open({ ports: [server.port], alsoAllowed: [`127.0.0.1:${server.port}`] })
    expect(await again.fetch(asked)).toMatchObject({ fault: 'no-connection' })
  })

  const raw =
    (text: string): Answer =>
    (response) =>
      response.socket?.end(text)

  it.each<[string, Answer]>([
    ['nothing', raw('')],
    ['no HTTP', raw('hello\r\n\r\n')],
    ['half a head', raw('HTTP/1.1 200 OK\r\nContent-')],
    ['half a body', raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}')],
    ['half a chunk', raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}')],
    ['two lengths', raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x')],
    [
      'both framings',
      raw(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
      ),
    ],
    ['a change of protocol', raw('HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')],
    ['a head of 64 KiB', raw(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(65_536)}\r\n\r\n`)],
    [
      'interim heads without end',
      ({ socket }) => socket?.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)),
    ],
  ])('says that the server broke off: %s', async (_name, given) => {
    expect(await get(given)).toMatchObject({ kind: 'fault', fault: 'no-connection' })
  })

  it('refuses chunks that are packed', async () => {
    const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'
    expect(await get(raw(text))).toMatchObject({ fault: 'encoding' })
  })

  it('tries another address when one does not answer', async () => {
    answer = send(200, {}, DOCUMENT)
    const client = open({
      lookUp: async () => ['127.0.0.2', '127.0.0.1'],
      alsoAllowed: [host.place, `127.0.0.2:${host.port}`],
    })
    expect(await client.fetch({ url: urlOf('/x'), accept: '*/*' })).toMatchObject({
      kind: 'document',
    })
  })

  it('says busy to all when it is closed, and leaves nothing open', async () => {
    answer = () => {}
    const client = open({ limits: { deadlineMs: 60_000 } })
    const waiting = client.fetch({ url: urlOf('/x'), accept: '*/*' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await client.close()
    expect(await waiting).toMatchObject({
      fault: 'busy',
      sentence: expect.stringContaining('stopping'),
    })
    expect(await client.fetch({ url: urlOf('/x'), accept: '*/*' })).toMatchObject({ fault: 'busy' })
  })

  it('never rejects, even for a caller that asks for nonsense', async () => {
    answer = send(200, {}, DOCUMENT)
    const got = await open().fetch({ url: urlOf('/x'), accept: 'a\r\nCookie: x' })
    expect(got).toMatchObject({ kind: 'fault', fault: 'no-connection' })
  })
})

type Listener = { readonly port: number; close(): Promise<void> }

/** Takes connections on 127.0.0.1 and does as it is told with each. */
async function listen(take: (socket: Socket) => void): Promise<Listener> {
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    sockets.push(socket)
    take(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
