/** The repository's own files, for the tests that read them. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Every file that is, or is about to be, under version control; paths from the root. */
export function listFiles(): readonly string[] {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 24 } as const
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const names = execFileSync('git', args, options).split('\0')
  return names.filter((name) => name !== '' && existsSync(path.join(ROOT, name))).sort()
}

/** Text of one file, by its path from the root. */
export function readText(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8')
}

/** The rows of the tables of a Markdown page: cells without code marks, header rows included. */
export function tableRows(markdown: string): readonly (readonly string[])[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[ |:-]+\|$/.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '').replaceAll('\\|', '|')),
    )
}
