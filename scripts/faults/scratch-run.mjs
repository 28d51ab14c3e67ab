/** The frame of a fault script: a folder and a database that are gone when it ends, and an exit code. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createScratchDatabase } from './scratch-database.mjs'

/**
 * @param databaseUrl of PostgreSQL, or '' for SQLite in the folder
 * @returns `folder`, `database`, and `run`, which awaits `main`, sets exit code 1 unless it returns true and
 *   removes the database
 */
export async function openScratchRun(databaseUrl) {
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  const folder = mkdtempSync(path.join(tmpdir(), 'imprimatur-faults-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const database = await createScratchDatabase(folder, databaseUrl)
  const run = async (main) => {
    try {
      process.exitCode = (await main()) ? 0 : 1
    } finally {
      await database.remove()
    }
  }
  return { folder, database, run }
}
