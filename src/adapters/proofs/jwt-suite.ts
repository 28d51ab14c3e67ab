/** VC-JWT: a credential enveloped in a compact JWS (OB 3.0 section 8.2, RFC 7515). */
import type { TokenSuite } from '../../application/ports/proofs.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { toTokenPayload } from '../../domain/token-claims.js'
import type { SignerSource } from './file-key-ring.js'

export function createJwtSuite(signerFor: SignerSource): TokenSuite {
  return {
    async secure(linted, algorithm) {
      const { document, verificationMethod: kid } = linted.redeem('enveloped')
      const signer = await signerFor(kid.slice(kid.lastIndexOf('/') + 1))
      if (signer.algorithm !== algorithm)
        throw new IssuerError('KEY_UNAVAILABLE', `The key ${kid} does not sign with ${algorithm}.`)
      try {
        const header = { alg: algorithm, kid, typ: 'JWT' }
        const input = `${toPart(header)}.${toPart(toTokenPayload(document))}`
        const signature = Buffer.from(signer.sign(Buffer.from(input))).toString('base64url')
        return `${input}.${signature}`
      } catch (cause) {
        const sentence = 'The badge could not be signed as a token.'
        throw new IssuerError('PROOF_GENERATION_FAILED', sentence, { cause })
      }
    },
  }
}

function toPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
