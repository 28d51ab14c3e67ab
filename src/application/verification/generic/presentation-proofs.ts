/** The proofs of a presentation: each holds, and was made for this asker. */
import { type JsonObject, listMember, member } from '../../../domain/json.js'
import { parseTimestamp } from '../../../domain/timestamps.js'
import type { Check, CheckProblem } from '../../../domain/verification-report.js'
import type { ProofOutcome } from '../../ports/proofs.js'
import type { PresentationOptions } from '../../ports/verifier.js'
import { failed, passed, problem, unknown } from '../check-results.js'
import type { KeyOfProof } from '../issuer-key-check.js'
import { CLOCK_SKEW_MS } from '../proof-check.js'
import type { VerifyingParts } from '../verifying-parts.js'

const LATER = 'Try again later.'
const OTHERWISE = 'Ask for a presentation that is signed in another way.'

/** Codes by what came of checking the signature. */
const FAULTS: Readonly<Partial<Record<ProofOutcome['kind'], string>>> = {
  mismatch: 'signature-mismatch',
  'wrong-key-type': 'proof-key-type',
  untransformable: 'not-transformable',
}
const DOUBTS: Readonly<Partial<Record<ProofOutcome['kind'], string>>> = {
  'too-costly': 'too-costly',
  'base-proof': 'proof-base',
  'chain-unsupported': 'proof-chain',
}

export async function checkPresentationProofs(
  parts: VerifyingParts,
  document: JsonObject,
  keys: readonly KeyOfProof[],
  asked: PresentationOptions,
  nowMs: number,
): Promise<Check> {
  const problems: CheckProblem[] = []
  const doubts: CheckProblem[] = []
  for (const { proof, ...key } of keys) {
    problems.push(...claimProblems(proof.node, proof.pointer, asked, nowMs))
    if (key.kind !== 'found') continue
    const { kind } = await parts.generic.proofVerifier.verify(document, proof.node, key.method, [])
    if (DOUBTS[kind] !== undefined) doubts.push(problem(DOUBTS[kind], proof.pointer))
    else if (kind !== 'verified') problems.push(problem(FAULTS[kind] ?? kind, proof.pointer))
  }
  if (problems.length > 0)
    return failed('proof', 'The signature is not one for this asker, or does not hold.', problems)
  if (doubts.length > 0) {
    const sentence = 'The signature is of a kind, or over a document, that is not checked here.'
    return unknown('proof', sentence, doubts, OTHERWISE)
  }
  if (keys.length === 0 || keys.some(({ kind }) => kind !== 'found')) {
    const sentence = 'The signature could not be checked, because its key or kind is not at hand.'
    return unknown('proof', sentence, [problem('proof-not-checked', '/proof')], LATER)
  }
  return passed('proof', 'The signature over the presentation holds, and is for this asker.')
}

/** Data Integrity 1.0 section 4.4: purpose, domain and challenge are as expected. */
function claimProblems(
  proof: JsonObject,
  pointer: string,
  { challenge, domain }: PresentationOptions,
  nowMs: number,
): readonly CheckProblem[] {
  const codes: [boolean, string, string][] = [
    [member(proof, 'proofPurpose') !== 'authentication', 'proof-purpose', 'proofPurpose'],
    [challenge !== undefined && member(proof, 'challenge') !== challenge, 'challenge', 'challenge'],
    [domain !== undefined && !listMember(proof, 'domain').includes(domain), 'domain', 'domain'],
    [isOver(proof, nowMs), 'proof-expired', 'expires'],
    [isEarly(proof, nowMs), 'proof-from-future', 'created'],
    ['previousProof' in proof, 'proof-chain', 'previousProof'],
  ]
  return codes
    .filter(([isWrong]) => isWrong)
    .map(([, code, name]) => problem(code, `${pointer}/${name}`))
}

function isOver(proof: JsonObject, nowMs: number): boolean {
  const expires = member(proof, 'expires')
  return expires !== undefined && (parseTimestamp(expires) ?? 0) + CLOCK_SKEW_MS < nowMs
}

function isEarly(proof: JsonObject, nowMs: number): boolean {
  const created = member(proof, 'created')
  return created !== undefined && (parseTimestamp(created) ?? 0) - CLOCK_SKEW_MS > nowMs
}
