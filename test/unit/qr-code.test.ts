import { randomBytes } from 'node:crypto'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { qrPng, qrSvg } from '../../src/adapters/images/qr-code.js'
import { badgeUrl, toBadgeCode } from '../../src/domain/badge-code.js'

// The package's types and its CommonJS build disagree about where the function is.
const scan = jsQR as unknown as typeof jsQR.default

type Bitmap = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number }

function readPng(bytes: Uint8Array): Bitmap {
  const { data, width, height } = PNG.sync.read(Buffer.from(bytes))
  return { data: new Uint8ClampedArray(data), width, height }
}

function decode({ data, width, height }: Bitmap): string | undefined {
  return scan(data, width, height, { inversionAttempts: 'dontInvert' })?.data
}

/** Every third pixel of every third row: enough for the scanner, and nine times faster. */
function shrink({ data, width, height }: Bitmap): Bitmap {
  const [columns, rows] = [Math.floor(width / 3), Math.floor(height / 3)]
  const small = new Uint8ClampedArray(columns * rows * 4)
  for (let at = 0; at < columns * rows; at += 1) {
    const from = ((Math.floor(at / columns) * 3 + 1) * width + (at % columns) * 3 + 1) * 4
    small.set(data.subarray(from, from + 4), at * 4)
  }
  return { data: small, width: columns, height: rows }
}

/** Paints the rectangles of the SVG's dark path on white, four pixels to a module. */
function paintSvg(svg: string): Bitmap {
  const modules = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const width = modules * 4
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, left, top, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let y = Number(top) * 4; y < Number(top) * 4 + 4; y += 1) {
      for (let x = Number(left) * 4; x < (Number(left) + Number(length)) * 4; x += 1) {
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
      }
    }
  }
  return { data, width, height: width }
}

describe('QR codes', () => {
  it('are read back from the PNG for 20 random badge URLs', () => {
    for (let round = 0; round < 20; round += 1) {
      const url = badgeUrl('https://badges.example.org', toBadgeCode(randomBytes(16)))
      expect(decode(shrink(readPng(qrPng(url))))).toBe(url)
    }
  }, 30_000)

  it('are read back from the PNG at its full size', () => {
    const url = 'https://badges.example.org/badges/3f7k2m9qx0v8c4t1hgz6w5ynrj'
    expect(decode(readPng(qrPng(url)))).toBe(url)
  })

  it('are wide enough in the PNG for 25 mm at 600 dpi', () => {
    const { width, height } = readPng(qrPng('https://badges.example.org/badges/1'))
    expect(width).toBeGreaterThanOrEqual(590)
    expect(height).toBe(width)
  })

  it('are read back from the SVG', () => {
    const url = badgeUrl('https://badges.example.org', toBadgeCode(randomBytes(16)))
    expect(decode(paintSvg(qrSvg(url)))).toBe(url)
  })

  it('keep four modules of white around them', () => {
    const svg = qrSvg('https://badges.example.org/badges/1')
    const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
    const runs = [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)].map((run) => run.slice(1).map(Number))
    const lefts = runs.map(([left = 0]) => left)
    const rights = runs.map(([left = 0, , length = 0]) => left + length)
    const tops = runs.map(([, top = 0]) => top)
    expect(Math.min(...lefts)).toBe(4)
    expect(Math.max(...rights)).toBe(width - 4)
    expect(Math.min(...tops)).toBe(4)
    expect(Math.max(...tops) + 1).toBe(width - 4)
  })

  it('are 25 mm wide in the SVG and say in the title where they lead', () => {
    const svg = qrSvg('https://badges.example.org/?a=1&b=<2>')
    expect(svg).toContain('width="25mm" height="25mm"')
    expect(svg).toContain('<title>QR code: https://badges.example.org/?a=1&amp;b=&lt;2&gt;</title>')
  })

  it('are refused for a text that is too long', () => {
    expect(() => qrSvg('x'.repeat(1700))).toThrow()
    expect(() => qrPng('x'.repeat(1700))).toThrow()
  })
})
