/** From an endorsement in any form to the credential in it and its signatures. */
import { isEnvelope, tokenInEnvelope } from '../../../domain/envelope.js'
import type { JsonObject, JsonValue } from '../../../domain/json.js'
import { textMember } from '../../../domain/json.js'
import type { Refusal } from '../../ports/verifier.js'
import { judgeProofs, type Signed } from '../judge-proofs.js'
import { judgeToken } from '../judge-token.js'
import { passGate } from '../pass-gate.js'
import { readToken } from '../read-token.js'
import type { VerifyingParts } from '../verifying-parts.js'

export type ReadEndorsement =
  | {
      readonly kind: 'read'
      /** Gated as a badge is. */
      readonly document: JsonObject
      judge(parts: VerifyingParts): Promise<Signed>
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** In an envelope with something else than a VC-JWT. */
  | { readonly kind: 'not-a-token' }

/** `endorsement` holds credentials (OB 3.0 section 8.1) or envelopes, `endorsementJwt` tokens (8.2). */
export function readEndorsement(
  pinnedContexts: ReadonlySet<string>,
  endorsement: JsonValue,
): ReadEndorsement {
  if (!isInToken(endorsement)) return readEmbedded(pinnedContexts, endorsement)
  const text = isEnvelope(endorsement)
    ? tokenInEnvelope(textMember(endorsement, 'id') ?? '')
    : endorsement
  if (typeof text !== 'string') return { kind: 'not-a-token' }
  const token = readToken(text, pinnedContexts)
  if ('refusal' in token) return { kind: 'refused', ...token }
  const { document } = token
  return { kind: 'read', document, judge: (parts) => judgeToken(parts, token) }
}

/** Whether it is text, or an envelope around one: no pointer leads into it. */
export function isInToken(endorsement: JsonValue): boolean {
  return typeof endorsement === 'string' || isEnvelope(endorsement)
}

function readEmbedded(pinned: ReadonlySet<string>, endorsement: JsonValue): ReadEndorsement {
  const gated = passGate(new TextEncoder().encode(JSON.stringify(endorsement)), pinned)
  if ('refusal' in gated) return { kind: 'refused', ...gated }
  const { document } = gated
  return { kind: 'read', document, judge: (parts) => judgeProofs(parts, document) }
}
