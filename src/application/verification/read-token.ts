/** From a compact JWS to the credential in it, which passed the raw gate as any other. */
import { type CompactJws, readCompactJws } from '../../domain/compact-jws.js'
import type { JsonObject } from '../../domain/json.js'
import { GateRefusal } from '../../domain/raw-gate/gate-refusal.js'
import { readTokenPayload, type TokenPayload } from '../../domain/token-payload.js'
import type { Refusal } from '../ports/verifier.js'
import { type GateForm, passGate } from './pass-gate.js'

export type ReadToken = {
  readonly jws: CompactJws
  readonly payload: TokenPayload
  /** The credential, gated. */
  readonly document: JsonObject
}

export function readToken(
  text: string,
  pinnedContexts: ReadonlySet<string>,
  form: GateForm = {},
): ReadToken | { readonly refusal: Refusal } {
  const jws = readStrictly(text)
  if ('refusal' in jws) return jws
  const payload = readTokenPayload(jws.payload)
  if (payload === undefined)
    return refused('token-payload', 'The token does not hold one credential and nothing else.')
  const { credential } = payload
  // What is gated is written anew: nothing that two readers could see in two ways got this far.
  const bytes = new TextEncoder().encode(JSON.stringify(credential))
  const proofRequired = Object.hasOwn(credential, 'proof')
  const gated = passGate(bytes, pinnedContexts, { ...form, proofRequired })
  return 'refusal' in gated ? gated : { jws, payload, document: gated.document }
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
