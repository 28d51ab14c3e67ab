/** Key files: what can go wrong with them, each with its sentence. */
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyRing } from '../../src/adapters/proofs/file-key-ring.js'
import { openKeyFile, resealKeyFile, writeKeyFile } from '../../src/adapters/proofs/key-file.js'
import { generateKey, listKeyFiles } from '../../src/adapters/proofs/key-folder.js'
import { toPublicKey } from '../../src/adapters/proofs/public-key.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import { isEd25519Multikey } from '../../src/domain/published-keys/multikey.js'
import { toSigningKey } from '../../src/domain/signing-key.js'
import { keyFromSeed } from '../support/service.js'

const PASSPHRASE = 'correct horse battery'
const CREATED = '2026-01-01T00:00:00Z'

let folder: string
let keysDir: string
let file: string
let multibase: string
let original: string

const KEY = generateKey('Ed25519', 0)
const write = (dir: string, key = generateKey('Ed25519', 0), issuer = 'default') =>
  writeKeyFile(dir, issuer, key, PASSPHRASE, CREATED)

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-keys-'))
  keysDir = path.join(folder, 'deep', 'keys')
  ;({ file, keyId: multibase } = await write(keysDir, KEY))
  original = readFileSync(file, 'utf8')
})
afterAll(() => rmSync(folder, { recursive: true }))

async function refusalOf(
  work: () => Promise<unknown>,
): Promise<Pick<IssuerError, 'code' | 'message'> | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof IssuerError) return error
    throw error
  }
}

/** A file of its own with the original's content, changed. */
function written(text: string, mode = 0o600): string {
  const other = path.join(mkdtempSync(path.join(folder, 'other-')), 'key.json')
  writeFileSync(other, text, { mode })
  chmodSync(other, mode)
  return other
}

type Content = Record<string, unknown> & { sealed: Record<string, unknown> }
const changed = (change: (content: Content) => unknown) =>
  written(JSON.stringify(change(JSON.parse(original) as Content)))
const sealedWith = (change: object) =>
  changed((content) => ({ ...content, sealed: { ...content.sealed, ...change } }))
const flipped = (base64: unknown) => {
  const bytes = Buffer.from(String(base64), 'base64')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return bytes.toString('base64')
}

describe('a new key file', () => {
  it('is for its owner only', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(keysDir).mode & 0o777).toBe(0o700)
  })

  it('shows whose key it is and when it was made, and nothing of the private half', async () => {
    const { sealed, ...header } = JSON.parse(original)
    expect(header).toEqual({
      format: 'imprimatur-key-2',
      issuer: 'default',
      algorithm: 'Ed25519',
      keyId: multibase,
      created: CREATED,
    })
    expect(isEd25519Multikey(multibase)).toBe(true)
    expect(path.basename(file)).toBe(`default.Ed25519.${multibase}.json`)
    expect(sealed).toMatchObject({ kdf: 'scrypt', N: 65_536, r: 8, p: 1, cipher: 'aes-256-gcm' })
    const { d = '' } = KEY.export({ format: 'jwk' })
    expect(original).not.toContain(d)
    expect(original).not.toContain(Buffer.from(d, 'base64url').toString('hex'))
  })

  it('opens to a pair that signs and verifies', async () => {
    const { privateKey, publicKey, keyId, created } = await openKeyFile(file, PASSPHRASE)
    const text = Buffer.from('text')
    expect(verify(null, text, publicKey, sign(null, text, privateKey))).toBe(true)
    expect({ keyId, created }).toEqual({ keyId: multibase, created: CREATED })
  })

  it('is never overwritten', async () => {
    expect(await refusalOf(() => write(keysDir, KEY))).toMatchObject({
      code: 'KEY_EXISTS',
      message: `${file} already holds a key, and keys are never overwritten.`,
    })
    expect(readFileSync(file, 'utf8')).toBe(original)
  })

  it.each(['', 'below'])('is not made where its folder is a file (%j)', async (below) => {
    const inTheWay = path.join(written('{}'), below)
    expect(await refusalOf(() => write(inTheWay, KEY))).toMatchObject({
      code: 'KEY_UNAVAILABLE',
      message: `${path.join(inTheWay, path.basename(file))} cannot be written.`,
    })
  })

  it.each([
    ['ES256', 0, /^zDn/],
    ['RS256', 2048, /^[\w-]{43}$/],
  ] as const)('holds a key for %s', async (algorithm, bits, name) => {
    const key = generateKey(algorithm, bits)
    const made = await write(path.join(folder, algorithm), key, 'vista-unified')
    expect(made).toMatchObject({ algorithm, issuer: 'vista-unified' })
    expect(made.keyId).toMatch(name)
    expect((await openKeyFile(made.file, PASSPHRASE)).publicKey.equals(createPublicKey(key))).toBe(
      true,
    )
  })

  it.each([
    ['an X25519 key', generateKeyPairSync('x25519').privateKey],
    ['a P-384 key', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    ['a short RSA key', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
  ])('does not hold %s', async (_name, key) => {
    await expect(write(path.join(folder, 'wrong'), key)).rejects.toThrow(TypeError)
  })

  it('opens with its new passphrase only, once that was changed', async () => {
    const { file: other } = await write(path.join(folder, 'changed'))
    const before = await openKeyFile(other, PASSPHRASE)
    await resealKeyFile(before, 'another passphrase')
    expect((await openKeyFile(other, 'another passphrase')).keyId).toBe(before.keyId)
    expect((await refusalOf(() => openKeyFile(other, PASSPHRASE)))?.code).toBe('KEY_UNAVAILABLE')
    expect(statSync(other).mode & 0o777).toBe(0o600)
    expect(listKeyFiles(path.join(folder, 'changed')).files).toHaveLength(1)
  })
})

