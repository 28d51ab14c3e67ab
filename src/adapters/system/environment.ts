/** The real clock, randomness and hashing. */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
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
}
