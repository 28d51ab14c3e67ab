/**
 * Verifies who presents (VC Data Model 2.0 section 4.13): the proof over the whole presentation, made for this
 * asker. The credentials in it are judged one by one, by themselves.
 */
import { contextFaults } from '../../../domain/generic-structure.js'
import type { Fault } from '../../../domain/issuer-error.js'
import {
  hasType,
  isJsonObject,
  type JsonObject,
  listMember,
  member,
  textMember,
} from '../../../domain/json.js'
import { parseTimestamp } from '../../../domain/timestamps.js'
import type { Check, CheckProblem } from '../../../domain/verification-report.js'
import type {
  ControllerDocuments,
  PresentationOptions,
  VerifyOptions,
  VerifyResult,
} from '../../ports/verifier.js'
import { failed, passed, problem, unknown } from '../check-results.js'
import { findKeys, type KeyOfProof } from '../issuer-key-check.js'
import { checkKeyState } from '../key-state-check.js'
import { CLOCK_SKEW_MS } from '../proof-check.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { checkForm } from './generic-checks.js'
import { passGenericGate } from './generic-gate-passage.js'
import { genericRefusal, genericReport } from './generic-report.js'

const FORMAT = 'Verifiable presentation (JSON)'

/** @returns a full report for any bytes; throws only for bugs */
export async function verifyPresentation(
  parts: VerifyingParts,
  bytes: Uint8Array,
  asked: PresentationOptions,
  profile: VerifyOptions['profile'],
): Promise<VerifyResult> {
  const nowMs = parts.clock.now()
  const pinnedContexts = profile === 'generic' ? parts.generic.contexts : parts.pinnedContexts
  const gated = passGenericGate(bytes, { pinnedContexts, kind: 'presentation' })
  if ('refusal' in gated) return genericRefusal(nowMs, FORMAT, gated.refusal)
  const { document } = gated
  const rows = [
    passed('readable', 'The document can be read in one way only.'),
    checkForm(presentationFaults(document)),
    passed('contexts', 'Its contexts are kept here.'),
    ...(await checkHolder(parts, document, asked, nowMs)),
    passed('dates', 'A presentation has no dates of its own.'),
  ]
  return { report: genericReport(nowMs, FORMAT, rows) }
}

function presentationFaults(document: JsonObject): readonly Fault[] {
  const faults = [...contextFaults(document)]
  if (!hasType(document, 'VerifiablePresentation'))
    faults.push({ pointer: '/type', detail: 'must name VerifiablePresentation' })
  const holder = member(document, 'holder')
  if (holder !== undefined && holderOf(document) === undefined)
    faults.push({ pointer: '/holder', detail: 'must be a URL or an object with a URL as its id' })
  if (!listMember(document, 'verifiableCredential').every(isJsonObject))
    faults.push({ pointer: '/verifiableCredential', detail: 'must hold credentials' })
  return faults
}

function holderOf(document: JsonObject): string | undefined {
  const holder = member(document, 'holder')
  return typeof holder === 'string' ? holder : textMember(holder, 'id')
}

async function checkHolder(
  parts: VerifyingParts,
  document: JsonObject,
  asked: PresentationOptions,
  nowMs: number,
): Promise<readonly Check[]> {
  if (!('proof' in document)) return asked.unsigned === true ? UNSIGNED : [NOT_SIGNED]
  const keys = await findKeys(document, forAuthentication(parts.controllers), nowMs)
  return [
    checkHolderKey(document, keys),
    await checkPresentationProofs(parts, document, keys, asked, nowMs),
    await checkKeyState(document, keys, parts.records, false),
  ]
}

const NOT_SIGNED = failed('proof', 'Nobody signed the presentation.', [
  problem('proof-missing', '/proof'),
])

/** The asker wants the credentials only. */
const UNSIGNED = (['issuerKey', 'proof', 'keyState'] as const).map((name) =>
  passed(name, 'No proof of who presents was asked for.'),
)

/** Keys for `authentication` instead of those for assertions; a `did:key` is good for both. */
function forAuthentication(controllers: ControllerDocuments): ControllerDocuments {
  return {
    async find(controller) {
      const found = await controllers.find(controller)
      if (found.kind !== 'found' || controller.startsWith('did:key:')) return found
      const assertionMethod = listMember(found.document, 'authentication').map(
        (one) => textMember(one, 'id') ?? one,
      )
      return { ...found, document: { ...found.document, assertionMethod } }
    },
  }
}

function checkHolderKey(document: JsonObject, keys: readonly KeyOfProof[]): Check {
  const refused = keys.find((key) => key.kind === 'refused')
  if (refused?.kind === 'refused')
    return failed('issuerKey', refused.sentence, [problem(refused.code, refused.proof.pointer)])
  if (keys.length === 0 || keys.some((key) => key.kind !== 'found')) {
    const sentence = 'The key of who presents is not at hand here.'
    return unknown('issuerKey', sentence, [problem('key-not-at-hand', '/proof')], LATER)
  }
  const holder = holderOf(document)
  const isOther = (key: KeyOfProof) => key.kind === 'found' && key.method.controller !== holder
  if (holder !== undefined && keys.some(isOther)) {
    const sentence = `It was not signed by the holder that it names (${holder.slice(0, 200)}).`
    return failed('issuerKey', sentence, [problem('issuer-key-mismatch', '/holder')])
  }
  return passed('issuerKey', 'It was signed with a key of who presents it.')
}

const LATER = 'Try again later.'

async function checkPresentationProofs(
  parts: VerifyingParts,
  document: JsonObject,
  keys: readonly KeyOfProof[],
  asked: PresentationOptions,
  nowMs: number,
): Promise<Check> {
  const problems: CheckProblem[] = []
  for (const { proof, ...key } of keys) {
    problems.push(...claimProblems(proof.node, proof.pointer, asked, nowMs))
    if (key.kind !== 'found') continue
    const { kind } = await parts.generic.proofVerifier.verify(document, proof.node, key.method, [])
    if (kind !== 'verified')
      problems.push(
        problem(kind === 'mismatch' ? 'signature-mismatch' : 'not-transformable', proof.pointer),
      )
  }
  if (problems.length > 0)
    return failed('proof', 'The signature is not one for this asker, or does not hold.', problems)
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
