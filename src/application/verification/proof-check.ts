/** Is the content as it was signed? Every proof of a supported kind must hold. */
import type { JsonObject } from '../../domain/json.js'
import { member } from '../../domain/json.js'
import { listProofs, mayLeaveOut, type ProofEntry } from '../../domain/proof.js'
import { parseTimestamp } from '../../domain/timestamps.js'
import type { Check, CheckProblem } from '../../domain/verification-report.js'
import type { ProofOutcome, ProofVerifier } from '../ports/proofs.js'
import { failed, passed, problem, unknown } from './check-results.js'
import type { KeyOfProof } from './issuer-key-check.js'
import { resolvePrevious } from './proof-chain.js'

/** Clocks may differ by this much. */
export const CLOCK_SKEW_MS = 60_000

const ELSEWHERE = 'Check it with another verifier, or with the issuer named on the badge.'

type Finding = { readonly problem: CheckProblem; readonly sentence: string }

export async function checkProofs(
  document: JsonObject,
  keys: readonly KeyOfProof[],
  verifier: ProofVerifier,
  nowMs: number,
): Promise<Check> {
  const all = listProofs(document)
  const findings: Finding[] = []
  const doubts: Finding[] = []
  for (const key of keys) {
    findings.push(...claimFindings(key.proof, nowMs))
    const previous = resolvePrevious(key.proof, all)
    if (previous.kind === 'broken') findings.push(chainFinding(key.proof, previous.sentence))
    if (previous.kind === 'unread') doubts.push(chainFinding(key.proof, CHAIN_UNREAD))
    if (key.kind !== 'found' || previous.kind !== 'resolved') continue
    const outcome = await verifier.verify(document, key.proof.node, key.method, previous.proofs)
    findings.push(...signatureFindings(outcome, key.proof))
    doubts.push(...signatureDoubts(outcome, key.proof))
  }
  const [doubt] = doubts
  if (findings.length > 0 || doubt === undefined) return summarise(document, keys, findings)
  const problems = doubts.map((one) => one.problem)
  return unknown('proof', doubt.sentence, problems, ELSEWHERE)
}

const CHAIN_UNREAD = 'Its signature was made over another one, of a kind that is not checked here.'

function chainFinding(proof: ProofEntry, sentence: string): Finding {
  return { problem: problem('proof-chain', `${proof.pointer}/previousProof`), sentence }
}

/** What the proof says of itself: purpose and dates (Data Integrity 1.0 section 4.3). */
function claimFindings(proof: ProofEntry, nowMs: number): readonly Finding[] {
  const findings: Finding[] = []
  const add = (code: string, sentence: string, name: string) =>
    findings.push({ problem: problem(code, `${proof.pointer}/${name}`), sentence })
  const { node, created } = proof
  if (member(node, 'proofPurpose') !== 'assertionMethod') {
    add('proof-purpose', 'The signature was made for another purpose than issuing.', 'proofPurpose')
  }
  if (member(node, 'proofValue') === undefined) {
    add('proof-value', 'The proof carries no signature.', 'proofValue')
  }
  const expires = member(node, 'expires')
  if (expires !== undefined && (parseTimestamp(expires) ?? 0) + CLOCK_SKEW_MS < nowMs) {
    add('proof-expired', 'The signature itself has expired.', 'expires')
  }
  if (created !== undefined && (parseTimestamp(created) ?? 0) - CLOCK_SKEW_MS > nowMs) {
    add('proof-from-future', 'The signature is dated in the future.', 'created')
  }
  return findings
}

/** What makes a badge not valid. */
function signatureFindings(outcome: ProofOutcome, proof: ProofEntry): readonly Finding[] {
  switch (outcome.kind) {
    case 'mismatch': {
      const sentence = 'The content is not what was signed, or it was signed with another key.'
      return [{ problem: problem('signature-mismatch', proof.pointer), sentence }]
    }
    case 'wrong-key-type': {
      const sentence = 'The key that is named makes other signatures than this one says it is.'
      return [{ problem: problem('proof-key-type', proof.pointer), sentence }]
    }
    case 'untransformable': {
      const sentence = `It says something its contexts do not define, so it cannot be what was signed: ${outcome.detail}`
      return [{ problem: problem('not-transformable'), sentence }]
    }
    default:
      return []
  }
}

/** What leaves open whether it is. */
function signatureDoubts(outcome: ProofOutcome, proof: ProofEntry): readonly Finding[] {
  switch (outcome.kind) {
    case 'too-costly': {
      const sentence = 'Parts of it are so alike that checking the signature costs too much here.'
      return [{ problem: problem('too-costly'), sentence }]
    }
    case 'base-proof': {
      const sentence =
        'This copy is for the earner alone, who makes the copies to show from it with a wallet.'
      return [{ problem: problem('proof-base', proof.pointer), sentence }]
    }
    case 'chain-unsupported': {
      const sentence =
        'Signatures of this kind are not checked here when they were made over others.'
      return [chainFinding(proof, sentence)]
    }
    default:
      return []
  }
}

function summarise(
  document: JsonObject,
  keys: readonly KeyOfProof[],
  findings: readonly Finding[],
): Check {
  const first = findings[0]
  if (first !== undefined) {
    const next = 'Do not rely on this badge; ask the issuer for the original.'
    return failed(
      'proof',
      first.sentence,
      findings.map((finding) => finding.problem),
      next,
    )
  }
  const checked = keys.filter((key) => key.kind === 'found')
  if (checked.length < keys.length || checked.length === 0) {
    const sentence = 'The signature could not be checked, because its key or kind is not at hand.'
    return unknown('proof', sentence, [problem('proof-not-checked', '/proof')], 'Try again later.')
  }
  const others = listProofs(document).filter((proof) => !proof.isSupported)
  const count =
    checked.length === 1 ? 'Its signature holds' : `All ${checked.length} of its signatures hold`
  const note =
    others.length === 0
      ? ''
      : ` Not checked, because of an unknown kind: ${others.map(nameOf).join(', ')}.`
  const isWhole = !mayLeaveOut(document)
  const sentence = `${count}: nothing ${isWhole ? '' : 'that it shows '}was changed since it was signed.${note}`
  return passed('proof', sentence, isWhole ? [] : [problem('proof-selective', '/proof')])
}

function nameOf(proof: ProofEntry): string {
  return [proof.type, proof.cryptosuite]
    .filter((part) => part !== undefined)
    .join(' ')
    .slice(0, 80)
}
