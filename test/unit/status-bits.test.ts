/** Bit order and encoding, read back by an implementation that is not ours (D11). */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { BitstringStatusList } from '@digitalbazaar/vc-bitstring-status-list'
import { describe, expect, it } from 'vitest'
import { decodeBitstring } from '../../src/adapters/system/bitstring-decoder.js'
import { gzipBitstringEncoder } from '../../src/adapters/system/bitstring-encoder.js'
import { systemIds } from '../../src/adapters/system/environment.js'
import { countEntries, toBitstring, valueAt } from '../../src/domain/status-list.js'
import { hasOfficialData, officialPath } from '../support/official-data.js'

const LENGTH = 131_072

/** The bytes on the wire: multibase `u`, base64url without padding, gzip. */
function unpack(encodedList: string): Uint8Array {
  expect(encodedList).toMatch(/^u[A-Za-z0-9_-]+$/)
  return gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
}

describe('the bits of a list', () => {
  // W3C Bitstring Status List 1.0 section 3.3: the first index, zero, is the left-most bit.
  it.each([
    [0, 0, 0b1000_0000],
    [1, 0, 0b0100_0000],
    [7, 0, 0b0000_0001],
    [8, 1, 0b1000_0000],
    [94_567, 11_820, 0b0000_0001],
    [131_071, 16_383, 0b0000_0001],
  ])('hold index %i in byte %i as %i', (index, place, byte) => {
    const expected = new Uint8Array(LENGTH / 8)
    expected[place] = byte
    const bytes = unpack(gzipBitstringEncoder.encode(toBitstring(LENGTH, [index])))
    expect(Buffer.compare(bytes, expected)).toBe(0)
  })

  it('come back right for 10,000 random indexes', async () => {
    const set = new Set(Array.from({ length: 10_000 }, () => systemIds.randomInt(LENGTH)))
    const encodedList = gzipBitstringEncoder.encode(toBitstring(LENGTH, [...set]))
    const list = await BitstringStatusList.decode({ encodedList })
    expect(list.length).toBe(LENGTH)
    const wrong = Array.from({ length: LENGTH }, (_, index) => index).filter(
      (index) => list.getStatus(index) !== set.has(index),
    )
    expect(wrong).toEqual([])
  })

  it.each([-1, LENGTH])('refuse index %i', (index) => {
    expect(() => toBitstring(LENGTH, [index])).toThrow(RangeError)
  })
})

describe('the bits of a list of others', () => {
  it('are read as an implementation that is not ours writes them', async () => {
    const set = new Set(Array.from({ length: 1000 }, () => systemIds.randomInt(LENGTH)))
    const list = new BitstringStatusList({ length: LENGTH })
    for (const index of set) list.setStatus(index, true)
    const decoded = decodeBitstring((await list.encode()).slice(1), LENGTH / 8)
    const bits = decoded.kind === 'bits' ? decoded.bits : new Uint8Array()
    expect(countEntries(bits, 1)).toBe(LENGTH)
    const wrong = Array.from({ length: LENGTH }, (_, index) => index).filter(
      (index) => valueAt(bits, index, 1) !== (set.has(index) ? 1 : 0),
    )
    expect(wrong).toEqual([])
  })

  it('are read across bytes, the left-most bit first', () => {
    const bits = Uint8Array.of(0b1010_1011, 0b1100_1101)
    const valuesOf = (size: number) =>
      Array.from({ length: countEntries(bits, size) }, (_, index) => valueAt(bits, index, size))
    expect(valuesOf(1)).toEqual([1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1])
    expect(valuesOf(3)).toEqual([0b101, 0b010, 0b111, 0b100, 0b110])
    expect(valuesOf(8)).toEqual([0b1010_1011, 0b1100_1101])
  })

  it.skipIf(!hasOfficialData)('of the published sample say that 23 is revoked', () => {
    const text = readFileSync(officialPath('vectors/validator/bit-string-list/testlist'), 'utf8')
    const encoded: string = JSON.parse(text).credentialSubject.encodedList
    const decoded = decodeBitstring(encoded.slice(1), LENGTH / 8)
    const bits = decoded.kind === 'bits' ? decoded.bits : new Uint8Array()
    expect(countEntries(bits, 1)).toBe(LENGTH)
    const set = Array.from({ length: LENGTH }, (_, index) => index).filter(
      (index) => valueAt(bits, index, 1) === 1,
    )
    expect(set).toEqual([23])
  })

  it('are not unpacked further than they may be', () => {
    const encoded = gzipBitstringEncoder.encode(new Uint8Array(1025)).slice(1)
    expect(decodeBitstring(encoded, 1024)).toEqual({ kind: 'too-large' })
    expect(decodeBitstring(encoded.slice(0, 20), 1024)).toEqual({ kind: 'not-gzip' })
    expect(decodeBitstring('', 1024)).toEqual({ kind: 'not-gzip' })
  })
})
