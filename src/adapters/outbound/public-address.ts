/** Which addresses may be connected to: those of the public internet, and no others. */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** All global unicast addresses that were ever given out; what lies outside embeds, tests or waits. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')
/** Public by its range, yet answers every virtual machine of one cloud with that machine's secrets. */
const CLOUD_METADATA = '168.63.129.16'
/** Middle words of an address that carries an IPv4 address for a tunnel (RFC 5214, section 6.1). */
const ISATAP = [
  [0x0000, 0x5efe],
  [0x0200, 0x5efe],
] as const

/**
 * @param address as a resolver or a socket gives it; any other spelling is not public
 * @returns whether it is an ordinary address of the public internet (unicast, IANA special-purpose
 * registries of RFC 6890)
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address)
  if (parsed === undefined || parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return parsed.toString() !== CLOUD_METADATA
  const [, , , , fifth, sixth] = parsed.parts
  const isTunnel = ISATAP.some(([high, low]) => fifth === high && sixth === low)
  return parsed.match(GLOBAL_IPV6) && !isTunnel
}

/** 127.0.0.0/8 or ::1, and no other spelling of them. */
export function isLoopbackAddress(address: string): boolean {
  return parse(address)?.range() === 'loopback'
}

/**
 * One name for what one party holds, for counting: the IPv4 address, or the /64 of an IPv6 one,
 * inside which anyone picks addresses freely.
 */
export function addressGroup(address: string): string {
  const parsed = parse(address)
  if (parsed?.kind() !== 'ipv6') return address
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64`
}

/** `isIP` knows only the usual spelling; the library would also read octal and short ones. */
function parse(address: string) {
  return isIP(address) === 0 || address.includes('%') ? undefined : ipaddr.parse(address)
}
