/** The chunks of a PNG (ISO/IEC 15948 section 5), read without looking at a single pixel. */
import { crc32 } from 'node:zlib'
import { imageInvalid } from './image-invalid.js'

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const MAX_CHUNKS = 4096
/** Length, type and checksum. */
const FRAME_BYTES = 12

export type PngChunk = { readonly type: string; readonly data: Uint8Array }

export function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length))
}

/**
 * @returns every chunk in its order: IHDR first, at least one IDAT, IEND last
 * @throws IMAGE_INVALID for a file that is cut off, whose checksums are wrong, that goes on after its
 *   end or has more than 4,096 chunks
 */
export function readChunks(bytes: Uint8Array): readonly PngChunk[] {
  if (!isPng(bytes)) throw imageInvalid('not-a-png', 'is not a PNG')
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: PngChunk[] = []
  let at = PNG_SIGNATURE.length
  while (at < file.length) {
    if (chunks.length === MAX_CHUNKS)
      throw imageInvalid('png-chunks', `has more than ${MAX_CHUNKS} chunks`)
    if (chunks.at(-1)?.type === 'IEND') throw imageInvalid('png-end', 'goes on after its end')
    const chunk = readChunk(file, at)
    chunks.push(chunk)
    at += FRAME_BYTES + chunk.data.length
  }
  assertComplete(chunks)
  return chunks
}

function readChunk(file: Buffer, at: number): PngChunk {
  const length = at + FRAME_BYTES <= file.length ? file.readUInt32BE(at) : Number.POSITIVE_INFINITY
  if (at + FRAME_BYTES + length > file.length) throw imageInvalid('png-cut', 'is cut off')
  const type = file.toString('latin1', at + 4, at + 8)
  if (!/^[A-Za-z]{4}$/.test(type)) throw imageInvalid('png-chunks', 'has a chunk without a name')
  const end = at + 8 + length
  if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end))
    throw imageInvalid('png-crc', `is damaged: the checksum of its ${type} chunk is wrong`)
  return { type, data: file.subarray(at + 8, end) }
}

function assertComplete(chunks: readonly PngChunk[]): void {
  const types = chunks.map(({ type }) => type)
  if (types[0] !== 'IHDR' || chunks[0]?.data.length !== 13 || types.lastIndexOf('IHDR') > 0)
    throw imageInvalid('png-header', 'has no proper header')
  if (types.at(-1) !== 'IEND' || !types.includes('IDAT'))
    throw imageInvalid('png-cut', 'is cut off')
}

/** The file of these chunks. */
export function writeChunks(chunks: readonly PngChunk[]): Buffer {
  return Buffer.concat([PNG_SIGNATURE, ...chunks.map(encodeChunk)])
}

function encodeChunk({ type, data }: PngChunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))])
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
