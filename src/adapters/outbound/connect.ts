/** Connects to addresses that were checked, never to a name: nothing is looked up a second time. */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { bindTo, type Effort } from './effort.js'
import { type Fault, fault } from './fault.js'
import type { Target } from './target.js'

export type ConnectOptions = {
  /** Asked of every address before, and once more of the address at the other end. */
  readonly isAllowed: (address: string) => boolean
  /** Counts a connection; false when there were too many to that address. */
  readonly mayConnect: (address: string) => boolean
  /** PEM; in place of those of the platform. */
  readonly authorities: readonly string[] | undefined
}

export type Connection = { readonly kind: 'connection'; readonly socket: Socket }

/** A host that does not answer on one address is tried on another, but not on all of a long list. */
const MAX_ADDRESSES = 3
const CONNECT_MS = 3000

const BUSY = fault('busy', 'That server was asked too often just now; try again in a minute.')
const UNREACHED = fault('no-connection', 'The server could not be reached.')
const UNSAFE = fault('no-connection', 'The server did not open a safe connection.')
const CERTIFICATE = fault('certificate', 'The server could not prove that the address is its own.')

/** @param addresses all allowed; IPv4 first, as it works from more networks */
export async function connectTo(
  target: Target,
  addresses: readonly string[],
  options: ConnectOptions,
  effort: Effort,
): Promise<Connection | Fault> {
  const inOrder = [...addresses].sort((a, b) => isIP(a) - isIP(b)).slice(0, MAX_ADDRESSES)
  for (const address of inOrder) {
    if (effort.signal.aborted || !options.isAllowed(address)) return UNREACHED
    if (!options.mayConnect(address)) return BUSY
    const socket = await openSocket(target, address, options, effort)
    if (socket === undefined) continue
    return target.isSecure ? secure(socket as TLSSocket) : { kind: 'connection', socket }
  }
  return UNREACHED
}

/** A socket that is connected to just this address, before the first byte of TLS has come back. */
async function openSocket(
  target: Target,
  address: string,
  options: ConnectOptions,
  effort: Effort,
): Promise<Socket | undefined> {
  const socket = bindTo(effort, startSocket(target, address, options))
  const patience = setTimeout(() => socket.destroy(), CONNECT_MS)
  const reached = await new Promise<string | undefined>((resolve) => {
    socket.once('connect', () => resolve(socket.remoteAddress))
    // Errors are told by what does not happen; without a listener they would end the process.
    socket.on('error', () => resolve(undefined))
    socket.once('close', () => resolve(undefined))
  })
  clearTimeout(patience)
  if (reached !== undefined && options.isAllowed(reached)) return socket
  socket.destroy()
  return undefined
}

function startSocket(target: Target, address: string, { authorities }: ConnectOptions): Socket {
  const place = { host: address, port: target.port, autoSelectFamily: false }
  if (!target.isSecure) return connectTcp(place)
  return connectTls({
    ...place,
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // Said aloud, since an environment variable changes what is usual.
    rejectUnauthorized: true,
  })
}

function secure(socket: TLSSocket): Promise<Connection | Fault> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve(UNSAFE)
    socket.once('secureConnect', () => resolve({ kind: 'connection', socket }))
    socket.once('close', () => resolve(socket.authorizationError ? CERTIFICATE : UNSAFE))
  })
}
