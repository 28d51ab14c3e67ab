/**
 * Verifies one credential in a VC-JWT (OB 3.0 section 8.2). The token says who signed and what; all
 * else is judged as for any credential.
 */
import { member, textMember } from '../../domain/json.js'
import { toTimestamp } from '../../domain/timestamps.js'
import { isTokenAlgorithm } from '../../domain/token-header.js'
import { toDateTime } from '../../domain/token-payload.js'
import { computeVerdict, type VerificationReport } from '../../domain/verification-report.js'
import type { VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { judgeDocument } from './judge-document.js'
import { judgeToken } from './judge-token.js'
import { refusedChecks } from './pass-gate.js'
import { type ReadToken, readToken } from './read-token.js'
import type { VerifyingParts } from './verifying-parts.js'

/** @returns a full report for any text; throws only for bugs */
export async function verifyToken(
  parts: VerifyingParts,
  text: string,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const token = readToken(text, parts.pinnedContexts)
  if ('refusal' in token) {
    const { refusal } = token
    const checks = refusedChecks(refusal)
    const checkedAt = toTimestamp(parts.clock.now())
    return {
      report: { verdict: computeVerdict(checks), checkedAt, format: 'VC-JWT', checks },
      refusal,
    }
  }
  const signed = await judgeToken(parts, token)
  const report = await judgeDocument(parts, token.document, signed, options)
  return { report: withToken(report, token) }
}

/** The report names the token first among what the badge is signed with. */
export function withToken(
  report: VerificationReport,
  { jws, payload }: ReadToken,
): VerificationReport {
  const { badge } = report
  if (badge === undefined) return report
  const [kid, created] = [textMember(jws.header, 'kid'), toDateTime(member(payload.claims, 'iat'))]
  const proof = {
    type: 'JWT',
    ...(kid === undefined ? {} : { verificationMethod: kid }),
    ...(created === undefined ? {} : { created }),
    checked: isTokenAlgorithm(member(jws.header, 'alg')),
  }
  return { ...report, badge: { ...badge, proofs: [proof, ...badge.proofs] } }
}
