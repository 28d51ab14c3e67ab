/** Width and height of a JPEG from its frame header (ITU T.81 section B.2.2), without decoding. */

/** More segments than any camera writes before the frame header. */
const MAX_SEGMENTS = 256
/** SOF0 to SOF15; between them are three segments of other kinds. */
const FRAMES = { first: 0xc0, last: 0xcf, others: [0xc4, 0xc8, 0xcc] }

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

/** @returns pixels across and down, or undefined when there is no frame header */
export function readJpegSize(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  for (let count = 0; count < MAX_SEGMENTS && at + 9 <= file.byteLength; count += 1) {
    if (file.getUint8(at) !== 0xff) return undefined
    const marker = file.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return { height: file.getUint16(at + 5), width: file.getUint16(at + 7) }
    at += 2 + file.getUint16(at + 2)
  }
  return undefined
}

function isFrame(marker: number): boolean {
  return marker >= FRAMES.first && marker <= FRAMES.last && !FRAMES.others.includes(marker)
}
