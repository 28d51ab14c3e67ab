/** Length and manner of the source: short files, named exports, no escape from the type checker. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { listFiles, readText } from '../support/repository-files.js'

const CODE = /\.(ts|tsx|mts|mjs|cjs)$/
const MAX_LINES = 400
const MAX_MEDIAN = 120

const code = listFiles().filter((name) => CODE.test(name))
const source = code.filter((name) => name.startsWith('src/'))
const typed = code.filter((name) => /\.tsx?$/.test(name))

const lineCount = (name: string) => readText(name).split('\n').length - 1

type Finding = 'default export' | 'any' | 'non-null assertion' | 'enum' | 're-export'

function findingOf(node: ts.Node): Finding | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
  if (ts.isNonNullExpression(node)) return 'non-null assertion'
  if (ts.isEnumDeclaration(node)) return 'enum'
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) return 're-export'
  const isDefault =
    ts.isExportAssignment(node) ||
    (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent))
  return isDefault ? 'default export' : undefined
}

/** Every finding in the typed files, as `file:line`; each file is read once. */
const findings: readonly (readonly [finding: Finding, place: string])[] = typed.flatMap((name) => {
  const file = ts.createSourceFile(name, readText(name), ts.ScriptTarget.Latest, true)
  const found: (readonly [Finding, string])[] = []
  const visit = (node: ts.Node): void => {
    const finding = findingOf(node)
    const { line } = file.getLineAndCharacterOfPosition(node.getStart())
    if (finding !== undefined) found.push([finding, `${name}:${line + 1}`])
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
})

const placesOf = (finding: Finding, folder = '') =>
  findings
    .filter(([name, place]) => name === finding && place.startsWith(folder))
    .map(([, place]) => place)

describe('length', () => {
  it('is measured over a real tree', () => {
    expect(source.length).toBeGreaterThan(50)
  })

  it(`is at most ${MAX_LINES} lines for every file of code`, () => {
    const long = code.filter((name) => lineCount(name) > MAX_LINES)
    expect(long.map((name) => `${name}: ${lineCount(name)}`)).toEqual([])
  })

  it(`has a median of at most ${MAX_MEDIAN} lines in src`, () => {
    const lengths = source.map(lineCount).sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MAX_MEDIAN)
  })
})

describe('manner', () => {
  it('has no default exports in src, but for declarations of other packages', () => {
    const own = placesOf('default export', 'src/').filter((place) => !place.includes('.d.ts:'))
    expect(own).toEqual([])
  })

  it.each(['any', 'non-null assertion', 'enum'] as const)('has no %s', (finding) => {
    expect(placesOf(finding)).toEqual([])
  })

  it('has no re-exports in src, so no barrels', () => {
    expect(placesOf('re-export', 'src/')).toEqual([])
    expect(source.filter((name) => /\/index\.[a-z]+$/.test(name))).toEqual([])
  })

  it('is read by a test that would see them', () => {
    const text = 'export enum E { A }\nexport default (x: any) => x!\nexport * from "./x.js"\n'
    const file = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)
    const seen = new Set<Finding | undefined>()
    const visit = (node: ts.Node): void => {
      seen.add(findingOf(node))
      ts.forEachChild(node, visit)
    }
    visit(file)
    seen.delete(undefined)
    expect([...seen].sort()).toEqual([
      'any',
      'default export',
      'enum',
      'non-null assertion',
      're-export',
    ])
  })

  it('switches the type checker off nowhere', () => {
    const off = /@ts-(ignore|nocheck|expect-error)/
    expect(typed.filter((name) => off.test(readText(name)))).toEqual([])
  })

  it('gives a reason wherever it switches a lint off', () => {
    const bare = code.flatMap((name) =>
      readText(name)
        .split('\n')
        .filter((line) => /biome-ignore(?! \S+: \S)/.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    )
    expect(bare.filter((line) => !line.startsWith('test/repo/'))).toEqual([])
  })

  it('has file names in small letters and hyphens', () => {
    const odd = /(^|\/)[^/]*[^a-z0-9./-][^/]*$/
    expect(code.filter((name) => odd.test(name))).toEqual([])
  })

  it('has no folders for what has no name', () => {
    const nameless = /(^|\/)(utils?|helpers?|common|misc|services?|types)(\/|\.|$)/
    expect(
      code.filter((name) => nameless.test(name) && name !== 'test/support/service.ts'),
    ).toEqual([])
  })

  it('opens every file of src with what it is for', () => {
    expect(source.filter((name) => !readText(name).startsWith('/**'))).toEqual([])
  })
})
