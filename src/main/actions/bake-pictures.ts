/** Bakes and extracts in files. */
import { writeFileSync } from 'node:fs'
import { readBytes, readTextFile } from '../../adapters/files/read-text.js'
import { bakePicture, extractFromPicture } from '../../adapters/images/picture-file.js'
import { IssuerError } from '../../domain/issuer-error.js'
import { say } from '../terminal.js'

/** Writes `out`, which may be the picture itself; on a fault nothing is written. */
export function bake(picture: string, credential: string, out: string): void {
  const text = readTextFile(credential, 'IMAGE_INVALID').trim()
  const baked = naming(picture, () => bakePicture(readBytes(picture, 'IMAGE_INVALID'), text))
  writeFileSync(out, baked)
  say(`Wrote ${out}`)
}

/** The credential and nothing else, so that it can be piped on. */
export function extract(picture: string, out: string | undefined): void {
  const credential = naming(picture, () => extractFromPicture(readBytes(picture, 'IMAGE_INVALID')))
  if (out === undefined) process.stdout.write(credential)
  else {
    writeFileSync(out, credential)
    say(`Wrote ${out}`)
  }
}

function naming<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error
    throw new IssuerError(error.code, `${file}: ${error.message}`, { cause: error })
  }
}
