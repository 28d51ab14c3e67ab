/** One key file under KEYS_DIR: public part readable, private part sealed, mode 0600. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { DEFAULT_ISSUER } from '../../domain/issuer.js'
import { IssuerError } from '../../domain/issuer-error.js'
import type { KeyAlgorithm } from '../../domain/signing-key.js'
import { createOnce, replaceFile } from './durable-file.js'
import { openKey, type SealedKey, sealKey } from './key-cipher.js'
import { type PublicKey, toPublicKey } from './public-key.js'

/** The format of the first release: one Ed25519 key of the only issuer. Still read. */
const FORMAT_1 = 'imprimatur-key-1'
const FORMAT_2 = 'imprimatur-key-2'

/** What stands in a key file in the clear. */
export type KeyFileHeader = {
  readonly file: string
  /** Slug of the issuer it was made for. */
  readonly issuer: string
  readonly algorithm: KeyAlgorithm
  readonly keyId: string
  /** UTC with `Z`. */
  readonly created: string
}

type KeyFile = KeyFileHeader & {
  /** The header as it was authenticated. */
  readonly authenticated: Readonly<Record<string, string>>
  readonly sealed: SealedKey
}

export type OpenedKey = KeyFileHeader &
  PublicKey & { readonly privateKey: KeyObject; readonly publicKey: KeyObject }

/**
 * Seals a key into a new file, durably.
 * @param created UTC with `Z`
 * @throws IssuerError KEY_EXISTS when its file is there: keys are never overwritten; KEY_UNAVAILABLE
 *   when it cannot be written; TypeError for a kind of key that signs nothing here
 */
export async function writeKeyFile(
  keysDir: string,
  issuer: string,
  privateKey: KeyObject,
  passphrase: string,
  created: string,
): Promise<KeyFileHeader & PublicKey> {
  const publicKey = toPublicKey(privateKey)
  const { algorithm, keyId } = publicKey
  const header = { format: FORMAT_2, issuer, algorithm, keyId, created }
  const file = path.join(keysDir, `${issuer}.${algorithm}.${keyId}.json`)
  createOnce(file, await sealedText(privateKey, passphrase, header))
  return { ...publicKey, file, issuer, created }
}

/**
 * Seals an opened key again, under another passphrase; the file is replaced as a whole or not at all.
 * @throws IssuerError KEY_UNAVAILABLE when it cannot be written
 */
export async function resealKeyFile(key: OpenedKey, passphrase: string): Promise<void> {
  const { authenticated } = readKeyFile(key.file)
  replaceFile(key.file, await sealedText(key.privateKey, passphrase, authenticated))
}

async function sealedText(
  privateKey: KeyObject,
  passphrase: string,
  header: Readonly<Record<string, string>>,
): Promise<string> {
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  const sealed = await sealKey(secret, passphrase, JSON.stringify(header))
  secret.fill(0)
  return `${JSON.stringify({ ...header, sealed }, null, 2)}\n`
}

/**
 * Opens a key file: others may not read it, the passphrase fits, and both halves match.
 * @throws IssuerError KEY_UNAVAILABLE with one sentence
 */
export async function openKeyFile(file: string, passphrase: string): Promise<OpenedKey> {
  const { sealed, authenticated, ...header } = readKeyFile(file)
  const privateKey = await openPrivateKey(file, sealed, passphrase, JSON.stringify(authenticated))
  const half = toPublicKey(privateKey)
  if (half.keyId !== header.keyId || half.algorithm !== header.algorithm) {
    throw unavailable(`${file}: the private and the public half do not belong together.`)
  }
  return { ...header, ...half, privateKey, publicKey: createPublicKey(privateKey) }
}

/**
 * What a key file says in the clear.
 * @throws IssuerError KEY_UNAVAILABLE when it is missing, open to others, or no key file
 */
export function readKeyFileHeader(file: string): KeyFileHeader {
  const { sealed: _sealed, authenticated: _authenticated, ...header } = readKeyFile(file)
  return header
}

function readKeyFile(file: string): KeyFile {
  let text: string
  try {
    const mode = statSync(file).mode & 0o777
    if ((mode & 0o077) !== 0)
      throw unavailable(`${file} can be read by others; run chmod 600 on it.`)
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof IssuerError) throw cause
    throw unavailable(`There is no key at ${file}; make one with: imprimatur keys create`, cause)
  }
  const parsed = parseKeyFile(file, text)
  if (parsed === undefined) throw unavailable(`${file} is not a key file of this service.`)
  return parsed
}

function parseKeyFile(file: string, text: string): KeyFile | undefined {
  try {
    const { sealed, ...rest } = JSON.parse(text) as Record<string, string> & { sealed: SealedKey }
    const { format, algorithm, created = '' } = rest
    if (typeof sealed !== 'object') return undefined
    if (format === FORMAT_1 && algorithm === 'Ed25519') {
      const { publicKeyMultibase: keyId = '' } = rest
      const authenticated = { format, algorithm, publicKeyMultibase: keyId, created }
      return { file, issuer: DEFAULT_ISSUER, algorithm, keyId, created, authenticated, sealed }
    }
    if (format !== FORMAT_2 || !isAlgorithm(algorithm)) return undefined
    const { issuer = '', keyId = '' } = rest
    const authenticated = { format, issuer, algorithm, keyId, created }
    return { file, issuer, algorithm, keyId, created, authenticated, sealed }
  } catch {
    return undefined
  }
}

function isAlgorithm(text: unknown): text is KeyAlgorithm {
  return text === 'Ed25519' || text === 'ES256' || text === 'RS256'
}

async function openPrivateKey(
  file: string,
  sealed: SealedKey,
  passphrase: string,
  header: string,
): Promise<KeyObject> {
  try {
    const der = await openKey(sealed, passphrase, header)
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    der.fill(0)
    return key
  } catch (cause) {
    throw unavailable(`${file} does not open: wrong passphrase, or the file was changed.`, cause)
  }
}

function unavailable(sentence: string, cause?: unknown): IssuerError {
  return new IssuerError('KEY_UNAVAILABLE', sentence, { cause })
}
