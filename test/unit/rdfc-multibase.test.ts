/** Base58btc and Ed25519 keys, read by the independent verifier. */
import { generateKeyPairSync } from 'node:crypto'
import { encode } from 'base58-universal'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase58btc, readEd25519Key } from '../../src/adapters/independent/multibase.js'

describe('decodeBase58btc', () => {
  it('undoes base58btc for any 0 to 66 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 66 }), (bytes) => {
        expect(decodeBase58btc(`z${encode(bytes)}`)).toEqual(bytes)
      }),
      { numRuns: 300, seed: 58 },
    )
  })

  it.each([
    ['no prefix', '2g'],
    ['another base', 'uAAA'],
    ['a zero', 'z0'],
    ['a capital O', 'zO'],
    ['an overlong value', `z${'2'.repeat(100)}`],
  ])('refuses %s', (_, value) => {
    expect(decodeBase58btc(value)).toBeUndefined()
  })
})

describe('readEd25519Key', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')

  it('reads a Multikey', () => {
    const key = readEd25519Key(`z${encode(Uint8Array.from([0xed, 0x01, ...raw]))}`)
    expect(key?.equals(publicKey)).toBe(true)
  })

  it.each([
    ['another key type', [0x80, 0x24, ...raw]],
    ['a key without its type', [...raw]],
    ['a short key', [0xed, 0x01, ...raw.subarray(1)]],
  ])('refuses %s', (_, bytes) => {
    expect(readEd25519Key(`z${encode(Uint8Array.from(bytes))}`)).toBeUndefined()
  })
})
