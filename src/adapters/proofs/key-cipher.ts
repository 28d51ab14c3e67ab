/** Private keys at rest: scrypt over the passphrase, AES-256-GCM over the key, header authenticated. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

/** About 60 ms and 64 MiB per guess. */
const SCRYPT = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 } as const

export type SealedKey = {
  readonly kdf: 'scrypt'
  readonly N: number
  readonly r: number
  readonly p: number
  /** base64 */
  readonly salt: string
  readonly cipher: 'aes-256-gcm'
  /** base64 */
  readonly iv: string
  /** base64 */
  readonly tag: string
  /** base64 */
  readonly ciphertext: string
}

/** Seals bytes; `header` is authenticated with them, so the public half cannot be swapped. */
export function sealKey(plain: Uint8Array, passphrase: string, header: string): SealedKey {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, SCRYPT), iv)
  cipher.setAAD(Buffer.from(header))
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  return {
    kdf: 'scrypt',
    N: SCRYPT.N,
    r: SCRYPT.r,
    p: SCRYPT.p,
    salt: salt.toString('base64'),
    cipher: 'aes-256-gcm',
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  }
}

/** Opens what `sealKey` sealed. Throws when passphrase, header or any byte differs. */
export function openKey(sealed: SealedKey, passphrase: string, header: string): Buffer {
  if (sealed.N !== SCRYPT.N || sealed.r !== SCRYPT.r || sealed.p !== SCRYPT.p) {
    throw new Error('unknown scrypt parameters')
  }
  const key = scryptSync(passphrase, Buffer.from(sealed.salt, 'base64'), 32, SCRYPT)
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), {
    authTagLength: 16,
  })
  decipher.setAAD(Buffer.from(header))
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
  return Buffer.concat([
    decipher.update(Buffer.from(sealed.ciphertext, 'base64')),
    decipher.final(),
  ])
}
