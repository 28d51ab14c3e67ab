/** `relatedResource` (VC Data Model 2.0 section 5.3): what a credential says of things elsewhere. */
import { VC2_CONTEXT } from './achievement-credential.js'
import type { Fault } from './issuer-error.js'
import { isJsonObject, type JsonValue, member, textMember } from './json.js'

/** SHA-256 of the base context as it is published, and of an older edition that is still seen. */
const BASE_CONTEXT_DIGESTS = new Set([
  'sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=',
  'sha256-JKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k=',
  'uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA',
  'uEiAkoYyQ6YVtUmER8pN24wLZcLK9EBguM5WZlbAgfXBDuQ',
  'zQmUNM6HqwZxuJ5k6cYRKAiqjUkx1qxWJe4WTqsg7ZJtEFm',
  'zQmQoeG7u6XBtdXoek5p3aPoTjaSRemHAKrMcY2Hcjpe3jv',
])

const SRI = /^sha(256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}$/
const MULTIBASE = /^[uz][A-Za-z0-9_-]{40,120}$/
/** Multihash headers of SHA-256 as they begin in base64url and base58btc. */
const COMPARED = /^(sha256-|uEi|zQm)/

/** Objects with a unique URL and a digest; a digest is compared where the resource is at hand. */
export function relatedResourceFaults(resources: readonly JsonValue[]): readonly Fault[] {
  const ids = new Set<string>()
  return resources.flatMap((resource, index) => {
    const fault = faultOf(resource, ids)
    return fault === undefined ? [] : [{ pointer: `/relatedResource/${index}`, detail: fault }]
  })
}

function faultOf(resource: JsonValue, ids: Set<string>): string | undefined {
  const id = textMember(resource, 'id')
  if (!isJsonObject(resource) || id === undefined) return 'must be an object with a URL as its id'
  if (ids.has(id)) return 'names a resource that stands there already'
  ids.add(id)
  const digests = [member(resource, 'digestSRI'), member(resource, 'digestMultibase')].filter(
    (digest) => digest !== undefined,
  )
  if (digests.length === 0) return 'must have a digest'
  const isDigest = (digest: JsonValue): digest is string =>
    typeof digest === 'string' && (SRI.test(digest) || MULTIBASE.test(digest))
  if (!digests.every(isDigest)) return 'has a digest of unknown form'
  const isOther = (digest: string) => COMPARED.test(digest) && !BASE_CONTEXT_DIGESTS.has(digest)
  return id === VC2_CONTEXT && digests.some(isOther)
    ? 'has a digest that is not the one of this resource'
    : undefined
}
