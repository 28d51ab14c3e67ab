/** Bits on the wire: gzip, then base64url with the multibase prefix `u`. */
import { gzipSync } from 'node:zlib'
import type { BitstringEncoder } from '../../application/publish-status-list.js'

export const gzipBitstringEncoder: BitstringEncoder = {
  encode: (bits) => `u${gzipSync(bits, { level: 9 }).toString('base64url')}`,
}
