/** How often connections may be made, so that nobody can point a public verifier at a victim. */
import type { Clock } from '../../application/ports/environment.js'

export type BudgetLimits = {
  /** Connections in a minute to one host name. */
  readonly perHost: number
  /** To one address: many names may lead to one victim, and many issuers may share one address. */
  readonly perAddress: number
  /** To all together. It also bounds what is remembered here. */
  readonly inAll: number
}

const MINUTE_MS = 60_000

export type ConnectionBudget = {
  /** Counts a lookup and first connection to a host; false when one too many. */
  takeHost(host: string): boolean
  /** Counts a connection to an address group; false when one too many. */
  takeAddress(group: string): boolean
}

export function createConnectionBudget(limits: BudgetLimits, clock: Clock): ConnectionBudget {
  const hosts = createRate(limits.perHost, clock)
  const addresses = createRate(limits.perAddress, clock)
  const all = createRate(limits.inAll, clock)
  return {
    takeHost: (host) => hosts.hasRoom(host) && all.take('') && hosts.take(host),
    takeAddress: (group) => addresses.take(group),
  }
}

type Rate = {
  hasRoom(key: string): boolean
  take(key: string): boolean
}

/** At most `limit` times in any minute, by key; keys that have rested a minute are forgotten. */
function createRate(limit: number, clock: Clock): Rate {
  /** Times of the last minute by key; the key that was used last stands last. */
  const taken = new Map<string, readonly number[]>()
  const recent = (key: string, now: number) =>
    (taken.get(key) ?? []).filter((time) => time > now - MINUTE_MS && time <= now)
  const forgetRested = (now: number) => {
    for (const key of taken.keys()) {
      if (recent(key, now).length > 0) return
      taken.delete(key)
    }
  }
  return {
    hasRoom: (key) => recent(key, clock.now()).length < limit,
    take(key) {
      const now = clock.now()
      forgetRested(now)
      const times = recent(key, now)
      if (times.length >= limit) return false
      taken.delete(key)
      taken.set(key, [...times, now])
      return true
    },
  }
}
