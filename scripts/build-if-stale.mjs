// Builds `dist/` when the sources are newer than the last build: a checkout needs no build step.
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const sources = path.join(root, 'src')
const stamp = path.join(root, 'dist', '.built')

function newestIn(folder) {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    newest = Math.max(newest, entry.isDirectory() ? newestIn(file) : statSync(file).mtimeMs)
  }
  return newest
}

function isFresh() {
  if (!existsSync(sources)) return true
  return existsSync(stamp) && Number(statSync(stamp).mtimeMs) > newestIn(sources)
}

/** Builds when needed. Throws with the compiler's output when the sources do not compile. */
export async function buildIfStale() {
  if (isFresh()) return
  const { build } = await import('./build.mjs')
  build()
}
