/** The checklist for certification names tests; here each of them is looked for. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, readText, tableRows } from '../support/repository-files.js'

const CHAPTERS = 12
const HEADS = ['must', 'probe']
const rows = tableRows(readText('docs/conformance.md')).filter(
  ([must = '']) => !HEADS.includes(must),
)
/** Titles may hold what a template fills in; the rest of their words must stand in the file. */
const words = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('docs/conformance.md', () => {
  it('has rules in every chapter, each with its test', () => {
    expect(readText('docs/conformance.md').match(/^\| (?:must|probe) \|/gm)).toHaveLength(CHAPTERS)
    expect(rows.length).toBeGreaterThan(55)
    for (const row of rows) expect(row).toHaveLength(3)
  })

  it.each(rows)('%s', (_must, file, title) => {
    const names = ['test', 'suite'].map((kind) => `test/${file}.${kind}.ts`)
    const name = names.find((one) => existsSync(path.join(ROOT, one)))
    if (name === undefined) throw new Error(`there is no ${names.join(' and no ')}`)
    expect(words(readText(name))).toContain(words(title ?? ''))
  })
})
