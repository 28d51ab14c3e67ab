/** Private keys at rest: scrypt over the passphrase, AES-256-GCM over the key, header authenticated. */
import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  type ScryptOptions,
  scrypt,
} from 'node:crypto'

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
export async function sealKey(
  plain: Uint8Array,
  passphrase: string,
  header: string,
): Promise<SealedKey> {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt), iv)
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
export async function openKey(
  sealed: SealedKey,
  passphrase: string,
  header: string,
): Promise<Buffer> {
  if (sealed.N !== SCRYPT.N || sealed.r !== SCRYPT.r || sealed.p !== SCRYPT.p) {
    throw new Error('unknown scrypt parameters')
  }
  const key = await derive(passphrase, Buffer.from(sealed.salt, 'base64'))
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

/** Off the main thread: a key may be opened while others are being served. */
function derive(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const options: ScryptOptions = SCRYPT
  return new Promise((resolve, reject) =>
    scrypt(passphrase, salt, 32, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  )
}
