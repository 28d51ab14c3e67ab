/** The key files of KEYS_DIR, found by what stands in them in the clear. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { IssuerError } from '../../domain/issuer-error.js'
import type { KeyAlgorithm } from '../../domain/signing-key.js'
import { type KeyFileHeader, readKeyFileHeader } from './key-file.js'

/** Every key file of the folder, by name, and a sentence for each file that cannot be read as one. */
export function listKeyFiles(keysDir: string): {
  readonly files: readonly KeyFileHeader[]
  readonly faults: readonly IssuerError[]
} {
  const files: KeyFileHeader[] = []
  const faults: IssuerError[] = []
  for (const name of namesIn(keysDir)) {
    try {
      files.push(readKeyFileHeader(path.join(keysDir, name)))
    } catch (error) {
      if (!(error instanceof IssuerError)) throw error
      faults.push(error)
    }
  }
  return { files, faults }
}

/**
 * The file of a key.
 * @throws IssuerError KEY_UNAVAILABLE when it is not there, or with what is wrong with the folder's files
 */
export function findKeyFile(keysDir: string, keyId: string): string {
  const { files, faults } = listKeyFiles(keysDir)
  const found = files.find((header) => header.keyId === keyId)
  if (found !== undefined) return found.file
  if (faults[0] !== undefined) throw faults[0]
  throw new IssuerError(
    'KEY_UNAVAILABLE',
    `The file of the key ${keyId} is not in ${keysDir}; put it back.`,
  )
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch {
    return []
  }
}

/**
 * A new private key.
 * @param rsaBits for RS256 only
 */
export function generateKey(algorithm: KeyAlgorithm, rsaBits: number): KeyObject {
  switch (algorithm) {
    case 'Ed25519':
      return generateKeyPairSync('ed25519').privateKey
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: rsaBits }).privateKey
  }
}
