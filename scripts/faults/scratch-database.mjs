/** A database that exists for one run: a file in a folder, or a schema of a PostgreSQL database. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import Libsql from 'libsql'
import { Client } from 'pg'

/**
 * @param folder where the file goes when there is no server
 * @param serverUrl `postgres://…`, or '' for SQLite
 * @returns the environment that makes the service use it; `query(sql)` for its rows, on a connection
 *   of its own; `examine()` for the faults that the database finds in itself, each as one sentence;
 *   `remove()`
 */
export function createScratchDatabase(folder, serverUrl) {
  return serverUrl === '' ? createFile(folder) : createSchema(serverUrl)
}

function createFile(folder) {
  const dataDir = path.join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  const file = path.join(dataDir, 'imprimatur.db')
  return {
    name: 'SQLite',
    file,
    environment: { DATA_DIR: dataDir },
    query: async (sql) => queryFile(file, sql),
    examine: async () => [
      ...queryFile(file, 'pragma integrity_check')
        .map((row) => String(row.integrity_check))
        .filter((finding) => finding !== 'ok'),
      ...queryFile(file, 'pragma foreign_key_check').map((row) => JSON.stringify(row)),
    ],
    remove: async () => {},
  }
}

/** Runs statements on one connection to a database file; returns the rows of the last, if it has any. */
export function queryFile(file, ...statements) {
  const connection = new Libsql(file)
  try {
    let rows = []
    for (const sql of statements) {
      const statement = connection.prepare(sql)
      rows = statement.reader ? statement.all() : []
      if (!statement.reader) statement.run()
    }
    return rows
  } finally {
    connection.close()
  }
}

async function createSchema(serverUrl) {
  const schema = `imprimatur_${randomUUID().replaceAll('-', '')}`
  await queryServer(serverUrl, `create schema ${schema}`)
  const url = new URL(serverUrl)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return {
    name: 'PostgreSQL',
    environment: { DATABASE_URL: url.href },
    query: (sql) => queryServer(url.href, sql),
    examine: async () => [],
    remove: async () => {
      await queryServer(serverUrl, `drop schema ${schema} cascade`)
    },
  }
}

async function queryServer(connectionString, sql) {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
