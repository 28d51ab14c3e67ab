/** Listeners on this machine that count who connects to them, whatever is said then. */

import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'

export type Canary = {
  readonly port: number
  /** Addresses listened on; `::1` only where there is IPv6. */
  readonly addresses: readonly string[]
  connections(): number
  close(): Promise<void>
}

/** Listens on 127.0.0.1 and, at the same port, on ::1 if this machine has it. */
export async function openCanary(): Promise<Canary> {
  let connections = 0
  const count = () =>
    createServer((socket) => {
      connections += 1
      socket.destroy()
    })
  const first = count()
  const port = await listen(first, '127.0.0.1', 0)
  const second = count()
  const hasIpv6 = await listen(second, '::1', port).then(
    () => true,
    () => false,
  )
  return {
    port,
    addresses: hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'],
    connections: () => connections,
    close: async () => {
      await Promise.all([stop(first), hasIpv6 ? stop(second) : undefined])
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
