/** One key file under KEYS_DIR: public part readable, private part sealed, mode 0600. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { IssuerError } from '../../domain/issuer-error.js'
import { toMultibase } from './ed25519-multikey.js'
import { openKey, type SealedKey, sealKey } from './key-cipher.js'

const FORMAT = 'imprimatur-key-1'

type KeyHeader = {
  readonly format: typeof FORMAT
  readonly algorithm: 'Ed25519'
  readonly publicKeyMultibase: string
  readonly created: string
}

type KeyFile = KeyHeader & { readonly sealed: SealedKey }

export type OpenedKey = {
  readonly publicKeyMultibase: string
  readonly created: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** The file that holds the issuing key. */
export function keyFilePath(keysDir: string): string {
  return path.join(keysDir, 'ed25519.json')
}

/**
 * Makes an Ed25519 key and writes its file, durably.
 * @param created UTC with `Z`
 * @returns the public half, `z6Mk…`
 * @throws IssuerError KEY_EXISTS when the file is there: keys are never overwritten; KEY_UNAVAILABLE
 *   when it cannot be written
 */
export function createKeyFile(keysDir: string, passphrase: string, created: string): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return writeKeyFile(keysDir, privateKey, passphrase, created)
}

/** Seals a given Ed25519 key into a new file; otherwise as `createKeyFile`. */
export function writeKeyFile(
  keysDir: string,
  privateKey: KeyObject,
  passphrase: string,
  created: string,
): string {
  const publicKeyMultibase = toMultibase(privateKey)
  const header: KeyHeader = { format: FORMAT, algorithm: 'Ed25519', publicKeyMultibase, created }
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  const sealed = sealKey(secret, passphrase, JSON.stringify(header))
  secret.fill(0)
  writeOnce(keysDir, `${JSON.stringify({ ...header, sealed }, null, 2)}\n`)
  return publicKeyMultibase
}

function writeOnce(keysDir: string, text: string): void {
  const handle = openNew(keysDir)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(keysDir)
}

/** A new name in a folder survives a power cut only when the folder is synced too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function openNew(keysDir: string): number {
  const file = keyFilePath(keysDir)
  try {
    mkdirSync(keysDir, { recursive: true, mode: 0o700 })
    return openSync(file, 'wx', 0o600)
  } catch (cause) {
    if (!isTaken(cause)) throw unavailable(`${file} cannot be written.`, cause)
    const sentence = `${file} already holds a key, and keys are never overwritten.`
    throw new IssuerError('KEY_EXISTS', sentence, { cause })
  }
}

/** Whether the file itself, not a folder above it, is there already. */
function isTaken(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException
  return code === 'EEXIST' && syscall === 'open'
}

/**
 * Opens a key file: others may not read it, the passphrase fits, and both halves match.
 * @throws IssuerError KEY_UNAVAILABLE with one sentence
 */
export function openKeyFile(file: string, passphrase: string): OpenedKey {
  const { sealed, ...header } = readKeyFile(file)
  const privateKey = openPrivateKey(file, sealed, passphrase, header)
  if (toMultibase(privateKey) !== header.publicKeyMultibase) {
    throw unavailable(`${file}: the private and the public half do not belong together.`)
  }
  return {
    publicKeyMultibase: header.publicKeyMultibase,
    created: header.created,
    privateKey,
    publicKey: createPublicKey(privateKey),
  }
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
  const parsed = parseKeyFile(text)
  if (parsed === undefined) throw unavailable(`${file} is not a key file of this service.`)
  return parsed
}

function parseKeyFile(text: string): KeyFile | undefined {
  try {
    const { format, algorithm, publicKeyMultibase, created, sealed } = JSON.parse(text) as KeyFile
    if (format !== FORMAT || algorithm !== 'Ed25519' || typeof sealed !== 'object') return undefined
    return { format, algorithm, publicKeyMultibase, created, sealed }
  } catch {
    return undefined
  }
}

function openPrivateKey(
  file: string,
  sealed: SealedKey,
  passphrase: string,
  header: KeyHeader,
): KeyObject {
  try {
    const der = openKey(sealed, passphrase, JSON.stringify(header))
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
