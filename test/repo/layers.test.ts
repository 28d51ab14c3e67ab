/** The direction of knowledge, domain ← application ← adapters ← main, and that the tool sees it. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/repository-files.js'

const run = promisify(execFile)
const TOOL = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const CONFIG = path.join(ROOT, '.dependency-cruiser.cjs')

type Summary = {
  readonly violations: readonly {
    readonly from: string
    readonly rule: { readonly name: string }
  }[]
  readonly totalCruised: number
}

/** What the tool says of the folder `src` below a folder. */
async function cruise(cwd: string): Promise<Summary> {
  const args = [TOOL, 'src', '--config', CONFIG, '--output-type', 'json']
  const options = { cwd, maxBuffer: 1 << 27 }
  const { stdout } = await run(process.execPath, args, options).catch(
    (error: { stdout: string }) => error,
  )
  return (JSON.parse(stdout) as { summary: Summary }).summary
}

/** Imports that must not be, and the rule that forbids each. */
const BROKEN = [
  ['src/domain/a.ts', 'src/application/b.ts', 'domain-knows-only-domain'],
  [
    'src/application/c.ts',
    'src/adapters/pages/d.ts',
    'application-knows-only-application-and-domain',
  ],
  ['src/adapters/http/e.ts', 'src/adapters/proofs/f.ts', 'http-knows-only-pages-and-images'],
  ['src/adapters/proofs/g.ts', 'src/adapters/storage/h.ts', 'adapters-do-not-know-their-siblings'],
  ['src/adapters/files/i.ts', 'src/main/j.ts', 'adapters-know-neither-main-nor-config'],
] as const

/** Modules of the platform that open connections, imported where they must not be. */
const CONNECTING = ['node:https', 'node:net', 'node:dns/promises', 'node:http2', 'tls'] as const

/** A tree in which the first file of each pair imports a type of the second. */
function brokenTree(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-layers-'))
  const write = (name: string, text: string) => {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  write('tsconfig.json', '{"compilerOptions":{"module":"NodeNext"}}')
  for (const [from, to] of BROKEN) {
    const specifier = path.relative(path.dirname(from), to).replace(/\.ts$/, '.js')
    write(from, `import type { A } from '${specifier}'\nexport type B = A\n`)
    write(to, 'export type A = string\n')
  }
  for (const [index, name] of CONNECTING.entries())
    write(
      `src/adapters/files/connecting-${index}.ts`,
      `import * as out from '${name}'\nexport const B = out\n`,
    )
  return folder
}

describe('layers', () => {
  it('are kept by every file of src', async () => {
    const { violations, totalCruised } = await cruise(ROOT)
    expect(totalCruised).toBeGreaterThan(100)
    expect(violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([])
  }, 60_000)

  it('are seen to be broken, even by the import of a type', async () => {
    const folder = brokenTree()
    try {
      const { violations } = await cruise(folder)
      const seen = violations.map(({ rule, from }) => `${from} ${rule.name}`)
      expect(seen).toEqual(
        expect.arrayContaining(BROKEN.map(([from, , rule]) => `${from} ${rule}`)),
      )
      expect(seen).toEqual(
        expect.arrayContaining(
          CONNECTING.map(
            (_name, index) =>
              `src/adapters/files/connecting-${index}.ts only-outbound-opens-connections`,
          ),
        ),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  }, 60_000)
})
