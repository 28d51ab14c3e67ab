/** Is the content as it was signed, and does the token say of it what it says itself? */
import { type JsonObject, member, textMember } from '../../domain/json.js'
import type { ProofEntry } from '../../domain/proof.js'
import type { PublishedKey } from '../../domain/published-keys/published-key.js'
import { parseTimestamp, toTimestamp } from '../../domain/timestamps.js'
import { fitsAlgorithm, headerFaults, isTokenAlgorithm, typeOf } from '../../domain/token-header.js'
import { claimFaults, toDateTime } from '../../domain/token-payload.js'
import type { Check, CheckProblem } from '../../domain/verification-report.js'
import type { TokenVerifier } from '../ports/proofs.js'
import { failed, passed, problem, unknown } from './check-results.js'
import { CLOCK_SKEW_MS } from './proof-check.js'
import type { ReadToken } from './read-token.js'
import type { TokenKey } from './token-key.js'

export type Finding = { readonly sentence: string; readonly problems: readonly CheckProblem[] }

/**
 * The row about the signature (OB 3.0 section 8.2, verification). Everything that is wrong is listed:
 * what is found first must not hide what is worse.
 * @param key undefined when the header was too bad to look for one
 */
export async function checkToken(
  token: ReadToken,
  key: TokenKey | undefined,
  verifier: TokenVerifier,
  nowMs: number,
): Promise<Check> {
  const findings = [
    ...(await signatureFindings(token, key, verifier)),
    ...headerFindings(token),
    ...claimFindings(token),
    ...timeFindings(token, nowMs),
  ]
  const [first] = findings
  if (first !== undefined) {
    const problems = findings.flatMap((one) => one.problems)
    return failed('proof', first.sentence, problems, 'Do not rely on this badge; ask its issuer.')
  }
  const alg = textMember(token.jws.header, 'alg') ?? ''
  if (!isTokenAlgorithm(alg)) {
    const sentence = `The token is signed with ${alg}, and that is not checked here.`
    return unknown('proof', sentence, [problem('token-algorithm-unchecked')], ELSEWHERE)
  }
  if (key?.kind !== 'found') {
    const sentence = 'The signature could not be checked, because its key is not at hand.'
    return unknown('proof', sentence, [problem('proof-not-checked')], 'Try again later.')
  }
  return passed(
    'proof',
    `The signature of the token (${alg}) holds: nothing was changed since it was signed.`,
  )
}

const ELSEWHERE = 'Check it with another verifier, or with the issuer named on the badge.'

function headerFindings({ jws, payload }: ReadToken): readonly Finding[] {
  const findings = headerFaults(jws.header).map((fault) => ({
    sentence: fault.sentence,
    problems: [problem(fault.code)],
  }))
  const typ = typeOf(jws.header)
  if (!payload.isInClaim || typ === undefined || typ === 'JWT') return findings
  const sentence = `A token of the type ${typ.slice(0, 40)} has no claim “vc”.`
  return [...findings, { sentence, problems: [problem('token-type')] }]
}

export async function signatureFindings(
  { jws }: ReadToken,
  key: TokenKey | undefined,
  verifier: TokenVerifier,
): Promise<readonly Finding[]> {
  const alg = textMember(jws.header, 'alg')
  if (key?.kind !== 'found' || !isTokenAlgorithm(alg)) return []
  if (!fitsAlgorithm(key.method, alg)) {
    const sentence = `The token says that it was signed with ${alg}, which its key is not for.`
    return [{ sentence, problems: [problem('token-algorithm')] }]
  }
  if (await verifier.verify(jws.text, alg, key.method)) return []
  const sentence = 'The content is not what was signed, or it was signed with another key.'
  return [{ sentence, problems: [problem('signature-mismatch')] }]
}

function isVcJwt({ jws }: ReadToken): boolean {
  const typ = typeOf(jws.header)
  return typ === 'vc+jwt' || typ === 'vc+ld+json+jwt'
}

function claimFindings(token: ReadToken): readonly Finding[] {
  const faults = claimFaults(token.payload, isVcJwt(token))
  if (faults.length === 0) return []
  const names = faults.map(({ claim }) => claim).join(', ')
  const sentence = `What the token says beside the badge (${names}) is not what the badge says.`
  return [{ sentence, problems: faults.map(({ pointer }) => problem('claim-mismatch', pointer)) }]
}

/** The dates of the signature itself; those that repeat the badge's are judged with the badge. */
export function timeFindings({ payload, document }: ReadToken, nowMs: number): readonly Finding[] {
  const findings: Finding[] = []
  const { claims } = payload
  const repeats = (time: number, ...names: readonly string[]) =>
    names
      .map((name) => parseTimestamp(member(document, name)))
      .some((ms) => ms !== undefined && Math.floor(ms / 1000) === time)
  const isEnd = (time: number) => repeats(time, 'validUntil', 'expirationDate')
  const isStart = (time: number) => repeats(time, 'validFrom', 'issuanceDate')
  const add = (code: string, sentence: string) =>
    findings.push({ sentence, problems: [problem(code)] })
  const [exp, nbf, iat] = ['exp', 'nbf', 'iat'].map((name) => member(claims, name))
  if ([exp, nbf, iat].some((time) => time !== undefined && toDateTime(time) === undefined))
    add('token-time', 'The token has a date that is none (exp, nbf or iat).')
  if (typeof exp === 'number' && !isEnd(exp) && exp * 1000 + CLOCK_SKEW_MS < nowMs)
    add('proof-expired', 'The signature itself has expired.')
  if (typeof nbf === 'number' && !isStart(nbf) && nbf * 1000 - CLOCK_SKEW_MS > nowMs)
    add('proof-from-future', 'The signature does not count yet.')
  if (typeof iat === 'number' && iat * 1000 - CLOCK_SKEW_MS > nowMs)
    add('proof-from-future', 'The signature is dated in the future.')
  return findings
}

/**
 * The token as a proof, for the checks that ask when it was signed. Without `iat` nobody knows: it was
 * then signed at its `nbf` or, when its key is younger than that, some time later.
 */
export function toProofEntry({ jws, payload }: ReadToken, key?: PublishedKey): ProofEntry {
  const kid = textMember(jws.header, 'kid')
  const created = toDateTime(member(payload.claims, 'iat')) ?? signedSince(payload.claims, key)
  return {
    pointer: '',
    node: {},
    type: 'JWT',
    ...(kid === undefined ? {} : { verificationMethod: kid }),
    ...(created === undefined ? {} : { created }),
    isSupported: true,
  }
}

function signedSince(claims: JsonObject, key?: PublishedKey): string | undefined {
  const nbf = parseTimestamp(toDateTime(member(claims, 'nbf')))
  if (nbf === undefined) return undefined
  const starts = [key?.created, key?.activated].map((time) => parseTimestamp(time) ?? nbf)
  return toTimestamp(Math.max(nbf, ...starts))
}
