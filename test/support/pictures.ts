/** Pictures for tests, sound and broken. */
import { deflateSync } from 'node:zlib'
import { type PngChunk, uint32, writeChunks } from '../../src/adapters/images/png-chunks.js'

export const SVG_ART =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><circle cx="9" cy="5" r="4"/></svg>'

type Size = { readonly width: number; readonly height: number }

/** An eight-bit grey PNG; `others` stand between its header and its pixels. */
export function greyPng(
  { width, height }: Size = { width: 20, height: 10 },
  others: readonly PngChunk[] = [],
  pixels: Uint8Array = deflateSync(greyRows({ width, height })),
): Buffer {
  return writeChunks([
    pngHeader({ width, height }),
    ...others,
    { type: 'IDAT', data: pixels },
    { type: 'IEND', data: Buffer.alloc(0) },
  ])
}

/** Each row begins with its filter: none. */
function greyRows({ width, height }: Size): Buffer {
  return Buffer.concat(
    Array(height).fill(Buffer.concat([Buffer.alloc(1), Buffer.alloc(width, 0x40)])),
  )
}

export function pngHeader({ width, height }: Size): PngChunk {
  const flags = Buffer.from([8, 0, 0, 0, 0])
  return { type: 'IHDR', data: Buffer.concat([uint32(width), uint32(height), flags]) }
}

/** A text chunk as another program would write it. */
export function textChunk(type: 'iTXt' | 'tEXt' | 'zTXt', ...parts: readonly (string | Buffer)[]) {
  return { type, data: Buffer.concat(parts.map((part) => Buffer.from(part as string))) }
}

/** The same file with one byte changed. */
export function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