/** Made by the first release; not a secret. */
const FIRST_FORMAT = JSON.parse(
  readFileSync(new URL('../support/first-key-file.json', import.meta.url), 'utf8'),
) as Content

describe('opening', () => {
  const DOES_NOT_OPEN = 'does not open: wrong passphrase, or the file was changed.'
  const NOT_OURS = 'is not a key file of this service.'

  it.each<[string, () => string, string]>([
    ['no file', () => path.join(folder, 'none.json'), 'There is no key at'],
    ['a folder', () => folder, 'There is no key at'],
    ['a file that others may read', () => written(original, 0o604), 'run chmod 600 on it.'],
    ['a file that a group may write', () => written(original, 0o620), 'run chmod 600 on it.'],
    ['an empty file', () => written(''), NOT_OURS],
    ['half a file', () => written(original.slice(0, 200)), NOT_OURS],
    ['another document', () => written('null'), NOT_OURS],
    ['another format', () => changed((c) => ({ ...c, format: 'imprimatur-key-3' })), NOT_OURS],
    ['another algorithm', () => changed((c) => ({ ...c, algorithm: 'RSA' })), NOT_OURS],
    ['nothing sealed', () => changed(({ sealed: _sealed, ...rest }) => rest), NOT_OURS],
    ['null sealed', () => changed((c) => ({ ...c, sealed: null })), DOES_NOT_OPEN],
    ['a cheaper derivation', () => sealedWith({ N: 2 }), DOES_NOT_OPEN],
    ['a costlier derivation', () => sealedWith({ N: 2 ** 30 }), DOES_NOT_OPEN],
    ['a short tag', () => sealedWith({ tag: 'AAAA' }), DOES_NOT_OPEN],
    [
      'a changed byte',
      () =>
        changed((c) => ({
          ...c,
          sealed: { ...c.sealed, ciphertext: flipped(c.sealed['ciphertext']) },
        })),
      DOES_NOT_OPEN,
    ],
    [
      'another public half',
      () => changed((c) => ({ ...c, keyId: toPublicKey(keyFromSeed(Buffer.alloc(32))).keyId })),
      DOES_NOT_OPEN,
    ],
    ['another issuer', () => changed((c) => ({ ...c, issuer: 'vista-unified' })), DOES_NOT_OPEN],
    [
      'another time',
      () => changed((c) => ({ ...c, created: '2020-01-01T00:00:00Z' })),
      DOES_NOT_OPEN,
    ],
  ])('refuses %s', async (_name, prepare, sentence) => {
    const refusal = await refusalOf(() => openKeyFile(prepare(), PASSPHRASE))
    expect(refusal?.code).toBe('KEY_UNAVAILABLE')
    expect(refusal?.message).toContain(sentence)
  })

  it('opens a file of the first release', async () => {
    const first = written(JSON.stringify(FIRST_FORMAT))
    const opened = await openKeyFile(first, 'a passphrase for tests')
    expect(opened).toMatchObject({
      issuer: 'default',
      algorithm: 'Ed25519',
      keyId: FIRST_FORMAT['publicKeyMultibase'],
    })
    const swapped = written(JSON.stringify({ ...FIRST_FORMAT, publicKeyMultibase: multibase }))
    const refusal = await refusalOf(() => openKeyFile(swapped, 'a passphrase for tests'))
    expect(refusal?.message).toContain(DOES_NOT_OPEN)
  })

  it('refuses a wrong passphrase, and names neither it nor the key', async () => {
    const refusal = await refusalOf(() => openKeyFile(file, `${PASSPHRASE}!`))
    expect(refusal?.message).toBe(`${file} ${DOES_NOT_OPEN}`)
  })
})

