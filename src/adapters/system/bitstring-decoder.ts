/** Bits off the wire, however little text unfolds to however much: base64url, then gzip. */
import { gunzipSync } from 'node:zlib'
import type { BitstringDecoder } from '../../application/ports/status-lists.js'

export const decodeBitstring: BitstringDecoder = (base64url, maxBytes) => {
  try {
    const bits = gunzipSync(Buffer.from(base64url, 'base64url'), { maxOutputLength: maxBytes })
    return { kind: 'bits', bits }
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    return { kind: isTooLarge ? 'too-large' : 'not-gzip' }
  }
}
