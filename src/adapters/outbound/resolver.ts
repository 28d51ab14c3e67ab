/** Looks names up in the DNS, and there alone: no file of this machine has a say. */
import { Resolver } from 'node:dns/promises'

/**
 * Addresses of a name, as text. Rejects, with the code of node:dns, when there are none or when the
 * signal ends.
 */
export type LookUp = (name: string, signal: AbortSignal) => Promise<readonly string[]>

const TRIES = 2
const TRY_MS = 1500

/**
 * Not getaddrinfo: that cannot be stopped, and a slow answer would hold a thread that files need.
 * @param servers `address:port` of the name servers; those of this machine unless told
 */
export function createDnsLookUp(servers?: readonly string[]): LookUp {
  return async (name, signal) => {
    const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES })
    if (servers !== undefined) resolver.setServers(servers)
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
      const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      const [failed] = found.filter((one) => one.status === 'rejected')
      if (addresses.length === 0 && failed !== undefined) throw failed.reason
      return addresses
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}
