/** The real clock, randomness and hashing. */
import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Clock, Hasher, IdSource } from '../../application/ports/environment.js'

export const systemClock: Clock = { now: () => Date.now() }

export const systemIds: IdSource = {
  randomBytes: (length) => randomBytes(length),
  randomInt: (limit) => randomInt(limit),
  uuid: () => randomUUID(),
}

export const systemHasher: Hasher = {
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  sha256Base64Url: (text) => createHash('sha256').update(text).digest('base64url'),
  md5Hex: (text) => createHash('md5').update(text).digest('hex'),
  // Of digests, which have one length.
  isSame: (one, other) => timingSafeEqual(sha256(one), sha256(other)),
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
