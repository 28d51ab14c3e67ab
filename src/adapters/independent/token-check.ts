/** Re-checks a VC-JWT with a library that had no part in making it (OB 3.0 section 8.2, verification). */
import { compactVerify, importJWK, type JWK } from 'jose'
import { isObject, type JsonObject } from './credential-text.js'

const HEADER_MEMBERS = ['alg', 'kid', 'jwk', 'typ']

/** @returns what is wrong; empty when signature, header and claims hold */
export async function verifyToken(jws: string, publicKeyJwk: object): Promise<readonly string[]> {
  try {
    const key = await importJWK(publicKeyJwk as JWK, algorithmOf(publicKeyJwk))
    const { payload, protectedHeader } = await compactVerify(jws, key, {
      algorithms: ['ES256', 'RS256'],
    })
    const credential: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(payload),
    )
    if (!isObject(credential)) return ['The payload of the token is no object.']
    const extra = Object.keys(protectedHeader).filter((name) => !HEADER_MEMBERS.includes(name))
    return [
      ...extra.map((name) => `The header member “${name}” is not allowed.`),
      ...claimFaults(credential),
    ]
  } catch (fault) {
    return [`The token does not verify: ${fault instanceof Error ? fault.message : 'unknown'}`]
  }
}

function algorithmOf(jwk: object): 'ES256' | 'RS256' {
  return 'kty' in jwk && jwk.kty === 'RSA' ? 'RS256' : 'ES256'
}

function claimFaults(credential: JsonObject): readonly string[] {
  const { issuer, credentialSubject: subject } = credential
  const expected: readonly (readonly [string, unknown])[] = [
    ['iss', isObject(issuer) ? issuer['id'] : issuer],
    ['jti', credential['id']],
    ['sub', isObject(subject) ? subject['id'] : undefined],
    ['nbf', secondsOf(credential['validFrom'])],
    ['exp', secondsOf(credential['validUntil'])],
  ]
  return expected
    .filter(([name, value]) => credential[name] !== value)
    .map(([name]) => `The claim “${name}” does not repeat the credential.`)
}

function secondsOf(time: unknown): number | undefined {
  return typeof time === 'string' ? Date.parse(time) / 1000 : undefined
}
