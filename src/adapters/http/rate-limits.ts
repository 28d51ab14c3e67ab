/** How often one client may ask, and how often anybody may guess whose badge something is. */
import type { Request, RequestHandler } from 'express'
import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { IssuerError } from '../../domain/issuer-error.js'

export type LimitSettings = {
  /** Proxies in front of the service, each of which adds one address to `X-Forwarded-For`. */
  readonly trustedProxies: number
  readonly verifyPerMinute: number
  /** Within ten minutes, about one badge by anybody. */
  readonly recipientTriesPerBadge: number
  /** Within ten minutes, by one client about any badges. */
  readonly recipientTriesPerClient: number
}

export type RateLimits = {
  readonly trustedProxies: number
  /** Before a check; answers RATE_LIMITED when this client has asked too often. */
  readonly verify: RequestHandler
  /**
   * Counts further checks of a request that asks for several at once.
   * @throws RATE_LIMITED
   */
  countChecks(request: Request, count: number): Promise<void>
  /**
   * Before somebody is asked about.
   * @throws RATE_LIMITED
   */
  countRecipientTry(request: Request): Promise<void>
  /**
   * Before the answer is given: only then is it known which badge it was, whatever bytes it came as.
   * @throws RATE_LIMITED
   */
  countRecipientAnswer(badgeId: string): Promise<void>
  /**
   * Before somebody is sent a link to sign in with.
   * @throws RATE_LIMITED for a client, or about an address, that asked too often
   */
  countSignIn(request: Request, email: string): Promise<void>
  /**
   * Before an earner is sent a link to her badge.
   * @throws RATE_LIMITED for a client, or about a badge, that asked too often
   */
  countFreshLink(request: Request, code: string): Promise<void>
}

/** Links by mail, within ten minutes: for one client, and to one address or for one badge. */
const LINKS = { perClient: 20, perReader: 3 } as const

const MINUTE_S = 60
const TEN_MINUTES_S = 600
/** Whoever has one network of 64 bits often has thousands; all of them in 48 bits have so much together. */
const NETWORKS = 16

/** Counts in memory, for this process; a restart forgets. */
export function createRateLimits(settings: LimitSettings): RateLimits {
  const checks = perClient(settings.verifyPerMinute, MINUTE_S)
  const tries = perClient(settings.recipientTriesPerClient, TEN_MINUTES_S)
  const badges = new RateLimiterMemory({
    points: settings.recipientTriesPerBadge,
    duration: TEN_MINUTES_S,
  })
  const links = perClient(LINKS.perClient, TEN_MINUTES_S)
  const readers = new RateLimiterMemory({ points: LINKS.perReader, duration: TEN_MINUTES_S })
  const countLink = async (request: Request, reader: string) => {
    await links(request)
    await consume(readers, reader)
  }
  return {
    trustedProxies: settings.trustedProxies,
    verify: async (request, _response, next) => {
      await checks(request)
      next()
    },
    countChecks: async (request, count) => {
      if (count > 0) await checks(request, count)
    },
    countRecipientTry: (request) => tries(request),
    countRecipientAnswer: (badgeId) => consume(badges, badgeId),
    countSignIn: countLink,
    countFreshLink: countLink,
  }
}

function perClient(
  points: number,
  duration: number,
): (request: Request, count?: number) => Promise<void> {
  const narrow = new RateLimiterMemory({ points, duration })
  const wide = new RateLimiterMemory({ points: points * NETWORKS, duration })
  return async (request, count = 1) => {
    const client = clientOf(request.ip)
    await consume(narrow, client.key, count)
    if (client.wideKey !== undefined) await consume(wide, client.wideKey, count)
  }
}

async function consume(limiter: RateLimiterMemory, key: string, count = 1): Promise<void> {
  try {
    await limiter.consume(key, count)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfterS = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    const sentence = `This was asked too often; try again in ${retryAfterS} seconds.`
    throw new IssuerError('RATE_LIMITED', sentence, { retryAfterS })
  }
}

/**
 * Whom a request is counted for: an IPv4 address, or the network of 64 bits of an IPv6 address, since one
 * client has all of that. Addresses that cannot be read share one count.
 * @param address as the socket or the last trusted proxy gives it, with or without a port
 */
export function clientOf(address: string | undefined): {
  readonly key: string
  readonly wideKey?: string
} {
  const read = readAddress(withoutPort(address ?? ''))
  if (read === undefined) return { key: 'unreadable' }
  if (read instanceof ipaddr.IPv4) return { key: read.toString() }
  const network = (length: number) =>
    read.parts
      .slice(0, length / 16)
      .map((group) => group.toString(16))
      .join(':')
  return { key: `${network(64)}::/64`, wideKey: `${network(48)}::/48` }
}

/** An IPv4 address also where it stands in an IPv6 one; no short, octal or hex spelling of it. */
function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const isKnown = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
  return isKnown ? ipaddr.process(text) : undefined
}

/** `192.0.2.1:4711`, `[2001:db8::1]:4711` and `fe80::1%eth0` are addresses with something behind them. */
function withoutPort(address: string): string {
  const [, bracketed] = /^\[([^\]]{0,64})\]/.exec(address) ?? []
  const [, plain] = /^([0-9.]{7,15}):\d{1,5}$/.exec(address) ?? []
  return (bracketed ?? plain ?? address).slice(0, 64).replace(/%.*$/, '')
}
