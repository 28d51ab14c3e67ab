/** Effects come in through the front door: time, chance and hashing are parameters. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export interface IdSource {
  /** Cryptographically random bytes. */
  randomBytes(length: number): Uint8Array
  /** A uniform random integer, 0 ≤ n < limit. */
  randomInt(limit: number): number
  /** A random UUID (version 4), lower case. */
  uuid(): string
}

export interface Hasher {
  /** SHA-256 of the UTF-8 text, lower-case hex. */
  sha256Hex(text: string): string
  /** SHA-256 of the UTF-8 text, base64url without padding. */
  sha256Base64Url(text: string): string
  /** MD5 of the UTF-8 text, lower-case hex; only for comparing what others hashed with it (OB 3.0). */
  md5Hex(text: string): string
  /** Whether two texts are the same, in a time that does not depend on where they differ. */
  isSame(one: string, other: string): boolean
}
