/** A web server with a certificate, such as another issuer runs: on this machine, under any name. */
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { ServerIdentity } from './test-authority.js'

export type IssuerHost = {
  readonly port: number
  /** `address:port`, for a client that is to reach it. */
  readonly place: string
  /** What was asked for, in order. */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[]
  connections(): number
  /** Bytes written to all connections. */
  bytesSent(): number
  close(): Promise<void>
}

export async function openIssuerHost(
  identity: ServerIdentity,
  listener: RequestListener,
  address = '127.0.0.1',
): Promise<IssuerHost> {
  const asked: { path: string; headers: IncomingHttpHeaders }[] = []
  const sockets: Socket[] = []
  const server = createServer({ key: identity.key, cert: identity.cert }, (request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers })
    response.on('error', () => {})
    listener(request, response)
  })
  server.on('connection', (socket) => sockets.push(socket as Socket))
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    place: `${address}:${port}`,
    asked,
    connections: () => sockets.length,
    bytesSent: () => sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
