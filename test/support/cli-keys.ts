/** Keys at the terminal: a workplace that knows its keys by name, and what every refusal must be. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { type Ended, type Env, openWorkplace, type Workplace } from './http-cli.js'
import { digestDatabase } from './http-database-digest.js'

/** What a command said, line by line, with keys, folder and times replaced by their names. */
export type Said = {
  readonly code: number | undefined
  readonly out: readonly string[]
  readonly err: string
}

export type KeyPlace = Workplace & {
  readonly keysDir: string
  /** Runs `imprimatur keys create …` and names the keys that it made: k1, k2, … */
  createKeys(...args: readonly string[]): Promise<Said>
  say(args: readonly string[], env?: Env): Promise<Said>
  plain(ended: Ended): Said
  /** The id of a key, by its name. */
  key(name: string): string
  /** The path of its file. */
  file(name: string): string
  /** Every byte of a key folder and every row of the database. */
  digest(folder?: string): string
  /** Runs a command that must be refused in one sentence, with nothing changed. */
  expectRefused(args: readonly string[], sentence: string, env?: Env): Promise<void>
  /** The same for what the command line itself refuses: a sentence, and then its help. */
  expectMisused(args: readonly string[], sentence: string): Promise<void>
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g

export function openKeyPlace(): KeyPlace {
  const place = openWorkplace()
  const keysDir = path.join(place.folder, 'keys')
  const keys: string[] = []
  const plain = ({ code, out, err }: Ended): Said => {
    const name = (text: string) =>
      keys
        .reduce((left, key, index) => left.replaceAll(key, `k${index + 1}`), text)
        .replaceAll(place.folder, '…')
        .replaceAll(TIME, 'TIME')
    return { code, out: name(out).split('\n').slice(0, -1), err: name(err) }
  }
  const key = (name: string) => keys[Number(name.slice(1)) - 1] ?? 'none'
  const digest = (folder = keysDir) => {
    const hash = createHash('sha256')
    for (const name of readdirSync(folder).sort())
      hash.update(`${name}\n`).update(readFileSync(path.join(folder, name)))
    const database = `file:${path.join(place.folder, 'data/imprimatur.db')}`
    return `${hash.digest('hex')} ${digestDatabase(database)}`
  }
  return {
    ...place,
    keysDir,
    plain,
    key,
    digest,
    say: async (args, env) => plain(await place.run(args, env)),
    file: (name) => {
      const found = readdirSync(keysDir).find((file) => file.includes(key(name)))
      return path.join(keysDir, found ?? 'none')
    },
    async createKeys(...args) {
      const ended = await place.run(['keys', 'create', ...args])
      for (const [, made = ''] of ended.out.matchAll(/^Made .*\.([\w-]+)\.json$/gm)) keys.push(made)
      return plain(ended)
    },
    async expectRefused(args, sentence, env) {
      const before = digest()
      const said = plain(await place.run(args, env))
      expect(said).toEqual({ code: 1, out: [], err: `imprimatur: ${sentence}\n` })
      expect(digest()).toBe(before)
    },
    async expectMisused(args, sentence) {
      const before = digest()
      const { code, out, err } = await place.run(args)
      expect([code, out, err.split('\n')[0]]).toEqual([1, '', `error: ${sentence}`])
      expect(digest()).toBe(before)
    },
  }
}
