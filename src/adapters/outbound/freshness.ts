/** How long a document may be kept: what its server says, within our bounds (RFC 9111, section 4.2). */

const DEFAULT_SECONDS = 60
/** So that badges of one issuer, checked by many at once, do not use up the connections to it. */
const MIN_SECONDS = 30
/** A revocation must be seen soon, whatever a server says. */
const MAX_SECONDS = 300

/**
 * @param cacheControl `Cache-Control` as received; undefined or empty when there was none
 * @param age `Age` as received: how long caches on the way have kept it
 * @returns milliseconds; 0 for what must not be stored
 */
export function freshnessMs(cacheControl: string | undefined, age: string | undefined): number {
  const directives = new Map(
    (cacheControl ?? '').split(',').map((part) => {
      const [name = '', value = ''] = part.split('=', 2)
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')] as const
    }),
  )
  if (directives.has('no-store')) return 0
  const seconds = directives.has('no-cache')
    ? 0
    : (readSeconds(directives.get('max-age')) ?? DEFAULT_SECONDS) - (readSeconds(age) ?? 0)
  return Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, seconds)) * 1000
}

function readSeconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined
}
