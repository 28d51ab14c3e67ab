/** The tests themselves: none is silently off, none is without a claim. */
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, readText } from '../support/repository-files.js'

const files = listFiles().filter((name) => /^test\/.*\.test\.tsx?$/.test(name))
const withClaims = listFiles().filter((name) => /^test\/.*\.(test|suite)\.tsx?$/.test(name))
const KINDS = ['unit', 'contract', 'http', 'vectors', 'properties', 'e2e', 'repo']

describe('test files', () => {
  it('are here', () => {
    expect(files.length).toBeGreaterThan(30)
  })

  it('are of a kind that runs', () => {
    const kinds = readText('test/vitest.config.ts')
    for (const kind of KINDS) expect(kinds).toContain(`project('${kind}'`)
    expect(files.filter((name) => !KINDS.includes(name.split('/')[1] ?? ''))).toEqual([])
  })

  it('each claim something, in themselves or in a suite that they run', () => {
    expect(files.filter((name) => !/\bexpect\(/.test(withSuites(name)))).toEqual([])
  })

  it('leave nothing out: no only, no skip, no todo', () => {
    const off = /\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:only|skip|todo)\b/
    const found = withClaims.flatMap((name) =>
      readText(name)
        .split('\n')
        .filter((line) => off.test(line))
        .map((line) => `${name}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })

  it('say why, wherever they may be skipped', () => {
    const silent = withClaims.filter((name) => {
      const text = readText(name)
      return /\.skipIf\(/.test(text) && !/skipped|needs|without/.test(text)
    })
    expect(silent).toEqual([])
  })

  it('do not replace our own modules', () => {
    const replaces = /\bvi\.(?:do)?[mM]ock\(/
    expect(withClaims.filter((name) => replaces.test(readText(name)))).toEqual([])
  })
})

/** The text of a test file and of the `.suite.ts` files beside it that it imports. */
function withSuites(name: string): string {
  const text = readText(name)
  const suites = [...text.matchAll(/from '\.\/([\w-]+\.suite)\.js'/g)]
  return [text, ...suites.map(([, suite]) => readText(`${dirname(name)}/${suite}.ts`))].join('\n')
}
