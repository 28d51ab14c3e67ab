/** What is brought to be checked, from a file or a pipe: as much as can be a badge, and not more. */
import { createReadStream } from 'node:fs'
import { IssuerError } from '../../domain/issuer-error.js'

/** One byte more than anything that is looked at. */
const MAX_BYTES = 10 * 1024 * 1024 + 1

/**
 * @param file standard input when there is none
 * @throws IssuerError REQUEST_INVALID when it cannot be read, or holds nothing
 */
export async function readBrought(file: string | undefined): Promise<Uint8Array> {
  const stream = file === undefined ? process.stdin : createReadStream(file, { end: MAX_BYTES - 1 })
  const what = file === undefined ? 'Standard input' : `The file ${file}`
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Buffer)
      chunks.push(bytes)
      length += bytes.length
      if (length >= MAX_BYTES) break
    }
  } catch (cause) {
    throw new IssuerError('REQUEST_INVALID', `${what} cannot be read.`, { cause })
  }
  if (length === 0) throw new IssuerError('REQUEST_INVALID', `${what} is empty.`)
  return Buffer.concat(chunks)
}
