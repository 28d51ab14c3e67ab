import { createHash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  type LogEvent,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/adapters/storage/engine.js'
import { MIGRATIONS, type Migration } from '../../src/adapters/storage/migrations.js'
import { createPostgresEngine } from '../../src/adapters/storage/postgres-engine.js'
import { historyDigest } from '../../src/adapters/storage/run-migrations.js'
import { createSqliteEngine } from '../../src/adapters/storage/sqlite-engine.js'
import type { Tables } from '../../src/adapters/storage/tables.js'
import { describeEachDatabase } from '../support/databases.js'
import { anAchievement, aReview, NOW } from './records.js'

/** SHA-256 of the SQL of every released migration. A line here never changes; new ones are added. */
const RELEASED: Readonly<Record<string, { readonly sqlite: string; readonly postgres: string }>> = {
  '0001-reviews-and-catalogue': {
    sqlite: '76c6d790b29acb4a8586780a71083eb3db835cd44202123fbdbf779b46b4880e',
    postgres: '76c6d790b29acb4a8586780a71083eb3db835cd44202123fbdbf779b46b4880e',
  },
  '0002-issuing': {
    sqlite: '602af3249ab10d5434d5bf09558841a318bc5b49eaa432acb19d78f14cd9dfd2',
    postgres: '602af3249ab10d5434d5bf09558841a318bc5b49eaa432acb19d78f14cd9dfd2',
  },
  '0003-tokens-and-audit': {
    sqlite: '4e4f898529ff6aaf78bbd23192a128833551ee48d9f56af08d88d50f5c14cae9',
    postgres: 'c4abe2377934452e1afd8639e84a70820258ca100a718805511588ec4432a3f7',
  },
  '0004-identity': {
    sqlite: 'c75a0c378f2694875fcd8d08993ca49b5b967161488167188452f7f81e585c69',
    postgres: 'c75a0c378f2694875fcd8d08993ca49b5b967161488167188452f7f81e585c69',
  },
  '0005-issuers-and-keys': {
    sqlite: '5d4ac4cea8562c13e5091c9e4cad7eb6fe705e3be8ef75f1560bd7167c174886',
    postgres: '5d4ac4cea8562c13e5091c9e4cad7eb6fe705e3be8ef75f1560bd7167c174886',
  },
  '0006-badge-tokens': {
    sqlite: 'c618c2c3e5d7f1d12419fee212290cba019470f9eaf9bfc6506dc1146718dbbd',
    postgres: 'c618c2c3e5d7f1d12419fee212290cba019470f9eaf9bfc6506dc1146718dbbd',
  },
  '0007-status': {
    sqlite: 'd5d752f62b98a7213104d9abe81d8fdf7dc44bc8ea44ab6c1f4d9f46843741e9',
    postgres: 'd5d752f62b98a7213104d9abe81d8fdf7dc44bc8ea44ab6c1f4d9f46843741e9',
  },
  '0008-art-types': {
    sqlite: 'a5865f8f36119764c2a81e3a2d6d4e08fe254ce94abcc31703bc06e73bfffaf8',
    postgres: 'a5865f8f36119764c2a81e3a2d6d4e08fe254ce94abcc31703bc06e73bfffaf8',
  },
  '0009-endorsements': {
    sqlite: '1ac4af40e1f5b0f0176f104a6c5865f898060b9131c429f5c007593be1af7865',
    postgres: '7707407926138312c2b841e89f88c6e994c6abd248ad988166854806d597e43d',
  },
  '0010-corrections': {
    sqlite: 'b6808b69d7b73e122998b24681b2d9fdc4d7b7d68183bf04c81f6e38a0502d7c',
    postgres: 'b6808b69d7b73e122998b24681b2d9fdc4d7b7d68183bf04c81f6e38a0502d7c',
  },
  '0011-known-keys': {
    sqlite: 'fe21d57df663b2b11611e42587afb719b901a257f772c4e4555650783ad914a2',
    postgres: 'fe21d57df663b2b11611e42587afb719b901a257f772c4e4555650783ad914a2',
  },
  '0012-staff': {
    sqlite: '0d908c0ecb0cb5c4b76aff63359cbd1a46c814f45ea24ee94a0b4e9cd973a997',
    postgres: '0d908c0ecb0cb5c4b76aff63359cbd1a46c814f45ea24ee94a0b4e9cd973a997',
  },
  '0013-inbox': {
    sqlite: '4cb0e02034fac7a32c992ef6ab64e29223795684ca9a585b531ca2fe913089db',
    postgres: '4cb0e02034fac7a32c992ef6ab64e29223795684ca9a585b531ca2fe913089db',
  },
  '0014-mails': {
    sqlite: '484178536eeef7028514b1846dc788e0999620c8b552f664e1bfd17dff5a5ea9',
    postgres: '484178536eeef7028514b1846dc788e0999620c8b552f664e1bfd17dff5a5ea9',
  },
  '0015-claims': {
    sqlite: '9e256996257e69174c7f03e80c2a07590d7120cb190a62031b5a7ab1553abca4',
    postgres: '9e256996257e69174c7f03e80c2a07590d7120cb190a62031b5a7ab1553abca4',
  },
  '0016-erasures': {
    sqlite: '3cf2a631a7c8f43202a65eebd7c4edad730615f07c42112491d6db6690536c2e',
    postgres: '3cf2a631a7c8f43202a65eebd7c4edad730615f07c42112491d6db6690536c2e',
  },
  '0017-releases': {
    sqlite: 'd6a5c6ff021de23ff1eaa68287440f917e67314aa1ea63b348431d70799eec53',
    postgres: 'd6a5c6ff021de23ff1eaa68287440f917e67314aa1ea63b348431d70799eec53',
  },
}

const NEXT: Migration = {
  id: '9999-next',
  up: async ({ schema }) => {
    await schema.createTable('next').addColumn('id', 'text').execute()
  },
}

describe('the list of migrations', () => {
  it('is numbered from 0001 without gaps and holds each released one', () => {
    const ids = MIGRATIONS.map(({ id }) => id)
    expect(ids).toEqual(Object.keys(RELEASED))
    for (const id of ids) expect(id).toMatch(/^\d{4}-[a-z0-9-]+$/)
    const numbers = ids.map((id) => Number(id.slice(0, 4)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it.each(MIGRATIONS)('has not changed $id since its release', async (migration) => {
    expect({
      sqlite: digest(await compileOnSqlite(migration)),
      postgres: digest(await compileOnPostgres(migration)),
    }).toEqual(RELEASED[migration.id])
  })

  it('gives every history its own digest', () => {
    const [first, second, third] = MIGRATIONS as [Migration, Migration, Migration]
    const digests = [
      historyDigest([first, second, third], 2),
      historyDigest([second, first, third], 2),
      historyDigest([{ ...first, id: '0001-other' }, second, third], 2),
      historyDigest([first, second, third], 1),
    ]
    expect(new Set(digests).size).toBe(digests.length)
  })
})

describeEachDatabase('migrating', (open, place) => {
  it('finds reviews that were recorded before there was an inbox, by district and achievement', async () => {
    const inbox = MIGRATIONS.findIndex(({ id }) => id === '0013-inbox')
    await (await open({ migrations: MIGRATIONS.slice(0, inbox) })).close()
    const review = JSON.stringify(aReview())
    await place.run(
      `insert into reviews (record_id, source, id, attempt, state, achievement_version, review, content_digest, received_at)
       values ('r1', 'digital-promise', 'submission-1', 1, 'approved', 1, '${review.replaceAll("'", "''")}', 'c1', '${NOW}')`,
    )
    const { reviews } = (await open()).stores
    const query = { states: ['approved'], achievement: aReview().achievement } as const
    const found = await reviews.list({ ...query, district: 'vista-unified' }, 10)
    expect(found.map(({ recordId }) => recordId)).toEqual(['r1'])
    expect(await reviews.count({ ...query, district: 'elsewhere' })).toBe(0)
  })

  it('runs what is new, once, and keeps what is there', async () => {
    const before = await open()
    await before.stores.catalogue.addVersion(anAchievement(), NOW)
    await before.close()
    const migrations = [...MIGRATIONS, NEXT]
    const after = await open({ migrations })
    expect((await after.stores.catalogue.listLatest()).length).toBe(1)
    expect(await place.run('select * from next')).toEqual([])
    await after.close()
    await open({ migrations })
    const rows = await place.run('select id from schema_migrations order by position')
    expect(rows.map(({ id }) => id)).toEqual(migrations.map(({ id }) => id))
  })

  it('refuses the database of a newer release, in one sentence', async () => {
    await (await open({ migrations: [...MIGRATIONS, NEXT] })).close()
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/^[^.]*newer release[^.]*9999-next[^.]*\.$/),
    })
  })

  it.each([
    [
      'renamed',
      (list: readonly Migration[]) => list.map((m, n) => (n ? m : { ...m, id: '0001-x' })),
    ],
    ['missing', (list: readonly Migration[]) => list.slice(1)],
    ['moved', (list: readonly Migration[]) => [...list].reverse()],
    ['inserted', (list: readonly Migration[]) => [NEXT, ...list]],
  ])('refuses a history with a migration %s', async (_, change) => {
    await (await open()).close()
    await expect(open({ migrations: change(MIGRATIONS) })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/^[^.]*\.$/),
    })
    await open()
  })

  it('refuses a record that was tampered with', async () => {
    await (await open()).close()
    await place.run("update schema_migrations set digest = 'x' where position = 1")
    await expect(open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  it('leaves nothing of a migration that fails', async () => {
    const failing: Migration = {
      id: '9999-fails',
      up: async (db, sequence) => {
        await NEXT.up(db, sequence)
        throw new Error('no more')
      },
    }
    await expect(open({ migrations: [...MIGRATIONS, failing] })).rejects.toThrow('no more')
    await expect(place.run('select * from next')).rejects.toThrow(/next/)
    await expect(place.run('select * from badges')).rejects.toThrow(/badges/)
    await open()
  })
})

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function compileOnSqlite(migration: Migration): Promise<string> {
  return compile(migration, createSqliteEngine('file:unused', 0), {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  })
}

function compileOnPostgres(migration: Migration): Promise<string> {
  return compile(migration, createPostgresEngine('postgres://unused', 0), {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  })
}

/** The SQL of a migration, one statement per line, without a database. */
async function compile(
  migration: Migration,
  engine: Engine,
  dialect: Engine['dialect'],
): Promise<string> {
  const statements: string[] = []
  const log = ({ query }: LogEvent) => {
    statements.push(query.sql)
  }
  const db = new Kysely<Tables>({ dialect, log })
  await migration.up(db, engine.sequence)
  return statements.join('\n')
}
