/** A credential that came from elsewhere, beside the badge that is judged: as JSON or as a token. */
import type { JsonObject } from '../../domain/json.js'
import type { OutboundAnswer } from '../ports/outbound.js'
import type { Refusal } from '../ports/verifier.js'
import { judgeProofs, type Signed } from './judge-proofs.js'
import { judgeToken } from './judge-token.js'
import { type GateForm, passGate } from './pass-gate.js'
import { readToken } from './read-token.js'
import type { VerifyingParts } from './verifying-parts.js'

export type FetchedDocument = Extract<OutboundAnswer, { readonly kind: 'document' }>

export type ReadCredential = {
  readonly document: JsonObject
  /** Its signatures; looked at when they are asked for. */
  judge(): Promise<Signed>
}

/** Held to the same gate as a badge, in whatever form it came. */
export function readSigned(
  parts: VerifyingParts,
  { mediaType, bytes }: Pick<FetchedDocument, 'mediaType' | 'bytes'>,
  form: GateForm = {},
): ReadCredential | { readonly refusal: Refusal } {
  if (isToken(mediaType, bytes)) {
    const token = readToken(new TextDecoder().decode(bytes).trim(), parts.pinnedContexts, form)
    if ('refusal' in token) return token
    return { document: token.document, judge: () => judgeToken(parts, token) }
  }
  const gated = passGate(bytes, parts.pinnedContexts, form)
  if ('refusal' in gated) return gated
  const { document } = gated
  return { document, judge: () => judgeProofs(parts, document) }
}

const TOKEN_TYPE = /^application\/(vc\+(ld\+json\+)?jwt|jwt)$/
const COMPACT_JWS = /^\s*[\w-]+\.[\w-]+\.[\w-]+\s*$/
const OPENING_BRACE = 0x7b

/** By its media type, or because its text is a compact JWS whatever the server calls it. */
function isToken(mediaType: string, bytes: Uint8Array): boolean {
  if (TOKEN_TYPE.test(mediaType)) return true
  return bytes[0] !== OPENING_BRACE && COMPACT_JWS.test(new TextDecoder().decode(bytes))
}
