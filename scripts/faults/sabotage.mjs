/** Breaks a copy of a database on purpose, to show that the checks see it. */
import { queryFile } from './scratch-database.mjs'

/** What can be broken, and how. The first badge or intent is the victim. */
const KINDS = {
  'duplicate-index': [
    ...withoutConstraints('intents'),
    `update intents set list_id = (select list_id from intents order by rowid limit 1 offset 1),
      list_index = (select list_index from intents order by rowid limit 1 offset 1)
      where rowid = (select min(rowid) from intents)`,
  ],
  'second-badge': [
    ...withoutConstraints('badges'),
    'create table extra as select * from badges limit 1',
    "update extra set code = 'another'",
    'insert into badges select * from extra',
  ],
  'lost-badge': ['delete from badges where rowid = (select min(rowid) from badges)'],
  'changed-badge': [
    `update badges set secured_json = replace(secured_json, 'Invented', 'Inverted')
      where rowid = (select min(rowid) from badges)`,
  ],
  'lost-audit-entry': [
    `delete from audit_entries where entry =
      (select min(entry) from audit_entries where action = 'badge.issued')`,
  ],
}

/** Every way to break a database. */
export const SABOTAGES = Object.keys(KINDS)

/** A copy of a table without its constraints, under the same name. */
function withoutConstraints(table) {
  return [
    `create table loose as select * from ${table}`,
    `drop table ${table}`,
    `alter table loose rename to ${table}`,
  ]
}

/** Throws unless `kind` is one of SABOTAGES (or '') and the database is a file. */
export function assertSabotage(kind, serverUrl) {
  if (kind === '') return
  if (!(kind in KINDS)) throw new Error(`--sabotage must be one of ${SABOTAGES.join(', ')}`)
  if (serverUrl !== '') throw new Error('--sabotage works on SQLite only')
}

/** @returns `query` on a copy of the database that is broken in the way of `kind` */
export function createSabotagedCopy(database, kind) {
  const copy = `${database.file}.${kind}`
  queryFile(database.file, `vacuum into '${copy}'`)
  queryFile(copy, 'pragma foreign_keys = off', ...KINDS[kind])
  return async (sql) => queryFile(copy, sql)
}
