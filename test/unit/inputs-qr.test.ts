/** Pictures of QR codes: found, or given up in time. */
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { findOlderBadge } from '../../src/adapters/images/older-badge.js'
import { extractFromPicture } from '../../src/adapters/images/picture-file.js'
import { qrPng } from '../../src/adapters/images/qr-code.js'
import { assertSoundPng } from '../../src/adapters/images/sound-png.js'
import { createInputReader } from '../../src/adapters/inputs/input-reader.js'
import { readJpegSize } from '../../src/adapters/inputs/jpeg-size.js'
import { TOO_LONG, withinTime } from '../../src/adapters/inputs/within-time.js'
import { flipped, greyPng } from '../support/pictures.js'

const parts = { extractFromPicture, findOlderBadge, assertSoundPng }
const reader = createInputReader(parts, 10_000)

const ADDRESS = 'https://badges.example/badges/0123'
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'

/** A photo-like picture, with `code` at a place in it; `colour` 0 is black. */
function picture(
  side: number,
  code: PNG,
  left: number,
  top: number,
  background = 255,
  step = 1,
): PNG {
  const png = new PNG({ width: side, height: side })
  png.data.fill(background)
  for (let y = 0; y * step < code.height; y += 1) {
    for (let x = 0; x * step < code.width; x += 1) {
      const from = 4 * (y * step * code.width + x * step)
      code.data.copy(png.data, 4 * ((y + top) * side + x + left), from, from + 4)
    }
  }
  for (let at = 3; at < png.data.length; at += 4) png.data[at] = 255
  return png
}

const asPng = (png: PNG) => PNG.sync.write(png)
const asJpeg = ({ width, height, data }: PNG) => encodeJpeg({ width, height, data }, 80).data
const code = (text: string) => PNG.sync.read(Buffer.from(qrPng(text)))

function noise(side: number): PNG {
  const png = new PNG({ width: side, height: side })
  let state = 7
  for (let at = 0; at < png.data.length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    png.data[at] = at % 4 === 3 ? 255 : state >> 16
  }
  return png
}

describe('a QR code', () => {
  it('of ours leads to its badge', async () => {
    const found = { kind: 'address', form: 'qr', url: ADDRESS }
    expect(await reader.read(qrPng(ADDRESS))).toEqual(found)
  })

  it('may hold a token or JSON', async () => {
    const token = { kind: 'token', form: 'qr', token: TOKEN }
    expect(await reader.read(qrPng(TOKEN))).toEqual(token)
    const json = '{"type":["OpenBadgeCredential"],"name":"Zoë"}'
    const found = await reader.read(qrPng(json))
    expect(found).toEqual({ kind: 'json', form: 'qr', bytes: new Uint8Array(Buffer.from(json)) })
    const url = { kind: 'address', form: 'qr', url: ADDRESS }
    expect(await reader.read(qrPng(`{"url":"${ADDRESS}"}`))).toEqual(url)
  })

  it.each(['WIFI:S:school;P:secret;;', 'javascript:alert(1)', ' '])(
    'that says %j leads to no badge',
    async (text) => {
      const refused = { kind: 'refused', rule: 'qr-other', form: 'qr' }
      expect(await reader.read(qrPng(text))).toMatchObject(refused)
    },
  )

  it.each([
    ['a screenshot', asPng(picture(900, code(ADDRESS), 200, 90))],
    ['a grey page', asPng(picture(900, code(ADDRESS), 200, 90, 200))],
    ['a corner of a large picture', asPng(picture(1900, code(ADDRESS), 1500, 1600, 255, 3))],
    ['a JPEG', asJpeg(picture(700, code(ADDRESS), 40, 50))],
  ])('is found in %s', async (_name, bytes) => {
    const found = { kind: 'address', form: 'qr', url: ADDRESS }
    expect(await reader.read(bytes)).toEqual(found)
  })

  it('is found where the rest of the picture is transparent', async () => {
    const png = code(ADDRESS)
    for (let at = 0; at < png.data.length; at += 4) {
      if (png.data[at] === 255) png.data.fill(0, at, at + 4)
    }
    const found = { kind: 'address', form: 'qr', url: ADDRESS }
    expect(await reader.read(asPng(png))).toEqual(found)
  })
})

describe('a picture without one', () => {
  it.each([
    ['no-qr', 'grey', greyPng({ width: 64, height: 64 })],
    ['no-qr', 'of one pixel', greyPng({ width: 1, height: 1 })],
    ['no-qr', 'a JPEG', asJpeg(picture(64, code(ADDRESS), 0, 0, 255, 16))],
    ['jpeg-broken', 'a JPEG with a broken frame', brokenJpeg()],
    ['pixels-too-many', 'a JPEG of 60,000 × 60,000', hugeJpeg()],
  ])('is refused as %s: %s', async (rule, _name, bytes) => {
    expect(await reader.read(bytes)).toMatchObject({ kind: 'refused', form: undefined, rule })
  })

  it('is given up when it takes too long', async () => {
    const hasty = createInputReader(parts, 100)
    const bytes = asPng(noise(1200))
    const start = performance.now()
    expect(await hasty.read(bytes)).toMatchObject({ kind: 'refused', rule: 'qr-too-costly' })
    expect(performance.now() - start).toBeLessThan(1500)
    // What was stopped in the middle works again.
    expect(await reader.read(qrPng(ADDRESS))).toMatchObject({ kind: 'address' })
  })

  it('is told by its own checksum before it is looked at', async () => {
    const broken = flipped(Buffer.from(qrPng(ADDRESS)), 70)
    expect(await reader.read(broken)).toMatchObject({ kind: 'refused', rule: 'png-crc' })
  })
})

const JPEG = asJpeg(picture(64, code(ADDRESS), 0, 0, 255, 16))
const frameAt = () => JPEG.indexOf(Buffer.from([0xff, 0xc0]))

function hugeJpeg(): Buffer {
  const changed = Buffer.from(asJpeg(picture(64, code(ADDRESS), 0, 0, 255, 16)))
  const at = changed.indexOf(Buffer.from([0xff, 0xc0]))
  changed.writeUInt16BE(60_000, at + 5)
  changed.writeUInt16BE(60_000, at + 7)
  return changed
}

function brokenJpeg(): Buffer {
  const changed = asJpeg(picture(64, code(ADDRESS), 0, 0, 255, 16))
  return changed.subarray(0, changed.indexOf(Buffer.from([0xff, 0xc0])) + 12)
}

describe('the size of a JPEG', () => {
  it('is read from its frame header', () => {
    expect(readJpegSize(JPEG)).toEqual({ width: 64, height: 64 })
    const padded = Buffer.concat([JPEG.subarray(0, 2), Buffer.from([0xff]), JPEG.subarray(2)])
    expect(readJpegSize(padded)).toEqual({ width: 64, height: 64 })
  })

  it('is unknown without one', () => {
    expect(readJpegSize(JPEG.subarray(0, frameAt()))).toBeUndefined()
    expect(readJpegSize(Buffer.from('ffd8ff', 'hex'))).toBeUndefined()
    expect(readJpegSize(Buffer.alloc(5000))).toBeUndefined()
  })
})

describe('a limit of time', () => {
  it('gives results and errors through', () => {
    expect(withinTime(() => 7, 1000)).toBe(7)
    const broken = new RangeError('broken')
    expect(() =>
      withinTime(() => {
        throw broken
      }, 1000),
    ).toThrow(broken)
  })

  it('ends what does not end', () => {
    const forever = () => {
      for (;;);
    }
    expect(withinTime(forever, 20)).toBe(TOO_LONG)
  })
})
