/** The parts of a compact JWS (RFC 7515 section 3.1), read in the one way in which they can be written. */
import { isJsonObject, type JsonObject } from './json.js'
import { CREDENTIAL_LIMITS, type GateLimits, GateRefusal } from './raw-gate/gate-refusal.js'
import { scanJson } from './raw-gate/scan-json.js'

export type CompactJws = {
  /** As it came: what was signed are its characters. */
  readonly text: string
  readonly header: JsonObject
  readonly payload: JsonObject
}

/** A header holds a few names and at most one key. */
const HEADER_LIMITS: GateLimits = {
  maxBytes: 16 * 1024,
  maxDepth: 4,
  maxNodes: 100,
  maxItems: 32,
  maxStringChars: 4096,
  maxImageChars: 4096,
}

/** Three parts and two dots; padding, white space and line breaks are in no alphabet. */
const PARTS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/

/**
 * Header and payload of a compact JWS, by the rules for JSON of the raw gate: no member twice, no
 * lone surrogate, no number that readers round differently.
 * @returns undefined when it is no compact JWS
 * @throws GateRefusal naming the rule that header or payload break
 */
export function readCompactJws(text: string): CompactJws | undefined {
  if (text.length > CREDENTIAL_LIMITS.maxBytes)
    throw new GateRefusal('too-large', `Send at most ${CREDENTIAL_LIMITS.maxBytes} bytes.`)
  const [header, payload, signature] = PARTS.exec(text)?.slice(1).map(fromBase64url) ?? []
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  return {
    text,
    header: readObject(header, HEADER_LIMITS),
    payload: readObject(payload, CREDENTIAL_LIMITS),
  }
}

function readObject(bytes: Uint8Array, limits: GateLimits): JsonObject {
  const value = scanJson(bytes, limits)
  if (isJsonObject(value)) return value
  throw new GateRefusal('not-an-object', 'Header and payload of a token are JSON objects.')
}

/** Undefined for a text that no encoder writes: a lone last character, or bits behind the last byte. */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1 || hasTailBits(text)) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** Two characters more than whole groups leave 4 bits over, three leave 2: all zero. */
function hasTailBits(text: string): boolean {
  const over = text.length % 4
  if (over === 0) return false
  return !(over === 2 ? 'AQgw' : 'AEIMQUYcgkosw048').includes(text.at(-1) ?? '')
}
