/** Tokens for the tests of the verifier, signed here; nothing real. */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encode } from 'base58-universal'
import { toPublicKey } from '../../src/adapters/proofs/public-key.js'
import { verifyToken } from '../../src/application/verification/verify-token.js'
import type { JsonObject } from '../../src/domain/json.js'
import { toTokenPayload } from '../../src/domain/token-claims.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { badgeDocument, badgeDocumentV1 } from './badge-documents.js'
import { fixedControllers, NO_RECORDS } from './fixed-records.js'
import { frozenClock, keyFromSeed, p256FromSeed } from './service.js'

export const TOKEN_ALGS = ['RS256', 'ES256', 'EdDSA'] as const
export type TokenAlg = (typeof TOKEN_ALGS)[number]

export type TokenSigner = {
  readonly alg: TokenAlg
  readonly key: KeyObject
  readonly publicKeyJwk: JsonObject
  /** Of an RSA key with its PKCS #1 form. */
  readonly multikey: string
}

/** A signer with any key that fits the algorithm. */
export function tokenSigner(alg: TokenAlg, key: KeyObject): TokenSigner {
  const { publicKeyJwk, publicKeyMultibase } = toPublicKey(key)
  return { alg, key, publicKeyJwk, multikey: publicKeyMultibase ?? rsaMultikey(key) }
}

function rsaMultikey(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'pkcs1' })
  return `z${encode(Uint8Array.from([0x85, 0x24, ...der]))}`
}

/** RSA keys have no seed; nothing that is compared depends on which one it is. */
const rsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** The issuer's keys. */
export const SIGNERS: Readonly<Record<TokenAlg, TokenSigner>> = {
  RS256: tokenSigner('RS256', rsaKey()),
  ES256: tokenSigner('ES256', p256FromSeed(Buffer.alloc(32, 0x51))),
  EdDSA: tokenSigner('EdDSA', keyFromSeed(Buffer.alloc(32, 0x52))),
}

/** Somebody else's. */
export const STRANGERS: Readonly<Record<TokenAlg, TokenSigner>> = {
  RS256: tokenSigner('RS256', rsaKey()),
  ES256: tokenSigner('ES256', p256FromSeed(Buffer.alloc(32, 0x61))),
  EdDSA: tokenSigner('EdDSA', keyFromSeed(Buffer.alloc(32, 0x62))),
}

export const base64url = (text: string | Uint8Array) => Buffer.from(text).toString('base64url')

/** The bytes of a JWS signature by the algorithm of the signer (RFC 7518 section 3, RFC 8037). */
export function signBytes({ alg, key }: TokenSigner, input: string): Buffer {
  const options = { key, dsaEncoding: 'ieee-p1363' } as const
  return sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(input), options)
}

/** A compact JWS over texts, which need not be JSON. */
export function compact(signer: TokenSigner, header: string, payload: string): string {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${base64url(signBytes(signer, input))}`
}

/** A VC-JWT with the members of the header beside `alg`. */
export function tokenOf(signer: TokenSigner, header: JsonObject, payload: JsonObject): string {
  return compact(signer, JSON.stringify({ alg: signer.alg, ...header }), JSON.stringify(payload))
}

/** A badge of data model 2.0 with the claims that OB 3.0 section 8.2 asks for. */
export function payloadV2(
  issuer: string,
  change: Partial<Record<string, unknown>> = {},
): JsonObject {
  const { credentialStatus: _status, ...document } = badgeDocument({ issuer })
  return changed(toTokenPayload(document), change)
}

/** A badge of data model 1.1 in the claim `vc`; `id`, dates and subject's id stand in claims only. */
export function payloadV1(
  issuer: string,
  change: Partial<Record<string, unknown>> = {},
): JsonObject {
  const { id, issuanceDate: _date, ...vc } = badgeDocumentV1(issuer, {})
  const { id: sub, ...credentialSubject } = vc['credentialSubject'] as JsonObject
  const nbf = Date.parse('2025-01-10T09:00:00Z') / 1000
  const claims = { iss: issuer, jti: id, nbf, sub }
  return changed({ ...claims, vc: { ...vc, credentialSubject } } as JsonObject, change)
}

/** A member that becomes undefined is left out. */
function changed(payload: JsonObject, change: Partial<Record<string, unknown>>): JsonObject {
  return JSON.parse(JSON.stringify({ ...payload, ...change })) as JsonObject
}

/** What an issuer publishes: each of its keys under `#` and the algorithm, as JWK. */
export function controllerOf(issuer: string, signers = Object.values(SIGNERS)): JsonObject {
  const methods = signers.map(({ alg, publicKeyJwk }) => ({
    id: `${issuer}#${alg}`,
    type: 'JsonWebKey',
    controller: issuer,
    publicKeyJwk,
  }))
  return {
    id: issuer,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  }
}

const composed = composeVerifying({ clock: frozenClock, records: NO_RECORDS })

/** Verifies with nothing at hand but these documents, by id or address. */
export async function verifyWith(
  documents: Readonly<Record<string, JsonObject>>,
  token: string,
): Promise<VerificationReport> {
  const parts = await composed
  const controllers = fixedControllers((id) => documents[id])
  return (await verifyToken({ ...parts, controllers }, token, {})).report
}

/** The verdict and every code that stands against it. */
export function summary({ verdict, checks }: VerificationReport): string {
  const codes = checks.flatMap(({ name, problems }) =>
    problems.map(({ code, pointer = '' }) => `${name}:${code}${pointer && ` ${pointer}`}`),
  )
  return [verdict, ...codes].join(', ')
}
