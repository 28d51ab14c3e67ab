/**
 * Verifies a credential of any kind (VC Data Model 2.0 and 1.1) for clients of the VC API. Gate, keys, proofs,
 * key state, status and dates are those of badges; form and vocabulary are not.
 */
import { genericFaults, isVersion1 } from '../../../domain/generic-structure.js'
import type { JsonObject } from '../../../domain/json.js'
import type { Check, VerificationReport } from '../../../domain/verification-report.js'
import type { VerifyResult } from '../../ports/verifier.js'
import { failed, passed, problem } from '../check-results.js'
import { isProvenBy, judgeProofs, type Signed } from '../judge-proofs.js'
import { checkKeyState } from '../key-state-check.js'
import { checkDates } from '../life-checks.js'
import { checkStatus } from '../status-check.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { checkForm, checkVocabulary } from './generic-checks.js'
import { passGenericGate } from './generic-gate-passage.js'
import { genericRefusal, genericReport } from './generic-report.js'

/** @returns a full report for any bytes; throws only for bugs */
export async function verifyGeneric(
  parts: VerifyingParts,
  bytes: Uint8Array,
): Promise<VerifyResult> {
  const nowMs = parts.clock.now()
  const gated = passGenericGate(bytes, {
    pinnedContexts: parts.generic.contexts,
    kind: 'credential',
  })
  if ('refusal' in gated) return genericRefusal(nowMs, 'Verifiable credential', gated.refusal)
  const { document } = gated
  const signed =
    'proof' in document ? await judgeProofs(withGenericProofs(parts), document) : undefined
  return { report: await judgeGeneric(parts, document, signed) }
}

/** Proofs over documents with the contexts that are for credentials of any kind. */
export function withGenericProofs(parts: VerifyingParts): VerifyingParts {
  return { ...parts, proofVerifier: parts.generic.proofVerifier }
}

/** @param signed absent when nobody signed it */
export async function judgeGeneric(
  parts: VerifyingParts,
  document: JsonObject,
  signed: Signed | undefined,
): Promise<VerificationReport> {
  const nowMs = parts.clock.now()
  const rows = [
    passed('readable', 'The document can be read in one way only.'),
    checkForm(genericFaults(document)),
    await checkVocabulary(document, parts.generic.canonicalizer),
    ...(signed === undefined ? [NOT_SIGNED] : await checkSigned(parts, document, signed)),
    checkValidity(document, nowMs),
  ]
  const model = isVersion1(document) ? '1.1' : '2.0'
  const format = `Verifiable credential (${signed?.securing ?? 'JSON'}, VC Data Model ${model})`
  return genericReport(nowMs, format, rows, document)
}

const NOT_SIGNED = failed('proof', 'The credential is not signed.', [
  problem('proof-missing', '/proof'),
])

async function checkSigned(
  parts: VerifyingParts,
  document: JsonObject,
  signed: Signed,
): Promise<readonly Check[]> {
  const isProven = isProvenBy(signed)
  return [
    signed.issuerKey,
    signed.proof,
    await checkKeyState(document, signed.keys, parts, isProven),
    await checkStatus(document, parts, isProven),
  ]
}

const ALWAYS = '1970-01-01T00:00:00Z'

/** `validFrom` may be left out in version 2.0 (section 4.9); who does sets no beginning. */
function checkValidity(document: JsonObject, nowMs: number): Check {
  return checkDates(isVersion1(document) ? document : { validFrom: ALWAYS, ...document }, nowMs)
}
