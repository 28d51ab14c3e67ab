/** Secrets that are handed out once and kept as a hash: tokens, links and sessions. */
import { toBadgeCode } from '../domain/badge-code.js'
import type { Hasher, IdSource } from './ports/environment.js'

export type NewSecret = { readonly text: string; readonly hash: string }

const SECRET = /^[0-9a-z]{52}$/

/** 256 random bits, in letters that survive being read aloud, and their SHA-256 (hex). */
export function makeSecret({ ids, hasher }: { ids: IdSource; hasher: Hasher }): NewSecret {
  const text = toBadgeCode(ids.randomBytes(16)) + toBadgeCode(ids.randomBytes(16))
  return { text, hash: hasher.sha256Hex(text) }
}

/** Whether a text can be such a secret; one that was cut off cannot. */
export function isSecret(text: string): boolean {
  return SECRET.test(text)
}
