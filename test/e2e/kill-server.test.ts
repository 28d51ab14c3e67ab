/** SIGKILL and restart under load, small: the full-sized runs are in scripts/faults. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/faults/kill-server.mjs', import.meta.url))
const FLAGS = ['--reviews', '24', '--concurrency', '24', '--kills', '2', '--abandoned', '6']

type Outcome = { readonly exitCode: number | null; readonly output: string }

function killServer(): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [SCRIPT, ...FLAGS], (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, output: stdout + stderr })
    })
  })
}

function countOf(output: string, name: string): number {
  const line = output.split('\n').find((text) => text.startsWith(name))
  return Number(line?.slice(name.length))
}

it('gives every review exactly one badge that verifies, though the server is killed', async () => {
  const { exitCode, output } = await killServer()
  expect(exitCode, output).toBe(0)
  expect(output).toContain('Every invariant holds.')
  expect(output).toMatch(/^holds +each of 5 ways to break a copy of the database is seen$/m)
  expect(countOf(output, 'kills ')).toBe(3)
  expect(countOf(output, 'reviews acknowledged')).toBeGreaterThanOrEqual(24)
  expect(countOf(output, 'badges stored')).toBe(countOf(output, 'reviews recorded'))
}, 120_000)
