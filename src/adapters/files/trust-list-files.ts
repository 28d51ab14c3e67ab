/** Trust lists from files, read once at start. */
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { IssuerError } from '../../domain/issuer-error.js'
import { parseTrustList, type TrustList } from '../../domain/trust-list.js'

const MAX_LISTS = 16
const MAX_BYTES = 8 * 1024 * 1024

/**
 * Reads each list, in the order in which they are named.
 * @throws IssuerError SETTING_INVALID with one sentence that names the file
 */
export function readTrustLists(files: readonly string[]): readonly TrustList[] {
  if (files.length > MAX_LISTS) throw invalid(`TRUST_LISTS names more than ${MAX_LISTS} files`)
  return files.map(readTrustList)
}

function readTrustList(file: string): TrustList {
  const list = parseTrustList(readJson(file), path.basename(file))
  if (typeof list === 'string') throw invalid(`the list ${file} in TRUST_LISTS ${list}`)
  return list
}

function readJson(file: string): unknown {
  let text: string
  try {
    if (statSync(file).size > MAX_BYTES)
      throw invalid(`the list ${file} in TRUST_LISTS is larger than ${MAX_BYTES} bytes`)
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (error instanceof IssuerError) throw error
    throw invalid(`the list ${file} in TRUST_LISTS cannot be read as text`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(`the list ${file} in TRUST_LISTS is not JSON`)
  }
}

function invalid(sentence: string): IssuerError {
  return new IssuerError('SETTING_INVALID', `${sentence}.`)
}
