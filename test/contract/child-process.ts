/** Runs a script in a process of its own against the storage adapter, compiled as it is now. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FOLDERS = ['src/adapters/storage', 'src/domain', 'test/contract/records.ts']

export type Workshop = {
  /** Starts `script`, an ES module body; `database`, `records` and `url` are in scope. */
  start(script: string, url: string): Child
  remove(): void
}

type Child = {
  /** Resolves when the child has printed `line`; rejects when it ends before. */
  printed(line: string): Promise<void>
  /** Resolves with what it printed when it ended well; rejects otherwise. */
  readonly ended: Promise<string>
  kill(signal: 'SIGKILL'): Promise<void>
}

/** Compiles what the scripts need to plain JavaScript, where the packages can still be found. */
export function createWorkshop(): Workshop {
  const cache = join(ROOT, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'imprimatur-test-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const path of FOLDERS) compile(path, folder)
  return {
    start: (script, url) => start(folder, script, url),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function compile(path: string, folder: string): void {
  if (!path.endsWith('.ts')) {
    for (const entry of readdirSync(join(ROOT, path))) {
      if (!entry.includes('.') || /(?<!\.d)\.ts$/.test(entry)) compile(`${path}/${entry}`, folder)
    }
    return
  }
  const { outputText } = ts.transpileModule(readFileSync(join(ROOT, path), 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  })
  const target = join(folder, path.replace(/\.ts$/, '.js'))
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, outputText)
}

function start(folder: string, script: string, url: string): Child {
  const source = `
    import { openDatabase } from './src/adapters/storage/database.js'
    import * as records from './test/contract/records.js'
    const url = ${JSON.stringify(url)}
    const database = await openDatabase({ url })
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return watch(child)
}

function watch(child: ChildProcess): Child {
  let output = ''
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    child.emit('printed')
  })
  const ended = exit.then((code) => {
    if (code !== 0) throw new Error(`the child ended with ${code} after printing: ${output}`)
    return output
  })
  ended.catch(() => {}) // a child that is killed on purpose is nobody's surprise
  return {
    ended,
    printed: async (line) => {
      while (!output.split('\n').includes(line)) {
        const more = new Promise<true>((resolve) => child.once('printed', () => resolve(true)))
        const isMore = await Promise.race([more, exit.then(() => false)])
        if (!isMore && !output.split('\n').includes(line)) throw new Error(`ended before: ${line}`)
      }
    },
    kill: async (signal) => {
      child.kill(signal)
      await exit
    },
  }
}
