/** KeyRing over KEYS_DIR. Private keys stay inside this module; only signers leave it. */
import { randomBytes, sign, verify } from 'node:crypto'
import type { KeyRing } from '../../application/ports/proofs.js'
import { IssuerError } from '../../domain/issuer-error.js'
import type { NewKey, SigningKey } from '../../domain/signing-key.js'
import { type OpenedKey, openKeyFile } from './key-file.js'
import { findKeyFile, listKeyFiles } from './key-folder.js'

/**
 * Readiness texts start with this line. Credentials are signed over 64 bytes of digests, tokens over
 * base64url; no signature on such a text can be taken for one of those.
 */
const PROBE_PREFIX = 'imprimatur readiness probe, not a credential\n'

/** Signs bytes with one key: Ed25519, or ECDSA P-256 (IEEE P1363 form) or RSA PKCS #1 over SHA-256. */
export type Signer = {
  readonly algorithm: SigningKey['algorithm']
  sign(data: Uint8Array): Uint8Array
}

/** Gives the signer for a recorded key. Throws KEY_UNAVAILABLE when its file is not here or does not open. */
export type SignerSource = (keyId: string) => Promise<Signer>

export type FileKeyRing = { readonly keyRing: KeyRing; readonly signerFor: SignerSource }

/** Opens each key when it is first needed; a key made meanwhile is found without a restart. */
export function openKeyRing(keysDir: string, passphrase: string): FileKeyRing {
  const opened = new Map<string, Promise<OpenedKey>>()
  const openIt = async (keyId: string) => openKeyFile(findKeyFile(keysDir, keyId), passphrase)
  const open = (keyId: string): Promise<OpenedKey> => {
    const known = opened.get(keyId)
    if (known !== undefined) return known
    const opening = openIt(keyId)
    opened.set(keyId, opening)
    opening.catch(() => opened.delete(keyId))
    return opening
  }
  return {
    keyRing: {
      list: () => listReadable(keysDir),
      read: async (keyId) => toNewKey(await open(keyId)),
      assertUsable: async (key) => assertSame(await open(key.keyId), key),
      probe: async (keyId) => probe(await open(keyId)),
    },
    signerFor: async (keyId) => toSigner(await open(keyId)),
  }
}

function listReadable(keysDir: string): ReturnType<KeyRing['list']> {
  const { files, faults } = listKeyFiles(keysDir)
  if (faults[0] !== undefined) throw faults[0]
  return files
}

function toNewKey(key: OpenedKey): NewKey {
  const { keyId, issuer, algorithm, publicKeyJwk, publicKeyMultibase, created } = key
  return {
    keyId,
    issuer,
    algorithm,
    publicKeyJwk,
    ...(publicKeyMultibase === undefined ? {} : { publicKeyMultibase }),
    created,
  }
}

/** The record says whose the key is; so does the file. */
function assertSame(opened: OpenedKey, recorded: SigningKey): void {
  if (opened.issuer === recorded.issuer) return
  const sentence = `${opened.file} was made for the issuer “${opened.issuer}”, and the database has it as a key of “${recorded.issuer}”.`
  throw new IssuerError('KEY_UNAVAILABLE', sentence)
}

function toSigner(key: OpenedKey): Signer {
  return { algorithm: key.algorithm, sign: (data) => signWith(key, data) }
}

function signWith({ algorithm, privateKey }: OpenedKey, data: Uint8Array): Uint8Array {
  if (algorithm === 'Ed25519') return sign(null, data, privateKey)
  return sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
}

function probe(key: OpenedKey): void {
  const text = Buffer.from(`${PROBE_PREFIX}${randomBytes(32).toString('hex')}\n`)
  const digest = key.algorithm === 'Ed25519' ? null : 'sha256'
  const publicKey = { key: key.publicKey, dsaEncoding: 'ieee-p1363' as const }
  if (!verify(digest, text, publicKey, signWith(key, text))) {
    throw new IssuerError('KEY_UNAVAILABLE', 'The key does not verify what it signs.')
  }
}
