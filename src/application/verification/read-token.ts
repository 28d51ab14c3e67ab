/** From a compact JWS to the credential in it, which passed the raw gate as any other. */
import { type CompactJws, readCompactJws } from '../../domain/compact-jws.js'
import type { JsonObject } from '../../domain/json.js'
import { GateRefusal } from '../../domain/raw-gate/gate-refusal.js'
import {
  readPresentationPayload,
  readTokenPayload,
  type TokenPayload,
} from '../../domain/token-payload.js'
import type { Refusal } from '../ports/verifier.js'
import { type GateForm, type Passage, passGate } from './pass-gate.js'

/** A token whose parts were read, and whose credential was not gated yet. */
export type OpenToken = { readonly jws: CompactJws; readonly payload: TokenPayload }

export type ReadToken = OpenToken & {
  /** The credential, gated. */
  readonly document: JsonObject
}

export function readToken(
  text: string,
  pinnedContexts: ReadonlySet<string>,
  form: GateForm = {},
): ReadToken | { readonly refusal: Refusal } {
  const open = openToken(text)
  if ('refusal' in open) return open
  const proofRequired = Object.hasOwn(open.payload.credential, 'proof')
  return gateToken(open, (bytes) => passGate(bytes, pinnedContexts, { ...form, proofRequired }))
}

export function openToken(text: string): OpenToken | { readonly refusal: Refusal } {
  return openBy(text, readTokenPayload, 'one credential')
}

/** The same for a presentation, which then stands in the place of the credential. */
export function openPresentationToken(text: string): OpenToken | { readonly refusal: Refusal } {
  return openBy(text, readPresentationPayload, 'a presentation')
}

function openBy(
  text: string,
  read: (payload: JsonObject) => TokenPayload | undefined,
  what: string,
): OpenToken | { readonly refusal: Refusal } {
  const jws = readStrictly(text)
  if ('refusal' in jws) return jws
  const payload = read(jws.payload)
  if (payload === undefined)
    return refused('token-payload', `The token does not hold ${what} and nothing else.`)
  return { jws, payload }
}

/** What is gated is written anew: nothing that two readers could see in two ways got this far. */
export function gateToken(
  open: OpenToken,
  pass: (bytes: Uint8Array) => Passage,
): ReadToken | { readonly refusal: Refusal } {
  const gated = pass(new TextEncoder().encode(JSON.stringify(open.payload.credential)))
  return 'refusal' in gated ? gated : { ...open, document: gated.document }
}

function readStrictly(text: string): CompactJws | { readonly refusal: Refusal } {
  try {
    const jws = readCompactJws(text)
    return jws ?? refused('malformed-jws', 'A token is three parts in base64url with two dots.')
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    return refused(error.rule, `In the token: ${error.message}`, error.pointer)
  }
}

function refused(rule: string, detail: string, pointer = ''): { readonly refusal: Refusal } {
  return { refusal: { code: 'CREDENTIAL_REFUSED', rule, detail, pointer } }
}
