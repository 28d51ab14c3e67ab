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
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const grey = meanGrey(picture, column * step, row * step, step)
      const at = 4 * (row * width + column)
      data.fill(grey, at, at + 3)
      data[at + 3] = 255
    }
  }
  return { width, height, data }
}

function meanGrey({ width, data }: Pixels, left: number, top: number, step: number): number {
  let sum = 0
  for (let y = top; y < top + step; y += 1) {
    for (let x = left; x < left + step; x += 1) {
      const at = 4 * (y * width + x)
      const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
      const grey = (red * 54 + green * 183 + blue * 19) / 256
      const opacity = (data[at + 3] ?? 255) / 255
      sum += 255 + (grey - 255) * opacity
    }
  }
  return sum / (step * step)
}
