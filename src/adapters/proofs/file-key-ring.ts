/** KeyRing over KEYS_DIR. Private keys stay inside this module; only signers for methods leave it. */
import { type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import type { KeyRing } from '../../application/ports/proofs.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { issuerDid, type VerificationMethod } from '../../domain/verification-method.js'
import { keyFilePath, openKeyFile } from './key-file.js'
import type { LibrarySigner } from './suites.js'
import type { SignerSource } from './vc-proof-suite.js'

/**
 * Readiness texts start with this line. Credentials are signed over 64 bytes of digests, tokens over
 * base64url; no signature on such a text can be taken for one of those.
 */
const PROBE_PREFIX = 'imprimatur readiness probe, not a credential\n'

export type FileKeyRing = { readonly keyRing: KeyRing; readonly signerFor: SignerSource }

/**
 * Opens the key and checks that its halves match.
 * @throws IssuerError KEY_UNAVAILABLE with one sentence
 */
export function openKeyRing(keysDir: string, passphrase: string, baseUrl: string): FileKeyRing {
  const key = openKeyFile(keyFilePath(keysDir), passphrase)
  const controller = issuerDid(baseUrl, key.publicKeyMultibase)
  const method: VerificationMethod = {
    id: `${controller}#${key.publicKeyMultibase}`,
    controller,
    publicKeyMultibase: key.publicKeyMultibase,
    created: key.created,
  }
  return {
    keyRing: {
      getActive: () => method,
      list: () => [method],
      probe: () => probe(key.privateKey, key.publicKey),
    },
    signerFor: (id) => {
      if (id !== method.id) {
        throw new IssuerError(
          'KEY_UNAVAILABLE',
          'The key that this badge was prepared for is not here.',
        )
      }
      return toSigner(method.id, key.privateKey)
    },
  }
}

function toSigner(id: string, privateKey: KeyObject): LibrarySigner {
  return { id, algorithm: 'Ed25519', sign: async ({ data }) => sign(null, data, privateKey) }
}

function probe(privateKey: KeyObject, publicKey: KeyObject): void {
  const text = Buffer.from(`${PROBE_PREFIX}${randomBytes(32).toString('hex')}\n`)
  if (!verify(null, text, publicKey, sign(null, text, privateKey))) {
    throw new IssuerError('KEY_UNAVAILABLE', 'The key does not verify what it signs.')
  }
}
