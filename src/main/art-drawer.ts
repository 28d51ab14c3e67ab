/** Entry of a drawing process: one picture from standard input, a PNG to standard output. */
import { drawPng, drawSvg } from '../adapters/images/art-renderer.js'
import { BLANK, UNDRAWABLE } from '../adapters/images/draw-apart.js'

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const picture = Buffer.concat(chunks)
try {
  const { png, isBlank } = await (process.argv[2] === 'png'
    ? drawPng(picture)
    : drawSvg(picture.toString('utf8')))
  if (isBlank) process.exitCode = BLANK
  else process.stdout.write(png)
} catch {
  process.exitCode = UNDRAWABLE
}
