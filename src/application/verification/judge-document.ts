/**
 * The rows about a credential that passed the raw gate. How it is signed, by proofs in it or by a token
 * around it, was judged before; all else is the same for both.
 */
import type { JsonObject } from '../../domain/json.js'
import { toTimestamp } from '../../domain/timestamps.js'
import {
  type Check,
  computeVerdicts,
  type VerificationReport,
} from '../../domain/verification-report.js'
import type { VerifyOptions } from '../ports/verifier.js'
import { passed } from './check-results.js'
import { checkContexts, checkTokenContexts } from './context-check.js'
import { checkEndorsements } from './endorsements/endorsement-check.js'
import { withoutEnvelopes } from './endorsements/find-endorsements.js'
import { checkIssuerTrust } from './issuer-trust-check.js'
import { isProvenBy, type Signed } from './judge-proofs.js'
import { checkKeyState } from './key-state-check.js'
import { checkKnownKeys } from './known-keys-check.js'
import { checkDates } from './life-checks.js'
import { checkRecipient } from './recipient-check.js'
import { refreshOnce } from './refresh.js'
import { formatOf, toSubject } from './report-subject.js'
import { checkStatus } from './status-check.js'
import { checkStructure } from './structure-check.js'
import type { VerifyingParts } from './verifying-parts.js'

/** With what else must be known of the document: a receipt repeats the rows, not what stands beside them. */
const READABLE = 'The document can be read in one way only.'

export async function judgeDocument(
  parts: VerifyingParts,
  received: JsonObject,
  receivedAs: Signed,
  options: VerifyOptions,
): Promise<VerificationReport> {
  const nowMs = parts.clock.now()
  const { document, signed, refresh } = await refreshOnce(parts, received, receivedAs)
  const { issuerKey, proof, keys } = signed
  const isProven = isProvenBy(signed)
  const keyState = await checkKeyState(document, keys, parts, isProven)
  const status = await checkStatus(document, parts, isProven)
  const endorsements = await checkEndorsements(parts, document, nowMs, isProven)
  const checks = [
    passed('readable', `${READABLE}${refresh?.outcome === 'newer' ? ` ${refresh.sentence}` : ''}`),
    checkStructure(withoutEnvelopes(document), parts.schemaChecker),
    await judgeContexts(parts, document, signed),
    issuerKey,
    proof,
    await checkKnownKeys(keyState, document, parts, isProven),
    status,
    checkDates(document, nowMs),
    checkRecipient(document, options.recipient, parts.hasher, isProven),
    endorsements.check,
    await checkIssuerTrust(document, parts, isProven),
  ]
  const { findings } = endorsements
  return {
    ...computeVerdicts(checks),
    checkedAt: toTimestamp(nowMs),
    format: formatOf(document, signed.securing),
    checks,
    ...(refresh === undefined ? {} : { refresh }),
    ...(findings.length === 0 ? {} : { endorsements: findings }),
    badge: toSubject(document),
  }
}

/** The words of what is signed in itself are judged with its proofs. */
function judgeContexts(
  { generic }: VerifyingParts,
  document: JsonObject,
  { securing }: Signed,
): Check | Promise<Check> {
  return securing === 'VC-JWT'
    ? checkTokenContexts(document, generic.canonicalizer)
    : checkContexts(document)
}
