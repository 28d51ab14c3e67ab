/** Verifies who presents when the presentation came in a token (VC-JOSE-COSE section 3.1.2). */
import { isJsonObject, listMember, member, textMember } from '../../../domain/json.js'
import {
  headerFaults,
  isTokenAlgorithm,
  isUncheckedAlgorithm,
} from '../../../domain/token-header.js'
import type { Check } from '../../../domain/verification-report.js'
import type { PresentationOptions, VerifyResult } from '../../ports/verifier.js'
import { failed, passed, problem, skipped, unknown } from '../check-results.js'
import type { KeyOfProof } from '../issuer-key-check.js'
import { checkKeyState } from '../key-state-check.js'
import { gateToken, openPresentationToken, type ReadToken } from '../read-token.js'
import { type Finding, signatureFindings, timeFindings, toProofEntry } from '../token-check.js'
import { findTokenKey, type TokenKey } from '../token-key.js'
import type { VerifyingParts } from '../verifying-parts.js'
import { checkForm } from './generic-checks.js'
import { passGenericGate } from './generic-gate-passage.js'
import { genericRefusal, genericReport } from './generic-report.js'
import { forAuthentication, holderOf, presentationFaults } from './presentation-form.js'

const FORMAT = 'Verifiable presentation (VP-JWT)'
const LATER = 'Try again later.'

/** @returns a full report for any text; throws only for bugs */
export async function verifyPresentationToken(
  parts: VerifyingParts,
  text: string,
  asked: PresentationOptions,
  pinnedContexts: ReadonlySet<string>,
): Promise<VerifyResult> {
  const nowMs = parts.clock.now()
  const open = openPresentationToken(text)
  if ('refusal' in open) return genericRefusal(nowMs, FORMAT, open.refusal)
  const token = gateToken(open, (bytes) =>
    passGenericGate(bytes, { pinnedContexts, kind: 'presentation' }),
  )
  if ('refusal' in token) return genericRefusal(nowMs, FORMAT, token.refusal)
  const { document } = token
  const key = await keyOf(parts, token, nowMs)
  const rows = [
    passed('readable', 'The document can be read in one way only.'),
    checkForm(presentationFaults(document)),
    passed('contexts', 'Its contexts are kept here.'),
    checkHolderKey(key),
    await checkSignature(parts, token, key, asked, nowMs),
    await checkKeyState(document, keysOf(token, key), parts, false),
    passed('dates', 'A presentation has no dates of its own.'),
  ]
  return { report: genericReport(nowMs, FORMAT, rows) }
}

/** Who presents, by `holder`, by the claim for it, or by the key alone. */
function presenterOf({ document, payload, jws }: ReadToken): string {
  const kid = textMember(jws.header, 'kid') ?? ''
  return holderOf(document) ?? textMember(payload.claims, 'iss') ?? kid.split('#')[0] ?? ''
}

async function keyOf(
  { controllers, tokenVerifier }: VerifyingParts,
  token: ReadToken,
  nowMs: number,
): Promise<TokenKey | undefined> {
  const { header } = token.jws
  if (headerFaults(header, 'vp').length > 0 || isUncheckedAlgorithm(member(header, 'alg')))
    return undefined
  const [kid, jwk] = [textMember(header, 'kid'), member(header, 'jwk')]
  const naming = {
    ...(kid === undefined ? {} : { kid }),
    ...(isJsonObject(jwk) ? { jwk } : {}),
  }
  const own = forAuthentication(controllers)
  return findTokenKey(own, presenterOf(token), naming, nowMs, tokenVerifier.nameOf)
}

function keysOf(token: ReadToken, key: TokenKey | undefined): readonly KeyOfProof[] {
  if (key?.kind !== 'found') return []
  return [{ ...key, proof: toProofEntry(token, key.method) }]
}

function checkHolderKey(key: TokenKey | undefined): Check {
  switch (key?.kind) {
    case 'found':
      return passed('issuerKey', 'It was signed with a key of who presents it.')
    case 'refused':
      return failed('issuerKey', key.sentence, [problem(key.code)])
    case 'out-of-reach': {
      const sentence = 'The key of who presents is not at hand here.'
      return unknown('issuerKey', sentence, [problem('key-not-at-hand')], LATER)
    }
    default:
      return skipped('issuerKey', 'Its key was not looked for, because the token is not sound.')
  }
}

async function checkSignature(
  parts: VerifyingParts,
  token: ReadToken,
  key: TokenKey | undefined,
  asked: PresentationOptions,
  nowMs: number,
): Promise<Check> {
  const findings: readonly Finding[] = [
    ...(await signatureFindings(token, key, parts.tokenVerifier)),
    ...headerFaults(token.jws.header, 'vp').map(({ code, sentence }) => finding(code, sentence)),
    ...claimFindings(token, asked),
    // A presentation has no dates that those of its token could repeat.
    ...timeFindings({ ...token, document: {} }, nowMs),
  ]
  const [first] = findings
  if (first !== undefined)
    return failed(
      'proof',
      first.sentence,
      findings.flatMap(({ problems }) => problems),
    )
  const isChecked = key?.kind === 'found' && isTokenAlgorithm(member(token.jws.header, 'alg'))
  if (!isChecked || 'proof' in token.document) {
    const sentence = 'The signature could not be checked, because its key or kind is not at hand.'
    return unknown('proof', sentence, [problem('proof-not-checked')], LATER)
  }
  return passed('proof', 'The signature over the presentation holds, and is for this asker.')
}

/** OpenID for Verifiable Presentations and RFC 7519 section 4.1.3: `nonce` and `aud` are what was asked for. */
function claimFindings(
  { document, payload: { claims } }: ReadToken,
  { challenge, domain }: PresentationOptions,
): readonly Finding[] {
  const holder = holderOf(document)
  const iss = member(claims, 'iss')
  const rules: readonly [boolean, string, string][] = [
    [challenge !== undefined && member(claims, 'nonce') !== challenge, 'challenge', 'nonce'],
    [domain !== undefined && !listMember(claims, 'aud').includes(domain), 'domain', 'aud'],
    [holder !== undefined && iss !== undefined && iss !== holder, 'claim-mismatch', 'iss'],
  ]
  return rules
    .filter(([isWrong]) => isWrong)
    .map(([, code, claim]) => finding(code, `The token is not one for this asker (${claim}).`))
}

function finding(code: string, sentence: string): Finding {
  return { sentence, problems: [problem(code)] }
}
