import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/adapters/storage/database.js'
import { MIGRATIONS } from '../../src/adapters/storage/migrations.js'
import type { AuditEntry } from '../../src/application/ports/audit.js'
import { describeEachDatabase } from '../support/databases.js'
import { anAchievement, aReviewRecord, NOW } from './records.js'

const SLUG = anAchievement().slug

describeEachDatabase('openDatabase', (open, place) => {
  it('keeps what was stored when opened again', async () => {
    const first = await open()
    await first.stores.catalogue.addVersion(anAchievement(), NOW)
    await first.close()
    expect(await (await open()).stores.catalogue.findLatest(SLUG)).toStrictEqual(anAchievement())
  })

  it('opens a new database from several places at once', async () => {
    const databases = await Promise.all([open(), open(), open(), open()])
    await Promise.all(databases.map((database) => database.ping()))
    expect(await place.run('select id from schema_migrations')).not.toEqual([])
  })

  it('leaves the schema alone when it is to be read only, and refuses another', async () => {
    const url = place.url()
    const refused = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('start the') }
    await expect(openDatabase({ url, isMigrated: true })).rejects.toMatchObject(refused)
    await (await open()).close()
    const recorded = await place.run('select * from schema_migrations')
    const database = await openDatabase({ url, isMigrated: true })
    expect(await database.stores.catalogue.findLatest(SLUG)).toBeUndefined()
    await database.close()
    const migrations = [...MIGRATIONS, { id: 'later', up: async () => {} }]
    const later = openDatabase({ url, isMigrated: true, migrations })
    await expect(later).rejects.toMatchObject(refused)
    expect(await place.run('select * from schema_migrations')).toEqual(recorded)
  })

  it('answers a ping until it is closed', async () => {
    const database = await open()
    await database.ping()
    await database.close()
    await expect(database.ping()).rejects.toThrow()
  })

  if (place.kind === 'sqlite') {
    it('makes a file that others cannot read, its log included', async () => {
      const database = await open()
      await database.stores.catalogue.addVersion(anAchievement(), NOW)
      const path = place.url().slice('file:'.length)
      for (const suffix of ['', '-wal', '-shm']) {
        expect(statSync(`${path}${suffix}`).mode & 0o777).toBe(0o600)
      }
      expect(await place.run('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }])
    })

    it('throws the failure itself when SQLite has rolled back already, and goes on', async () => {
      const database = await open()
      const { audit, catalogue } = database.stores
      await place.run(`create trigger disk before insert on audit_entries when new.action = 'full'
        begin select raise(rollback, 'disk is full'); end`)
      const attempt = database.transaction(async (stores) => {
        await stores.catalogue.addVersion(anAchievement(), NOW)
        await stores.audit.append(anEntry('full'))
      })
      await expect(attempt).rejects.toThrow('disk is full')
      await expect(audit.append(anEntry('full'))).rejects.toThrow('disk is full')
      await database.transaction((stores) => stores.audit.append(anEntry('empty')))
      expect(await catalogue.findLatest(SLUG)).toBeUndefined()
      expect(await audit.listFor('disk')).toEqual([anEntry('empty')])
    })
  }

  if (place.kind === 'postgres') {
    it('refuses a server that may lose commits', async () => {
      const url = place.url().replace('options=', 'options=-c+synchronous_commit%3Doff+')
      await expect(openDatabase({ url })).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining('synchronous_commit=off'),
      })
    })

    it('says STORE_UNAVAILABLE when a connection breaks in a transaction, and goes on', async () => {
      const database = await open()
      const attempt = database.transaction(async ({ reviews }) => {
        await reviews.insert(aReviewRecord())
        await place.run(TERMINATE)
        await reviews.insert(aReviewRecord('record-2', { attempt: 2 }))
      })
      await expect(attempt).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect(await database.stores.reviews.findById('record-1')).toBeUndefined()
    })

    it('does not use a connection again on which it gave up waiting', async () => {
      const holder = await open()
      const impatient = await openDatabase({ url: `${place.url()}&query_timeout=100` })
      await holder.transaction(async (stores) => {
        await stores.reviews.insert(aReviewRecord())
        const insert = impatient.stores.reviews.insert(aReviewRecord())
        await expect(insert).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
        await impatient.ping()
      })
      await impatient.close()
    })

    it('reports an idle connection that breaks, and goes on', async () => {
      const warnings: string[] = []
      const database = await open({ log: { warn: (_, message) => warnings.push(message) } })
      await place.run(TERMINATE)
      await expect.poll(() => warnings).toEqual(['an idle database connection broke'])
      await database.ping()
    })
  }
})

function anEntry(action: string): AuditEntry {
  return { at: NOW, actor: 'system', action, subject: 'disk', detail: {} }
}

/** Ends this test's other connections; each test's are named after its schema. */
const TERMINATE = `select pg_terminate_backend(pid) from pg_stat_activity
  where application_name = current_schema() and pid <> pg_backend_pid()`

describe('a database URL', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'imprimatur-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('may be a file URL with escapes', async () => {
    const path = join(folder, 'my library.db')
    await (await openDatabase({ url: pathToFileURL(path).href })).close()
    expect(statSync(path).size).toBeGreaterThan(0)
  })

  it.each(['', 'file:', 'mysql://x', ':memory:', '/var/x.db'])('is refused: %j', async (url) => {
    await expect(openDatabase({ url })).rejects.toMatchObject({ code: 'SETTING_INVALID' })
  })

  it('is refused when nothing can be opened there', async () => {
    writeFileSync(join(folder, 'letter.db'), 'Dear librarian, '.repeat(100))
    const urls = [
      `file:${join(folder, 'missing', 'x.db')}`,
      `file:${folder}`,
      `file:${join(folder, 'letter.db')}`,
      'postgres://postgres@127.0.0.1:1/test',
    ]
    for (const url of urls) {
      await expect(openDatabase({ url }), url).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    }
  })
})
