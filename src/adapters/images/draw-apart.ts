/** Draws in a process of its own: what takes too long, or too much, ends with it. */
import { execFile } from 'node:child_process'
import { imageInvalid } from './image-invalid.js'

export type DrawnKind = 'svg' | 'png'

/** Exit codes of the drawing process, beside 0 with a PNG on its standard output. */
export const UNDRAWABLE = 3
export const BLANK = 4

const DEADLINE_MS = 5000
const MAX_HEAP_MB = 256
const MAX_PNG_BYTES = 16 * 1024 * 1024

/**
 * @param drawer module that reads a picture from its standard input, see main/art-drawer.ts
 * @param picture a safe SVG or a sound PNG
 * @returns a PNG of 600 × 600 pixels
 * @throws IMAGE_INVALID for what cannot be drawn within five seconds, and for what shows nothing
 */
export function drawApart(drawer: URL, kind: DrawnKind, picture: Uint8Array): Promise<Buffer> {
  const args = [`--max-old-space-size=${MAX_HEAP_MB}`, drawer.pathname, kind]
  const limits = { timeout: DEADLINE_MS, maxBuffer: MAX_PNG_BYTES, killSignal: 'SIGKILL' } as const
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      args,
      { ...limits, encoding: 'buffer' },
      (error, png) => {
        if (error === null) resolve(png)
        else reject(toRefusal(error.code, error.killed === true))
      },
    )
    // A process that ended before it had read everything has said why by its exit code.
    child.stdin?.on('error', () => {})
    child.stdin?.end(picture)
  })
}

function toRefusal(code: unknown, isLate: boolean) {
  if (isLate) return imageInvalid('too-slow', 'takes too long to draw; simplify it')
  if (code === BLANK) return imageInvalid('blank', 'shows nothing')
  return imageInvalid(
    'undrawable',
    'cannot be drawn; give its root a viewBox, or a width and a height',
  )
}
