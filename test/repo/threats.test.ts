/** The list of threats against verifying: each row has vectors in the catalogue, or tests that are there. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, readText } from '../support/repository-files.js'

type Evidence = { readonly file: string; readonly title: string }

const {
  catalogue,
  elsewhere,
  otherwise,
  open,
  peers,
}: {
  /** Rows of which test/vectors/tamper holds vectors. */
  readonly catalogue: readonly string[]
  readonly elsewhere: readonly (Evidence & { readonly threat: string })[]
  /** Rows that are answered in another way than the list says, with the reason. */
  readonly otherwise: Readonly<Record<string, string>>
  /** Rows that are not shown in full, with what is missing. */
  readonly open: Readonly<Record<string, string>>
  /** Faults that others had. */
  readonly peers: readonly (Evidence & { readonly trap: string })[]
} = JSON.parse(readText('test/vectors/threats.json'))

/** How many rows each group of the list has. */
const GROUPS = { A: 22, B: 22, C: 34, D: 19, E: 12, F: 14 }
const THREATS = Object.entries(GROUPS).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, at) => `${group}${at + 1}`),
)
const shown = new Set([...catalogue, ...elsewhere.map(({ threat }) => threat)])
/** Rows with neither vector nor test. */
const NOT_SHOWN: readonly string[] = []
const words = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('test/vectors/threats.json', () => {
  it('shows every row, but for those that it says are open', () => {
    expect(THREATS.filter((threat) => !shown.has(threat))).toEqual(NOT_SHOWN)
    expect(NOT_SHOWN.filter((threat) => open[threat] === undefined)).toEqual([])
  })

  it('names no row that is none, and gives reasons in sentences', () => {
    const remarked = [...Object.keys(otherwise), ...Object.keys(open)]
    expect([...shown, ...remarked].filter((threat) => !THREATS.includes(threat))).toEqual([])
    expect(Object.keys(otherwise).filter((threat) => !shown.has(threat))).toEqual([])
    for (const reason of [...Object.values(otherwise), ...Object.values(open)])
      expect(reason).toMatch(/^[A-Z0-9][^\n]{20,200}\.$/)
  })

  it.each([
    ...elsewhere.map(({ threat, ...rest }) => ({ what: threat, ...rest })),
    ...peers.map(({ trap, ...rest }) => ({ what: trap, ...rest })),
  ])('$what: $file', ({ file, title }) => {
    const found = [`test/${file}.test.ts`, `test/${file}.suite.ts`].find((name) =>
      existsSync(path.join(ROOT, name)),
    )
    expect(words(readText(found ?? ''))).toContain(words(title))
  })
})
