/** The checklist for certification names tests; here each of them is looked for. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, readText, tableRows } from '../support/repository-files.js'

const CHAPTERS = 10
const rows = tableRows(readText('docs/conformance.md')).filter(([must]) => must !== 'must')
/** Titles may hold what a template fills in; the rest of their words must stand in the file. */
const words = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('docs/conformance.md', () => {
  it('has rules in every chapter, each with its test', () => {
    expect(readText('docs/conformance.md').match(/^\| must \|/gm)).toHaveLength(CHAPTERS)
    expect(rows.length).toBeGreaterThan(55)
    for (const row of rows) expect(row).toHaveLength(3)
  })

  it.each(rows)('%s', (_must, file, title) => {
    const name = `test/${file}.test.ts`
    expect(existsSync(path.join(ROOT, name))).toBe(true)
    expect(words(readText(name))).toContain(words(title ?? ''))
  })
})
