/**
 * Verifies who presents (VC Data Model 2.0 section 4.13): the proof over the whole presentation, made for this
 * asker. The credentials in it are judged one by one, by themselves.
 */
import type { JsonObject } from '../../../domain/json.js'
import type { Check } from '../../../domain/verification-report.js'
import type { PresentationOptions, VerifyOptions, VerifyResult } from '../../ports/verifier.js'
import { failed, passed, problem, unknown } from '../check-results.js'
import { findKeys, type KeyOfProof } from '../issuer-key-check.js'
import { checkKeyState } from '../key-state-check.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { checkForm } from './generic-checks.js'
import { passGenericGate } from './generic-gate-passage.js'
import { genericRefusal, genericReport } from './generic-report.js'
import { forAuthentication, holderOf, presentationFaults } from './presentation-form.js'
import { checkPresentationProofs } from './presentation-proofs.js'
import { verifyPresentationToken } from './verify-presentation-token.js'

const FORMAT = 'Verifiable presentation (JSON)'

const OPENING_BRACE = 0x7b

/**
 * @param bytes of the presentation in JSON, or of the token that one is in
 * @returns a full report for any bytes; throws only for bugs
 */
export async function verifyPresentation(
  parts: VerifyingParts,
  bytes: Uint8Array,
  asked: PresentationOptions,
  profile: VerifyOptions['profile'],
): Promise<VerifyResult> {
  const nowMs = parts.clock.now()
  const pinnedContexts = profile === 'generic' ? parts.generic.contexts : parts.pinnedContexts
  if (bytes[0] !== OPENING_BRACE)
    return verifyPresentationToken(parts, new TextDecoder().decode(bytes), asked, pinnedContexts)
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
    await checkKeyState(document, keys, parts, false),
  ]
}

const NOT_SIGNED = failed('proof', 'Nobody signed the presentation.', [
  problem('proof-missing', '/proof'),
])

/** The asker wants the credentials only. */
const UNSIGNED = (['issuerKey', 'proof', 'keyState'] as const).map((name) =>
  passed(name, 'No proof of who presents was asked for.'),
)

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
