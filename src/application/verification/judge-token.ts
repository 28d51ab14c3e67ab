/** The signatures of a credential in a VC-JWT: that of the token, and those in the credential. */
import { isJsonObject, member, textMember } from '../../domain/json.js'
import { supportedProofs } from '../../domain/proof.js'
import { headerFaults, isUncheckedAlgorithm } from '../../domain/token-header.js'
import type { Check } from '../../domain/verification-report.js'
import { failed, passed, problem, skipped, unknown } from './check-results.js'
import { issuerIdOf, type KeyOfProof } from './issuer-key-check.js'
import { judgeProofs, type Signed } from './judge-proofs.js'
import type { ReadToken } from './read-token.js'
import { checkToken, toProofEntry } from './token-check.js'
import { findTokenKey, type TokenKey } from './token-key.js'
import type { VerifyingParts } from './verifying-parts.js'

/** The token's, and those of proofs that the credential had before it was put into the token. */
export async function judgeToken(parts: VerifyingParts, token: ReadToken): Promise<Signed> {
  const outer = await judgeSignature(parts, token)
  if (supportedProofs(token.document).length === 0) return outer
  const inner = await judgeProofs(parts, token.document)
  return {
    ...outer,
    issuerKey: worse(outer.issuerKey, inner.issuerKey),
    proof: worse(outer.proof, inner.proof),
    keys: [...outer.keys, ...inner.keys],
  }
}

async function judgeSignature(parts: VerifyingParts, token: ReadToken): Promise<Signed> {
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
