/**
 * Verifies one credential in a VC-JWT (OB 3.0 section 8.2). The token says who signed and what; all
 * else is judged as for any credential.
 */
import { isJsonObject, member, textMember } from '../../domain/json.js'
import { supportedProofs } from '../../domain/proof.js'
import { toTimestamp } from '../../domain/timestamps.js'
import { headerFaults, isTokenAlgorithm, isUncheckedAlgorithm } from '../../domain/token-header.js'
import { toDateTime } from '../../domain/token-payload.js'
import {
  type Check,
  computeVerdict,
  type VerificationReport,
} from '../../domain/verification-report.js'
import type { VerifyOptions, VerifyResult } from '../ports/verifier.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'
import { issuerIdOf, type KeyOfProof } from './issuer-key-check.js'
import { judgeDocument, type Signed } from './judge-document.js'
import { refusedChecks } from './pass-gate.js'
import { type ReadToken, readToken } from './read-token.js'
import { checkToken, toProofEntry } from './token-check.js'
import { findTokenKey, type TokenKey } from './token-key.js'
import { judgeProofs } from './verify-credential.js'
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
  const signed = await judgeSignatures(parts, token)
  const report = await judgeDocument(parts, token.document, signed, options)
  return { report: withToken(report, token) }
}

/** The report names the token first among what the badge is signed with. */
function withToken(report: VerificationReport, { jws, payload }: ReadToken): VerificationReport {
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

/** The token's, and those of proofs that the credential had before it was put into the token. */
async function judgeSignatures(parts: VerifyingParts, token: ReadToken): Promise<Signed> {
  const outer = await judgeToken(parts, token)
  if (supportedProofs(token.document).length === 0) return outer
  const inner = await judgeProofs(parts, token.document)
  return {
    ...outer,
    issuerKey: worse(outer.issuerKey, inner.issuerKey),
    proof: worse(outer.proof, inner.proof),
    keys: [...outer.keys, ...inner.keys],
  }
}

async function judgeToken(parts: VerifyingParts, token: ReadToken): Promise<Signed> {
  const nowMs = parts.clock.now()
  const issuer = issuerIdOf(token.document)
  const key = await keyOf(parts, token, issuer, nowMs)
  return {
    issuerKey: issuerKeyRow(issuer, key),
    proof: await checkToken(token, key, parts.tokenVerifier, nowMs),
    keys: key === undefined ? [] : [toKeyOfProof(token, key)],
    securing: 'VC-JWT',
  }
}

/** A header with a fault names no key that is worth looking for, and nothing is fetched for it. */
async function keyOf(
  { controllers, tokenVerifier }: VerifyingParts,
  { jws }: ReadToken,
  issuer: string,
  nowMs: number,
): Promise<TokenKey | undefined> {
  if (headerFaults(jws.header).length > 0) return undefined
  if (isUncheckedAlgorithm(member(jws.header, 'alg'))) {
    const sentence =
      'Its key was not looked for, because the kind of its signature is not checked here.'
    return { kind: 'out-of-reach', controller: issuer, sentence }
  }
  const [kid, jwk] = [textMember(jws.header, 'kid'), member(jws.header, 'jwk')]
  const naming = {
    ...(kid === undefined ? {} : { kid }),
    ...(isJsonObject(jwk) ? { jwk } : {}),
  }
  return findTokenKey(controllers, issuer, naming, nowMs, tokenVerifier.nameOf)
}

function toKeyOfProof(token: ReadToken, key: TokenKey): KeyOfProof {
  return { ...key, proof: toProofEntry(token, key.kind === 'found' ? key.method : undefined) }
}

function issuerKeyRow(issuer: string, key: TokenKey | undefined): Check {
  switch (key?.kind) {
    case 'found':
      return passed('issuerKey', `It was signed with a key that ${issuer} publishes.`)
    case 'refused': {
      const next = 'Do not rely on this badge; ask the issuer named on it.'
      return failed('issuerKey', key.sentence, [problem(key.code)], next)
    }
    case 'out-of-reach': {
      const next = 'Try again later, or check it with the issuer named on the badge.'
      return unknown('issuerKey', key.sentence, [problem('key-not-at-hand', '/issuer/id')], next)
    }
    default:
      return skipped('issuerKey', 'Its key was not looked for, because the token is not sound.')
  }
}

const RANKS = ['passed', 'skipped', 'unknown', 'failed']

function worse(one: Check, other: Check): Check {
  return RANKS.indexOf(other.outcome) > RANKS.indexOf(one.outcome) ? other : one
}
