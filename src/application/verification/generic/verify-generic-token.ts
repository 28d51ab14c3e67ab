/**
 * Verifies a credential of any kind in a VC-JWT (VC-JOSE-COSE section 3.1, VC Data Model 1.1 section 6.3.1) for
 * clients of the VC API. A badge in one is judged by all rules of badges.
 */
import { isOfOpenBadges } from '../../../domain/generic-structure.js'
import type { VerifyResult } from '../../ports/verifier.js'
import { judgeToken } from '../judge-token.js'
import { gateToken, openToken } from '../read-token.js'
import { verifyToken, withToken } from '../verify-token.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { passGenericGate } from './generic-gate-passage.js'
import { genericRefusal } from './generic-report.js'
import { judgeGeneric, withGenericProofs } from './verify-generic.js'

/** @returns a full report for any text; throws only for bugs */
export async function verifyGenericToken(
  parts: VerifyingParts,
  text: string,
): Promise<VerifyResult> {
  const nowMs = parts.clock.now()
  const open = openToken(text)
  if ('refusal' in open) return genericRefusal(nowMs, FORMAT, open.refusal)
  if (isOfOpenBadges(open.payload.credential)) return verifyToken(parts, text, {})
  const token = gateToken(open, (bytes) =>
    passGenericGate(bytes, { pinnedContexts: parts.generic.contexts, kind: 'credential' }),
  )
  if ('refusal' in token) return genericRefusal(nowMs, FORMAT, token.refusal)
  const signed = await judgeToken(withGenericProofs(parts), token)
  return { report: withToken(await judgeGeneric(parts, token.document, signed), token) }
}

const FORMAT = 'Verifiable credential (VC-JWT)'
