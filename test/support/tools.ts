/** Programs of the operating system that share no code with ours. */
import { execFileSync } from 'node:child_process'
import { describe } from 'vitest'

/**
 * A group of tests that need `programs`. Without one of them the group is skipped and says so, or fails
 * when REQUIRE_ALL=1.
 */
export function describeWithTools(
  name: string,
  programs: readonly string[],
  body: () => void,
): void {
  const missing = programs.filter((program) => !isThere(program))
  if (missing.length === 0) describe(name, body)
  else if (process.env['REQUIRE_ALL'] === '1')
    throw new Error(`REQUIRE_ALL=1, but ${missing.join(', ')} cannot be run`)
  else describe.skip(`${name} (skipped: no ${missing.join(', no ')})`, body)
}

/** What a program prints; throws when it fails. */
export function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
}

function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return true
  } catch {
    return false
  }
}
