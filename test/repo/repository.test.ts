/** What lies in the repository, and what must not. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasOfficialData } from '../support/official-data.js'
import { listFiles, ROOT, readText } from '../support/repository-files.js'

const files = listFiles()
const TOP_LEVEL = [
  'README.md',
  'contexts',
  'docs',
  'keys',
  'package-lock.json',
  'package.json',
  'scripts',
  'src',
  'test',
  'tsconfig.json',
]

/** Spelled in two halves, so that this file may be read like any other. */
const FORBIDDEN = [
  ['an absolute path of one machine', ['/wo', 'rk/']],
  ['an absolute path of one person', ['/ro', 'ot/']],
  ['a package registry', ['registry.npm', 'js']],
  ['a package registry', ['npmjs', '.org']],
  ['a private key', ['-----BEGIN PRIV', 'ATE KEY']],
  ['an encrypted private key', ['-----BEGIN ENCR', 'YPTED']],
] as const

const { packages: locked } = JSON.parse(readText('package-lock.json')) as {
  packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const TEXT =
  /\.(ts|tsx|mts|mjs|cjs|json|md|yaml|yml|ndjson|csv|svg|css|html)$|(^|\/)\.?[a-z]+(rc|ignore)?$/

describe('the repository', () => {
  it('has only known entries at the top, beside dotfiles', () => {
    const entries = new Set(files.map((name) => name.split('/')[0] ?? ''))
    const visible = [...entries].filter((name) => !name.startsWith('.'))
    expect(visible.filter((name) => !TOP_LEVEL.includes(name))).toEqual([])
    expect(TOP_LEVEL.filter((name) => !entries.has(name))).toEqual([])
  })

  it('keeps nothing under keys but the page about keys', () => {
    expect(files.filter((name) => name.startsWith('keys/'))).toEqual(['keys/README.md'])
  })

  it.each(FORBIDDEN)('names nowhere %s', (_what, halves) => {
    const word = halves.join('')
    const found = files.filter((name) => TEXT.test(name) && readText(name).includes(word))
    expect(found).toEqual([])
  })

  it('has no marks of a merge and no space at the ends of lines', () => {
    const marks = /^(<{7}|>{7}) /m
    const trailing = /[ \t]+$/m
    const read = files.filter((name) => /\.(ts|tsx|mjs|cjs|md|yaml)$/.test(name))
    expect(read.filter((name) => marks.test(readText(name)))).toEqual([])
    expect(read.filter((name) => trailing.test(readText(name)))).toEqual([])
  })

  it('locks every dependency by digest, from no particular host', () => {
    const entries = Object.entries(locked).filter(([name]) => name !== '')
    expect(entries.length).toBeGreaterThan(100)
    expect(entries.filter(([, entry]) => 'resolved' in entry).map(([name]) => name)).toEqual([])
    expect(
      entries
        .filter(([, entry]) => !('integrity' in entry) && entry['inBundle'] !== true)
        .map(([name]) => name),
    ).toEqual([])
  })

  it('locks every platform of a dependency, not only the one it was made on', () => {
    const names = new Set(
      Object.keys(locked).map((place) => place.replace(/^.*node_modules\//, '')),
    )
    const optional = Object.values(locked).flatMap((entry) =>
      Object.keys(entry['optionalDependencies'] ?? {}),
    )
    expect(optional.length).toBeGreaterThan(20)
    expect(optional.filter((name) => !names.has(name))).toEqual([])
  })

  it('asks for exact versions only', () => {
    const { dependencies, devDependencies } = JSON.parse(readText('package.json')) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >
    const asked = Object.entries({ ...dependencies, ...devDependencies })
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  const isLaidOut = existsSync(path.join(ROOT, '../shared'))
  it.skipIf(!isLaidOut)('finds the official data (skipped without ../shared)', () => {
    expect(hasOfficialData).toBe(true)
  })
})
