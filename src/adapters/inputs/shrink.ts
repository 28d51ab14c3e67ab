/** Pixels made fewer, for finding a QR code in a large picture. */

/** Rows from the top, four bytes a pixel: red, green, blue, opacity. */
export type Pixels = {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array | Uint8ClampedArray
}

/**
 * The picture in grey on white, each square of `step` × `step` pixels as one; what does not fill a
 * square at the right and the lower edge is left out.
 */
export function shrink(picture: Pixels, step: number): Pixels & { data: Uint8ClampedArray } {
  const width = Math.floor(picture.width / step)
  const height = Math.floor(picture.height / step)
  const data = new Uint8ClampedArray(width * height * 4)
  for (let row = 0, at = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1, at += 4) {
      const grey = meanGrey(picture, column * step, row * step, step)
      data[at] = grey
      data[at + 1] = grey
      data[at + 2] = grey
      data[at + 3] = 255
    }
  }
  return { width, height, data }
}

/** The innermost step for millions of pixels, so it makes no objects. */
function meanGrey({ width, data }: Pixels, left: number, top: number, step: number): number {
  let sum = 0
  for (let y = top; y < top + step; y += 1) {
    let at = 4 * (y * width + left)
    for (let x = 0; x < step; x += 1, at += 4) {
      const red = data[at] as number
      const green = data[at + 1] as number
      const blue = data[at + 2] as number
      const grey = (red * 54 + green * 183 + blue * 19) / 256
      sum += 255 + ((grey - 255) * (data[at + 3] as number)) / 255
    }
  }
  return sum / (step * step)
}
