/** The command line as an operator runs it: real processes, each with nothing but its own settings. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SCRIPT = path.join(ROOT, 'scripts/imprimatur.mjs')

/** Settings by name; undefined leaves one out. */
export type Env = Readonly<Record<string, string | undefined>>

export type Ended = {
  /** The exit code; undefined when a signal ended it. */
  readonly code: number | undefined
  readonly out: string
  readonly err: string
}

export type Started = {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves with the first match on standard output; rejects when the process ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
}

export type Workplace = {
  readonly folder: string
  /** The settings that every command here gets. */
  readonly env: Readonly<Record<string, string>>
  /** Runs `imprimatur …` to its end; `input` is what comes on standard input, nothing unless told. */
  run(args: readonly string[], env?: Env, input?: string | Uint8Array): Promise<Ended>
  start(args: readonly string[], env?: Env): Started
  /** Writes a file that only its owner reads, unless told, and returns its path. */
  write(name: string, content: string | Uint8Array, mode?: number): string
  /** Ends what still runs and removes the folder. */
  close(): Promise<void>
}

/**
 * A folder with a passphrase and settings that point into it; no key, no data.
 * @param prefix what every command line begins with
 */
export function openWorkplace(prefix: readonly string[] = []): Workplace {
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-cli-'))
  const started: Started[] = []
  const write = (name: string, content: string | Uint8Array, mode = 0o600) => {
    const file = path.join(folder, name)
    writeFileSync(file, content, { mode })
    return file
  }
  const env = {
    BASE_URL: 'https://badges.example.org',
    DATA_DIR: path.join(folder, 'data'),
    KEYS_DIR: path.join(folder, 'keys'),
    KEYS_PASSPHRASE_FILE: write('passphrase', 'a passphrase for tests\n'),
    PORT: '0',
    VERIFY_WORKERS: '1',
  }
  const start = (args: readonly string[], change: Env = {}, input?: string | Uint8Array) => {
    const one = spawnNode(prefix, [SCRIPT, ...args], { ...env, ...change }, input)
    started.push(one)
    return one
  }
  return {
    folder,
    env,
    write,
    start,
    run: (args, change, input) => start(args, change, input).ended,
    close: async () => {
      for (const { process: child } of started) child.kill('SIGKILL')
      await Promise.all(started.map((one) => one.ended))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function spawnNode(
  prefix: readonly string[],
  args: readonly string[],
  env: Env,
  input?: string | Uint8Array,
): Started {
  const [program = '', ...rest] = [...prefix, process.execPath, ...args]
  const child = spawn(program, rest, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  // A command that wants no more may close the pipe first.
  child.stdin?.on('error', () => {}).end(input)
  return follow(child)
}

/** Collects what a process prints until it has ended. */
export function follow(child: ChildProcess): Started {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? undefined, out, err }))
  })
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(out)
        if (found !== null) resolve(found)
      }
      child.stdout?.on('data', look)
      look()
      ended.then(() => reject(new Error(`it ended without ${pattern}: ${out}${err}`)), reject)
    })
  return { process: child, ended, printed }
}
