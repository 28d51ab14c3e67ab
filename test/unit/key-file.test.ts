/** Key files: what can go wrong with them, each with its sentence. */
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toMultibase } from '../../src/adapters/proofs/ed25519-multikey.js'
import { openKeyRing } from '../../src/adapters/proofs/file-key-ring.js'
import {
  createKeyFile,
  keyFilePath,
  openKeyFile,
  writeKeyFile,
} from '../../src/adapters/proofs/key-file.js'
import { IssuerError } from '../../src/domain/issuer-error.js'
import { isEd25519Multikey } from '../../src/domain/verification-method.js'
import { keyFromSeed } from '../support/service.js'

const PASSPHRASE = 'correct horse battery'
const CREATED = '2026-01-01T00:00:00Z'

let folder: string
let keysDir: string
let file: string
let multibase: string
let original: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-keys-'))
  keysDir = path.join(folder, 'deep', 'keys')
  file = keyFilePath(keysDir)
  multibase = createKeyFile(keysDir, PASSPHRASE, CREATED)
  original = readFileSync(file, 'utf8')
})
afterAll(() => rmSync(folder, { recursive: true }))

function refusalOf(work: () => unknown): Pick<IssuerError, 'code' | 'message'> | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof IssuerError) return error
    throw error
  }
}

/** A file of its own with the original's content, changed. */
function written(text: string, mode = 0o600): string {
  const other = path.join(mkdtempSync(path.join(folder, 'other-')), 'ed25519.json')
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

  it('shows the public half and when it was made, and nothing of the private half', () => {
    const { sealed, ...header } = JSON.parse(original)
    expect(header).toEqual({
      format: 'imprimatur-key-1',
      algorithm: 'Ed25519',
      publicKeyMultibase: multibase,
      created: CREATED,
    })
    expect(isEd25519Multikey(multibase)).toBe(true)
    expect(sealed).toMatchObject({ kdf: 'scrypt', N: 65_536, r: 8, p: 1, cipher: 'aes-256-gcm' })
    const { d = '' } = openKeyFile(file, PASSPHRASE).privateKey.export({ format: 'jwk' })
    expect(original).not.toContain(d)
    expect(original).not.toContain(Buffer.from(d, 'base64url').toString('hex'))
  })

  it('opens to a pair that signs and verifies', () => {
    const { privateKey, publicKey, publicKeyMultibase, created } = openKeyFile(file, PASSPHRASE)
    const text = Buffer.from('text')
    expect(verify(null, text, publicKey, sign(null, text, privateKey))).toBe(true)
    expect({ publicKeyMultibase, created }).toEqual({
      publicKeyMultibase: multibase,
      created: CREATED,
    })
  })

  it('is never overwritten', () => {
    expect(refusalOf(() => createKeyFile(keysDir, PASSPHRASE, CREATED))).toMatchObject({
      code: 'KEY_EXISTS',
      message: `${file} already holds a key, and keys are never overwritten.`,
    })
    expect(readFileSync(file, 'utf8')).toBe(original)
  })

  it.each(['', 'below'])('is not made where its folder is a file (%j)', (below) => {
    const inTheWay = path.join(written('{}'), below)
    expect(refusalOf(() => createKeyFile(inTheWay, PASSPHRASE, CREATED))).toMatchObject({
      code: 'KEY_UNAVAILABLE',
      message: `${path.join(inTheWay, 'ed25519.json')} cannot be written.`,
    })
  })

  it('holds a given key', () => {
    const given = keyFromSeed(Buffer.alloc(32, 7))
    const dir = path.join(folder, 'given')
    expect(writeKeyFile(dir, given, PASSPHRASE, CREATED)).toBe(toMultibase(given))
    expect(openKeyFile(keyFilePath(dir), PASSPHRASE).publicKeyMultibase).toBe(toMultibase(given))
  })

  it.each([
    ['a P-256 key', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    ['an X25519 key', generateKeyPairSync('x25519').privateKey],
  ])('does not hold %s', (_name, key) => {
    expect(() => writeKeyFile(path.join(folder, 'wrong'), key, PASSPHRASE, CREATED)).toThrow(
      TypeError,
    )
  })
})

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
    ['another format', () => changed((c) => ({ ...c, format: 'imprimatur-key-2' })), NOT_OURS],
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
      () =>
        changed((c) => ({ ...c, publicKeyMultibase: toMultibase(keyFromSeed(Buffer.alloc(32))) })),
      DOES_NOT_OPEN,
    ],
    [
      'another time',
      () => changed((c) => ({ ...c, created: '2020-01-01T00:00:00Z' })),
      DOES_NOT_OPEN,
    ],
  ])('refuses %s', (_name, prepare, sentence) => {
    const refusal = refusalOf(() => openKeyFile(prepare(), PASSPHRASE))
    expect(refusal?.code).toBe('KEY_UNAVAILABLE')
    expect(refusal?.message).toContain(sentence)
  })

  it('refuses a wrong passphrase, and names neither it nor the key', () => {
    const refusal = refusalOf(() => openKeyFile(file, `${PASSPHRASE}!`))
    expect(refusal?.message).toBe(`${file} ${DOES_NOT_OPEN}`)
  })
})

describe('the key ring', () => {
  const open = (baseUrl: string) => openKeyRing(keysDir, PASSPHRASE, baseUrl)

  it.each([
    ['https://badges.example.org', () => 'did:web:badges.example.org'],
    ['http://localhost:3000', () => `did:key:${multibase}`],
  ])('at %s names the key by its issuer', (baseUrl, did) => {
    const { keyRing } = open(baseUrl)
    const method = {
      id: `${did()}#${multibase}`,
      controller: did(),
      publicKeyMultibase: multibase,
      created: CREATED,
    }
    expect(keyRing.getActive()).toEqual(method)
    expect(keyRing.list()).toEqual([method])
    expect(() => keyRing.probe()).not.toThrow()
  })

  it('signs for its own method only', async () => {
    const { keyRing, signerFor } = open('https://badges.example.org')
    const { id } = keyRing.getActive()
    const data = Buffer.from('text')
    const signature = await signerFor(id).sign({ data })
    expect(verify(null, data, openKeyFile(file, PASSPHRASE).publicKey, signature)).toBe(true)
    const other = `did:web:other.example#${multibase}`
    expect(refusalOf(() => signerFor(other))?.code).toBe('KEY_UNAVAILABLE')
  })

  it('gives nothing away from which the private half could be read', () => {
    const ring = open('https://badges.example.org')
    const { d = '' } = openKeyFile(file, PASSPHRASE).privateKey.export({ format: 'jwk' })
    const signer = ring.signerFor(ring.keyRing.getActive().id)
    expect(Object.keys(signer)).toEqual(['id', 'algorithm', 'sign'])
    expect(JSON.stringify([ring, signer])).not.toContain(d)
  })
})
