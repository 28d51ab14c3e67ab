// Builds `dist/`: the modules for the scripts that try parts of them, and the bundle that runs.
import { spawnSync } from 'node:child_process'
import { utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const stamp = path.join(root, 'dist', '.built')
const STEPS = [
  ['typescript/bin/tsc', '-p', 'src/tsconfig.json'],
  ['rolldown/bin/cli.mjs', '-c', 'scripts/rolldown.config.mjs', '--logLevel', 'warn'],
]

/** Throws with what the compiler or the bundler said when the sources do not build. */
export function build() {
  const started = new Date()
  for (const [program, ...args] of STEPS) run(path.join(root, 'node_modules', program), args)
  writeFileSync(stamp, '')
  // A source edited while the compiler ran must count as newer than this build.
  utimesSync(stamp, started, started)
}

function run(program, args) {
  const options = { cwd: root, encoding: 'utf8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options)
  if (status !== 0) throw new Error(`the sources do not build:\n${stdout}${stderr}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build()
