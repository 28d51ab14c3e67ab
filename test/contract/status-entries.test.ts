/** The states of status entries: moved one at a time, never back from revoked by accident. */
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/adapters/storage/migrations.js'
import type { Database } from '../../src/application/ports/stores.js'
import { describeEachDatabase } from '../support/databases.js'
import { aStatusList, ISSUER, NOW } from './records.js'

const LATER = '2026-03-05T08:00:00Z'
const change = { reason: { text: 'Issued by mistake.', isPublic: true }, changedAt: NOW }

async function reserve({ stores }: Database, count: number): Promise<void> {
  await stores.statusLists.add(aStatusList())
  for (let n = 0; n < count; n += 1) await stores.statusLists.reserve('list-1', n, `code-${n}`)
}

describeEachDatabase('the entries of status lists', (open, place) => {
  it('begin in good standing, and are found by code and by index', async () => {
    const database = await open()
    await reserve(database, 2)
    const { statusLists } = database.stores
    const entry = {
      code: 'code-1',
      listId: 'list-1',
      listIndex: 1,
      issuer: ISSUER,
      state: 'valid',
    }
    expect(await statusLists.findEntry('code-1')).toStrictEqual(entry)
    expect(await statusLists.findEntryAt('list-1', 1)).toStrictEqual(entry)
    expect(await statusLists.findEntry('code-2')).toBeUndefined()
    expect(await statusLists.findEntryAt('list-1', 2)).toBeUndefined()
    expect(await statusLists.findEntryAt('list-2', 1)).toBeUndefined()
  })

  it('are in good standing when they are older than their states', async () => {
    const migrations = MIGRATIONS.filter(({ id }) => id < '0005')
    const before = await open({ migrations })
    await reserve(before, 1)
    await before.close()
    const after = await open()
    expect(await after.stores.statusLists.findEntry('code-0')).toMatchObject({ state: 'valid' })
    expect(await after.stores.statusLists.countRevoked('list-1')).toBe(0)
  })

  it('keep state, reason and time of the last change, and who replaced them', async () => {
    const database = await open()
    await reserve(database, 1)
    const { statusLists } = database.stores
    expect(await statusLists.moveEntry('code-0', 'valid', 'suspended', change)).toBe(true)
    const reason = { text: 'Zoë’s film was “lost”.', isPublic: false }
    expect(
      await statusLists.moveEntry('code-0', 'suspended', 'revoked', { reason, changedAt: LATER }),
    ).toBe(true)
    await place.run("update status_entries set replaced_by = 'code-9'")
    expect(await statusLists.findEntry('code-0')).toStrictEqual({
      code: 'code-0',
      listId: 'list-1',
      listIndex: 0,
      issuer: ISSUER,
      state: 'revoked',
      reason,
      changedAt: LATER,
      replacedBy: 'code-9',
    })
  })

  it('move only from the state that was seen', async () => {
    const database = await open()
    await reserve(database, 1)
    const { statusLists } = database.stores
    expect(await statusLists.moveEntry('code-0', 'suspended', 'valid', change)).toBe(false)
    expect(await statusLists.moveEntry('code-9', 'valid', 'revoked', change)).toBe(false)
    expect((await statusLists.findEntry('code-0'))?.state).toBe('valid')
    expect(await statusLists.findEntry('code-0')).not.toHaveProperty('reason')
  })

  it('are counted and listed for each list when they are revoked', async () => {
    const database = await open()
    await reserve(database, 5)
    const { statusLists } = database.stores
    await statusLists.add(aStatusList({ listId: 'list-2' }))
    await statusLists.reserve('list-2', 3, 'code-other')
    await statusLists.moveEntry('code-other', 'valid', 'revoked', change)
    await statusLists.moveEntry('code-4', 'valid', 'revoked', { ...change, changedAt: LATER })
    await statusLists.moveEntry('code-1', 'valid', 'suspended', change)
    await statusLists.moveEntry('code-2', 'valid', 'revoked', change)
    expect(await statusLists.countRevoked('list-1')).toBe(2)
    expect(await statusLists.countRevoked('unknown')).toBe(0)
    expect(await statusLists.listRevoked('list-1')).toStrictEqual([
      { listIndex: 2, changedAt: NOW },
      { listIndex: 4, changedAt: LATER },
    ])
  })

  it('are moved by one of 20 transactions that ask at once, over two connections', async () => {
    const [here, there] = [await open(), await open()]
    await reserve(here, 1)
    const moved = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? here : there).transaction(async ({ statusLists }) => {
          if ((await statusLists.findEntry('code-0'))?.state !== 'valid') return false
          return statusLists.moveEntry('code-0', 'valid', 'revoked', change)
        }),
      ),
    )
    expect(moved.filter(Boolean)).toHaveLength(1)
  })

  it('lose none of 1,000 changes by eight connections at once', async () => {
    const connections = await Promise.all(Array.from({ length: 8 }, () => open()))
    const [first] = connections as [Database]
    await first.transaction(async (stores) => {
      await stores.statusLists.add(aStatusList())
      for (let n = 0; n < 1000; n += 1)
        await stores.statusLists.reserve('list-1', 7 * n, `code-${n}`)
    })
    await Promise.all(
      connections.map(async (connection, worker) => {
        for (let n = worker; n < 1000; n += connections.length) {
          await connection.transaction(({ statusLists }) =>
            statusLists.moveEntry(`code-${n}`, 'valid', 'revoked', change),
          )
        }
      }),
    )
    const revoked = await first.stores.statusLists.listRevoked('list-1')
    expect(revoked.map(({ listIndex }) => listIndex)).toEqual(
      Array.from({ length: 1000 }, (_, n) => 7 * n),
    )
  }, 60_000)
})
