/**
 * The only way out of the process. Fetches documents of others by addresses that anyone may have
 * written: checks every address and what it leads to, and bounds time, bytes, number and frequency.
 */
import type { Clock } from '../../application/ports/environment.js'
import type {
  GuardedClient,
  OutboundAnswer,
  OutboundRequest,
} from '../../application/ports/outbound.js'
import { type CacheLimits, createAnswerCache } from './answer-cache.js'
import { type BudgetLimits, createConnectionBudget } from './connection-budget.js'
import { type EffortLimits, withEffort } from './effort.js'
import { fault, isFault } from './fault.js'
import { type Found, follow, type WayOut } from './follow.js'
import { createDnsLookUp, type LookUp } from './resolver.js'
import { readTarget, type Target, type TargetRules } from './target.js'

export type OutboundLimits = EffortLimits &
  CacheLimits &
  BudgetLimits & {
    /** Documents that may be on their way at once. */
    readonly concurrent: number
    /** How long a fault is remembered. */
    readonly faultForMs: number
  }

export type GuardedClientOptions = TargetRules & {
  readonly clock: Clock
  /** The DNS unless told. */
  readonly lookUp?: LookUp
  /** PEM certificates to trust in place of those of the platform. */
  readonly authorities?: readonly string[]
  /** `address:port` of servers of a test, which cannot have public addresses. */
  readonly alsoAllowed?: readonly string[]
  readonly limits?: Partial<OutboundLimits>
}

const LIMITS: OutboundLimits = {
  deadlineMs: 10_000,
  maxBytes: 2 * 1024 * 1024,
  concurrent: 32,
  perHost: 5,
  perAddress: 30,
  inAll: 600,
  faultForMs: 60_000,
  maxEntries: 1000,
  maxCachedBytes: 16 * 1024 * 1024,
}

const BUSY = fault('busy', 'Too many documents are being fetched; try again in a few seconds.')
const STOPPING = fault('busy', 'The service is stopping; try again.')
const LATE = fault('timeout', 'The server took too long to send the document.')
const FAILED = fault('no-connection', 'The document could not be asked for.')

/** See the port for what it promises; redirects of other documents are followed, three at most. */
export function createGuardedClient(options: GuardedClientOptions): GuardedClient {
  const limits = { ...LIMITS, ...options.limits }
  const cache = createAnswerCache(limits, options.clock)
  const way = wayOut(options, limits)
  const underway = new Map<string, Promise<OutboundAnswer>>()
  const endings = new Set<() => void>()
  let isClosed = false

  async function fetchAnew(key: string, target: Target, accept: string): Promise<OutboundAnswer> {
    const asked = { accept, userAgent: userAgentOf(options) }
    const found = await withEffort(limits, endings, (effort) =>
      follow(target, asked, way, effort),
    ).catch(() => FAILED)
    if (found === undefined && isClosed) return STOPPING
    const answer = toAnswer(found ?? LATE)
    cache.keep(key, answer, goodForMs(found ?? LATE, limits))
    return answer
  }

  /** Askers of the same document at the same time share one. */
  function share(key: string, target: Target, accept: string): Promise<OutboundAnswer> {
    const shared = underway.get(key)
    if (shared !== undefined) return shared
    if (underway.size >= limits.concurrent) return Promise.resolve(BUSY)
    const begun = fetchAnew(key, target, accept).finally(() => underway.delete(key))
    underway.set(key, begun)
    return begun
  }

  return {
    async fetch({ url, accept }: OutboundRequest) {
      if (isClosed) return STOPPING
      const target = readTarget(url, options)
      if (isFault(target)) return target
      const key = `${accept} ${target.url}`
      return ownCopy(cache.find(key) ?? (await share(key, target, accept)))
    },
    async close() {
      isClosed = true
      for (const end of endings) end()
      await Promise.all(underway.values())
    },
  }
}

function userAgentOf({ ownOrigin }: GuardedClientOptions): string {
  return `Imprimatur (checks Open Badges${ownOrigin === undefined ? '' : `; ${ownOrigin}`})`
}

function wayOut(options: GuardedClientOptions, limits: OutboundLimits): WayOut {
  return {
    rules: options,
    lookUp: options.lookUp ?? createDnsLookUp(),
    budget: createConnectionBudget(limits, options.clock),
    authorities: options.authorities,
    alsoAllowed: new Set(options.alsoAllowed),
  }
}

function toAnswer(found: Found | OutboundAnswer): OutboundAnswer {
  if (found.kind !== 'found') return found
  const { url, mediaType, bytes } = found
  return { kind: 'document', url, mediaType, bytes }
}

/** That there were too many is forgotten at once; other faults are kept, so that none is provoked again. */
function goodForMs(found: Found | OutboundAnswer, { faultForMs }: OutboundLimits): number {
  if (found.kind === 'found') return found.freshForMs
  return found.kind === 'fault' && found.fault !== 'busy' ? faultForMs : 0
}

/** What one asker does to the bytes no other sees. */
function ownCopy(answer: OutboundAnswer): OutboundAnswer {
  return answer.kind === 'document' ? { ...answer, bytes: answer.bytes.slice() } : answer
}
