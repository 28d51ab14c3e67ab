/** Bit order and encoding, read back by an implementation that is not ours (D11). */
import { gunzipSync } from 'node:zlib'
import { BitstringStatusList } from '@digitalbazaar/vc-bitstring-status-list'
import { describe, expect, it } from 'vitest'
import { gzipBitstringEncoder } from '../../src/adapters/system/bitstring-encoder.js'
import { systemIds } from '../../src/adapters/system/environment.js'
import { toBitstring } from '../../src/domain/status-list.js'

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
