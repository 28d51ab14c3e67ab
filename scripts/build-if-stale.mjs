// Builds `dist/` when the sources are newer than the last build: a checkout needs no build step.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
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

/** Compiles the sources when needed. Throws with the compiler's output when they do not compile. */
export function buildIfStale() {
  if (isFresh()) return
  const started = new Date()
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const result = spawnSync(process.execPath, [compiler, '-p', 'src/tsconfig.json'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (result.status !== 0)
    throw new Error(`the sources do not build:\n${result.stdout}${result.stderr}`)
  writeFileSync(stamp, '')
  // A source edited while the compiler ran must count as newer than this build.
  utimesSync(stamp, started, started)
}