describe('the key ring', () => {
  it('finds a key by its id, also one that was made meanwhile', async () => {
    const dir = path.join(folder, 'ring')
    const { keyRing, signerFor } = openKeyRing(dir, PASSPHRASE)
    expect(keyRing.list()).toEqual([])
    expect((await refusalOf(() => signerFor(multibase)))?.code).toBe('KEY_UNAVAILABLE')
    const made = await write(dir, KEY)
    expect(keyRing.list()).toMatchObject([{ keyId: made.keyId, issuer: 'default' }])
    const data = Buffer.from('text')
    const signature = (await signerFor(made.keyId)).sign(data)
    expect(verify(null, data, createPublicKey(KEY), signature)).toBe(true)
    await expect(keyRing.probe(made.keyId)).resolves.toBeUndefined()
  })

  it('refuses a key that the database gives to another issuer', async () => {
    const { keyRing } = openKeyRing(keysDir, PASSPHRASE)
    const recorded = toSigningKey(await keyRing.read(multibase), 'https://b.example', 'did:web:b')
    await expect(keyRing.assertUsable(recorded)).resolves.toBeUndefined()
    const refusal = await refusalOf(() =>
      keyRing.assertUsable({ ...recorded, issuer: 'vista-unified' }),
    )
    expect(refusal?.message).toContain('was made for the issuer “default”')
  })

  it.each(['ES256', 'RS256'] as const)('signs and probes with %s', async (algorithm) => {
    const { keyRing, signerFor } = openKeyRing(path.join(folder, algorithm), PASSPHRASE)
    const keyId = keyRing.list()[0]?.keyId ?? ''
    await expect(keyRing.probe(keyId)).resolves.toBeUndefined()
    const { publicKeyJwk } = await keyRing.read(keyId)
    const key = createPublicKey({ key: publicKeyJwk as Record<string, string>, format: 'jwk' })
    const data = Buffer.from('text')
    const signature = (await signerFor(keyId)).sign(data)
    expect(verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
  })

  it('is not stopped by a file that is no key, unless the key is missing', async () => {
    const dir = path.join(folder, 'crowded')
    const made = await write(dir)
    writeFileSync(path.join(dir, 'notes.json'), '{}', { mode: 0o600 })
    const { signerFor } = openKeyRing(dir, PASSPHRASE)
    await expect(signerFor(made.keyId)).resolves.toMatchObject({ algorithm: 'Ed25519' })
    expect((await refusalOf(() => signerFor(multibase)))?.message).toContain('is not a key file')
  })

  it('gives nothing away from which the private half could be read', async () => {
    const ring = openKeyRing(keysDir, PASSPHRASE)
    const { d = '' } = KEY.export({ format: 'jwk' })
    const signer = await ring.signerFor(multibase)
    expect(Object.keys(signer)).toEqual(['algorithm', 'sign'])
    expect(JSON.stringify([ring, signer, await ring.keyRing.read(multibase)])).not.toContain(d)
  })
})
