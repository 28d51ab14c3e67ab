/** Is this PNG all there, and small enough to decode? (ISO/IEC 15948 sections 7, 8 and 11.2.1) */
import { inflateSync } from 'node:zlib'
import { imageInvalid } from './image-invalid.js'
import { readChunks } from './png-chunks.js'

const MAX_SIDE_PX = 4096

/** Samples a pixel, and the depths that are allowed, by colour type. */
const COLOURS: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
}
const PALETTE = 3
/** Column and row of the first pixel of each Adam7 pass, and the steps between its pixels. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/**
 * @throws IMAGE_INVALID for a picture wider or higher than 4,096 pixels, a broken or incomplete one, and
 *   one whose pixels unpack to more than its header says
 */
export function assertSoundPng(png: Uint8Array): void {
  const chunks = readChunks(png)
  const header = Buffer.from(chunks[0]?.data ?? [])
  const expected = countRawBytes(header)
  if (header[9] === PALETTE && chunks.every(({ type }) => type !== 'PLTE'))
    throw imageInvalid('png-header', 'has no palette, though its header says so')
  const pixels = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  const sentence = 'is damaged: its pixels cannot be unpacked'
  try {
    const raw = inflateSync(Buffer.concat(pixels), { maxOutputLength: expected + 1 })
    if (raw.length !== expected) throw imageInvalid('png-pixels', sentence)
  } catch {
    throw imageInvalid('png-pixels', sentence)
  }
}

function countRawBytes(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth = 0, colour = -1, compression, filter, interlace = 0] = header.subarray(8)
  const { samples = 0, depths = [] } = COLOURS[colour] ?? {}
  const isKnown = depths.includes(depth) && interlace < 2
  if (!isKnown || compression !== 0 || filter !== 0 || width === 0 || height === 0)
    throw imageInvalid('png-header', 'has no proper header')
  if (width > MAX_SIDE_PX || height > MAX_SIDE_PX) {
    const size = `${width} × ${height}`
    throw imageInvalid(
      'image-too-large',
      `is ${size} pixels, and ${MAX_SIDE_PX} × ${MAX_SIDE_PX} is the most`,
    )
  }
  const passes = interlace === 0 ? [[0, 0, 1, 1] as const] : ADAM7
  return passes.reduce((bytes, [left, top, across, down]) => {
    const columns = Math.ceil((width - left) / across)
    const rows = Math.ceil((height - top) / down)
    const isEmpty = columns <= 0 || rows <= 0
    return bytes + (isEmpty ? 0 : rows * (1 + Math.ceil((columns * samples * depth) / 8)))
  }, 0)
}
