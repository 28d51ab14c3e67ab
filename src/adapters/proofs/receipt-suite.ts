/**
 * Receipts as compact JWS (RFC 7515). What is signed begins with a header that says so (`typ`), so a signature
 * here is never one on a badge: embedded proofs sign 64 bytes of digests, and tokens of badges have another `typ`.
 */
import { createPublicKey, verify } from 'node:crypto'
import type { ReceiptHeader, ReceiptSuite } from '../../application/ports/receipts.js'
import { IssuerError } from '../../domain/issuer-error.js'
import type { SigningKey } from '../../domain/signing-key.js'
import {
  MAX_RECEIPT_CHARS,
  RECEIPT_TYP,
  VerificationReceipt,
} from '../../domain/verification-receipt.js'
import type { SignerSource } from './file-key-ring.js'

/** RFC 8037 and RFC 7518; keys of other kinds sign no receipts. */
const ALGS = { Ed25519: 'EdDSA', ES256: 'ES256', RS256: undefined } as const

export function createReceiptSuite(signerFor: SignerSource): ReceiptSuite {
  return {
    async sign(receipt, key) {
      const alg = ALGS[key.algorithm]
      if (!(receipt instanceof VerificationReceipt))
        throw new TypeError('only receipts are signed here')
      const signer = await signerFor(key.keyId)
      if (alg === undefined || signer.algorithm !== key.algorithm)
        throw new IssuerError('KEY_UNAVAILABLE', `The key ${key.keyId} does not sign receipts.`)
      try {
        const header = JSON.stringify({ alg, kid: key.methodId, typ: RECEIPT_TYP })
        const input = `${toPart(header)}.${toPart(receipt.payload)}`
        return `${input}.${Buffer.from(signer.sign(Buffer.from(input))).toString('base64url')}`
      } catch (cause) {
        throw new IssuerError('PROOF_GENERATION_FAILED', 'The receipt could not be signed.', {
          cause,
        })
      }
    },
    readHeader,
    open: (text, key) => {
      const { parts, header } = parse(text) ?? {}
      if (
        parts === undefined ||
        header?.alg !== ALGS[key.algorithm] ||
        header?.kid !== key.methodId
      )
        return undefined
      return isSignedBy(key, parts) ? parseJson(parts[1]) : undefined
    },
  }
}

function readHeader(text: string): ReceiptHeader | undefined {
  return parse(text)?.header
}

type Parts = readonly [header: string, payload: string, signature: string]

/** Cheap for any text: its length first, then a pattern that looks at each character once. */
function parse(
  text: string,
): { readonly parts: Parts; readonly header: ReceiptHeader } | undefined {
  if (text.length > MAX_RECEIPT_CHARS) return undefined
  const match = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(text.trim())
  const [, first = '', second = '', third = ''] = match ?? []
  const header = match === null ? undefined : parseJson(first)
  if (typeof header !== 'object' || header === null) return undefined
  const { alg, kid, typ, ...others } = header as Readonly<Record<string, unknown>>
  if (typ !== RECEIPT_TYP || typeof alg !== 'string' || typeof kid !== 'string') return undefined
  if (Object.keys(others).length > 0) return undefined
  return { parts: [first, second, third], header: { alg, kid } }
}

function isSignedBy(key: SigningKey, [header, payload, signature]: Parts): boolean {
  const publicKey = createPublicKey({ key: { ...key.publicKeyJwk }, format: 'jwk' })
  const digest = key.algorithm === 'Ed25519' ? null : 'sha256'
  return verify(
    digest,
    Buffer.from(`${header}.${payload}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
}

function toPart(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function parseJson(part: string): unknown {
  try {
    return JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')),
    )
  } catch {
    return undefined
  }
}
