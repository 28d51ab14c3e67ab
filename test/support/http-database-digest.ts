/** Whether anything at all changed in an embedded database. */
import { createHash } from 'node:crypto'
import Libsql from 'libsql'

/**
 * SHA-256 (hex) over every row of every table, read through a connection of its own.
 * @param url `file:…`
 */
export function digestDatabase(url: string): string {
  const file = new Libsql(url.slice('file:'.length))
  const all = (sql: string) => file.prepare(sql).all() as Readonly<Record<string, unknown>>[]
  try {
    const hash = createHash('sha256')
    for (const { name } of all(`select name from sqlite_master where type = 'table' order by 1`)) {
      const rows = all(`select * from "${String(name)}" order by rowid`)
      hash.update(JSON.stringify([name, rows]))
    }
    return hash.digest('hex')
  } finally {
    file.close()
  }
}
