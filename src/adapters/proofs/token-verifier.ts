/** TokenVerifier over `jose`: the algorithm is always given, and keys are public key objects (RFC 8725). */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { decode } from 'base58-universal'
import { compactVerify } from 'jose'
import type { KeyMaterial, TokenVerifier } from '../../application/ports/proofs.js'
import { toPublicKey } from './public-key.js'

export function createTokenVerifier(): TokenVerifier {
  return {
    async verify(jws, algorithm, key) {
      const publicKey = toKeyObject(key)
      if (publicKey === undefined) return false
      try {
        await compactVerify(jws, publicKey, { algorithms: [algorithm] })
        return true
      } catch {
        return false
      }
    },
    nameOf(key) {
      const publicKey = toKeyObject(key)
      if (publicKey === undefined || isCostlyOrVoid(publicKey)) return undefined
      try {
        return toPublicKey(publicKey).keyId
      } catch {
        return undefined
      }
    },
  }
}

const MAX_RSA_BITS = 8192

/** A large modulus costs time; under the exponent 1 every text is its own signature. */
function isCostlyOrVoid({ asymmetricKeyDetails: details }: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 3n } = details ?? {}
  return modulusLength > MAX_RSA_BITS || publicExponent < 3n || publicExponent > 0xffffffffn
}

function toKeyObject({ publicKeyJwk, publicKeyMultibase }: KeyMaterial): KeyObject | undefined {
  try {
    return publicKeyJwk === undefined
      ? fromMultikey(publicKeyMultibase ?? '')
      : createPublicKey({ key: { ...publicKeyJwk }, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** Decoding is quadratic; the Multikey of an RSA key of 4096 bits is shorter. */
const MAX_MULTIKEY_CHARS = 800

/** What stands before a raw key of each kind in SubjectPublicKeyInfo (RFC 8410, RFC 5480). */
const SPKI = {
  ed01: '302a300506032b6570032100',
  '8024': '3039301306072a8648ce3d020106082a8648ce3d030107032200',
} as const

/** Multicodec headers: Ed25519 and P-256 (Controlled Identifiers 1.0 section 2.2.2), RSA in PKCS #1. */
function fromMultikey(multikey: string): KeyObject | undefined {
  if (multikey.length > MAX_MULTIKEY_CHARS || !multikey.startsWith('z')) return undefined
  const bytes = Buffer.from(decode(multikey.slice(1)))
  const [header, key] = [bytes.subarray(0, 2).toString('hex'), bytes.subarray(2)]
  if (header === '8524') return createPublicKey({ key, format: 'der', type: 'pkcs1' })
  if (header !== 'ed01' && header !== '8024') return undefined
  const der = Buffer.concat([Buffer.from(SPKI[header], 'hex'), key])
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}
