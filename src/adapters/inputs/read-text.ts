/** Texts that are not JSON: a compact JWS (RFC 7515 section 3.1) or the address of a badge. */
import type { FoundInput } from '../../application/ports/inputs.js'
import type { InputForm } from '../../domain/input-form.js'
import { CREDENTIAL_LIMITS, MAX_URL_CHARS } from '../../domain/raw-gate/gate-refusal.js'
import { trimmed } from './json-members.js'
import { refuse } from './refusals.js'

const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/
/** `{"` in base64url: how the header of every token begins. */
const TOKEN_START = /^ey[A-Za-z]/
const SD_JWT = /^[\w-]+\.[\w-]+\.[\w-]+~/

/** @param form instead of its own, when the text stood in something else */
export function readText(bytes: Uint8Array, form?: InputForm): FoundInput {
  const inner = trimmed(bytes)
  const start = toText(inner.subarray(0, MAX_URL_CHARS + 1))
  if (/^https?:/i.test(start)) return readAddress(start, form ?? 'url')
  if (!TOKEN_START.test(start)) return refuse(form === 'qr' ? 'qr-other' : 'not-recognised', form)
  if (inner.length > CREDENTIAL_LIMITS.maxBytes) return refuse('token-too-large', form ?? 'jwt')
  return readToken(toText(inner), form ?? 'jwt')
}

/** One byte, one character: what is not ASCII is then in no alphabet that matters here. */
function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** @param text without white space around it */
export function readToken(text: string, form: InputForm): FoundInput {
  if (TOKEN.test(text)) return { kind: 'token', form, token: text }
  return refuse(SD_JWT.test(text) ? 'sd-jwt' : 'malformed-jws', form)
}

/** @param text without white space around it */
export function readAddress(text: string, form: InputForm): FoundInput {
  if (text.length > MAX_URL_CHARS) return refuse('address-too-long', form)
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(text) || !URL.canParse(text))
    return refuse('address-malformed', form)
  return { kind: 'address', form, url: withoutTracking(text) }
}

/** Parameters that say through which mail or post somebody came; no badge depends on them. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|msclkid|mc_cid|mc_eid|igshid|_hsenc|_hsmi)(?:=|$)/i

/** All else stays as it was written, so that addresses that were signed or compared still match. */
function withoutTracking(url: string): string {
  const [, before = '', query, fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(url) ?? []
  if (query === undefined) return url
  const parameters = query.slice(1).split('&')
  const kept = parameters.filter((parameter) => !TRACKING.test(parameter))
  if (kept.length === parameters.length) return url
  return `${before}${kept.length === 0 ? '' : `?${kept.join('&')}`}${fragment}`
}
