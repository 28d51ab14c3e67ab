/** Runs a suite on every database: SQLite always, PostgreSQL when one answers. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { type DatabaseOptions, openDatabase } from '../../src/adapters/storage/database.js'
import type { Database } from '../../src/application/ports/stores.js'

const POSTGRES_URL = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'

/** Opens the current test's database; every call gives another Database on the same data. */
export type OpenDatabase = (options?: Omit<DatabaseOptions, 'url'>) => Promise<Database>

/** The current test's database, beneath the adapter. */
export type Place = {
  readonly kind: 'sqlite' | 'postgres'
  /** What `openDatabase` takes. */
  url(): string
  /** Runs one statement on a connection of its own, e.g. to tamper; returns the rows. */
  run(sql: string): Promise<readonly Record<string, unknown>[]>
}

type Scratch = { readonly url: string; remove(): Promise<void> }

const postgresAnswers = await askPostgres()

/**
 * Describes `name` once per database. Each test has a fresh one (a file in a temporary folder, or a
 * schema on the search path), removed afterwards; what was opened is closed. Without PostgreSQL its
 * half is skipped and says so, or fails when REQUIRE_ALL=1.
 */
export function describeEachDatabase(
  name: string,
  suite: (open: OpenDatabase, place: Place) => void,
): void {
  describe(`${name} (SQLite)`, () => {
    describeOne('sqlite', createFile, runOnSqlite, suite)
  })
  if (postgresAnswers) {
    describe(`${name} (PostgreSQL)`, () => {
      describeOne('postgres', createSchema, runOnPostgres, suite)
    })
  } else if (process.env['REQUIRE_ALL'] === '1') {
    it(`${name} (PostgreSQL)`, () => {
      throw new Error('PostgreSQL does not answer; set TEST_DATABASE_URL')
    })
  } else {
    it.skip(`${name} (PostgreSQL does not answer; set TEST_DATABASE_URL)`)
  }
}

function describeOne(
  kind: Place['kind'],
  create: () => Promise<Scratch>,
  run: (url: string, sql: string) => Promise<readonly Record<string, unknown>[]>,
  suite: (open: OpenDatabase, place: Place) => void,
): void {
  let scratch: Scratch | undefined
  let opened: Database[] = []
  const url = () => {
    if (scratch === undefined) throw new Error('the database exists only while a test runs')
    return scratch.url
  }
  beforeEach(async () => {
    scratch = await create()
  })
  afterEach(async () => {
    await Promise.all(opened.map((database) => database.close()))
    opened = []
    await scratch?.remove()
    scratch = undefined
  })
  const open: OpenDatabase = async (options = {}) => {
    const database = await openDatabase({ url: url(), ...options })
    opened.push(database)
    return database
  }
  suite(open, { kind, url, run: (sql) => run(url(), sql) })
}

async function createFile(): Promise<Scratch> {
  const folder = mkdtempSync(join(tmpdir(), 'imprimatur-'))
  return {
    url: `file:${join(folder, 'imprimatur.db')}`,
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

async function runOnSqlite(url: string, sql: string) {
  const file = new Libsql(url.slice('file:'.length))
  try {
    const statement = file.prepare(sql)
    if (statement.reader) return statement.all() as Record<string, unknown>[]
    statement.run()
    return []
  } finally {
    file.close()
  }
}

async function createSchema(): Promise<Scratch> {
  const schema = `imprimatur_${randomUUID().replaceAll('-', '')}`
  await runOnPostgres(POSTGRES_URL, `create schema ${schema}`)
  const url = new URL(POSTGRES_URL)
  url.searchParams.set('options', `-c search_path=${schema}`)
  url.searchParams.set('application_name', schema)
  return {
    url: url.href,
    remove: async () => {
      await runOnPostgres(POSTGRES_URL, `drop schema ${schema} cascade`)
    },
  }
}

async function runOnPostgres(url: string, sql: string) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

async function askPostgres(): Promise<boolean> {
  try {
    await runOnPostgres(POSTGRES_URL, 'select 1')
    return true
  } catch {
    return false
  }
}
