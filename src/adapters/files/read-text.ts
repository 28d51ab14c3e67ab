/** Text files as people save them: UTF-8, with or without a byte order mark. */
import { readFileSync } from 'node:fs'
import { type ErrorCode, IssuerError } from '../../domain/issuer-error.js'

/**
 * @param code of the error to throw
 * @throws IssuerError when the file cannot be read
 */
export function readBytes(file: string, code: ErrorCode): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new IssuerError(code, `The file ${file} cannot be read.`, { cause })
  }
}

/**
 * @param code of the error to throw
 * @throws IssuerError when the file cannot be read or is not UTF-8: what another encoding would turn
 *   into question marks must never be signed
 */
export function readTextFile(file: string, code: ErrorCode): string {
  const bytes = readBytes(file, code)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const sentence = `The file ${file} is not UTF-8; save it as “CSV UTF-8” or as UTF-8 text.`
    throw new IssuerError(code, sentence, { cause })
  }
}
