/** From an address to a document: look up, check, connect, ask; and again for each redirect. */
import { type ConnectOptions, connectTo } from './connect.js'
import type { ConnectionBudget } from './connection-budget.js'
import type { Effort } from './effort.js'
import {
  type Exchanged,
  type ExchangeOptions,
  exchange,
  type ReceivedDocument,
} from './exchange.js'
import { type Fault, fault, isFault } from './fault.js'
import { addressGroup, isLoopbackAddress, isPublicAddress } from './public-address.js'
import type { LookUp } from './resolver.js'
import { readTarget, type Target, type TargetRules } from './target.js'

export type WayOut = {
  readonly rules: TargetRules
  readonly lookUp: LookUp
  readonly budget: ConnectionBudget
  readonly authorities: readonly string[] | undefined
  /** `address:port` of places that are allowed although they are not public. */
  readonly alsoAllowed: ReadonlySet<string>
}

/** The document, the address that gave it, and the shortest freshness of all on the way. */
export type Found = Omit<ReceivedDocument, 'kind'> & {
  readonly kind: 'found'
  readonly url: string
}

const MAX_REDIRECTS = 3

const TOO_MANY = fault(
  'too-many-redirects',
  `The address leads on to others more than ${MAX_REDIRECTS} times.`,
)
const BUSY = fault('busy', 'That server was asked too often just now; try again in a minute.')
const UNKNOWN_NAME = fault('name-not-found', 'The name in the address is not known.')
const NOT_PUBLIC = fault('address-not-allowed', 'The name in the address is not a public one.')

export async function follow(
  start: Target,
  options: ExchangeOptions,
  way: WayOut,
  effort: Effort,
): Promise<Found | Fault> {
  let target = start
  let freshForMs = Number.POSITIVE_INFINITY
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await visit(target, options, way, effort)
    if (isFault(answer)) return answer
    freshForMs = Math.min(freshForMs, answer.freshForMs)
    if (answer.kind === 'received') return { ...answer, kind: 'found', url: target.url, freshForMs }
    const next = redirectTarget(target, answer.location, way.rules)
    if (isFault(next)) return next
    target = next
  }
  return TOO_MANY
}

async function visit(
  target: Target,
  options: ExchangeOptions,
  way: WayOut,
  effort: Effort,
): Promise<Exchanged> {
  if (!target.isLoopback && !way.budget.takeHost(target.host)) return BUSY
  const addresses = await addressesOf(target, way, effort)
  if (isFault(addresses)) return addresses
  const connection = await connectTo(target, addresses.list, connectOptions(target, way), effort)
  return isFault(connection) ? connection : exchange(target, connection.socket, options, effort)
}

type Addresses = { readonly kind: 'addresses'; readonly list: readonly string[] }

/** One address that is not allowed spoils them all: no honest name has such a one beside others. */
async function addressesOf(
  target: Target,
  way: WayOut,
  effort: Effort,
): Promise<Addresses | Fault> {
  if (target.isLoopback) {
    const list = target.host === 'localhost' ? ['127.0.0.1', '::1'] : [target.host]
    return { kind: 'addresses', list }
  }
  const list = await way.lookUp(target.host, effort.signal).catch(() => [])
  if (list.length === 0) return UNKNOWN_NAME
  return list.every(allowedFor(target, way)) ? { kind: 'addresses', list } : NOT_PUBLIC
}

function connectOptions(target: Target, way: WayOut): ConnectOptions {
  return {
    isAllowed: allowedFor(target, way),
    mayConnect: (address) => target.isLoopback || way.budget.takeAddress(addressGroup(address)),
    authorities: way.authorities,
  }
}

/** In development too, a name that resolves to this machine is as suspect as ever. */
function allowedFor(target: Target, { alsoAllowed }: WayOut): (address: string) => boolean {
  if (target.isLoopback) return isLoopbackAddress
  return (address) => isPublicAddress(address) || alsoAllowed.has(`${address}:${target.port}`)
}

/** Relative addresses are resolved as browsers do; the result is read like any other address. */
function redirectTarget(from: Target, location: string, rules: TargetRules): Target | Fault {
  return readTarget(
    URL.canParse(location, from.url) ? new URL(location, from.url).href : location,
    rules,
  )
}
