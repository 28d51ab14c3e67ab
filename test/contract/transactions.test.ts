import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Database, Stores } from '../../src/application/ports/stores.js'
import { describeEachDatabase, type OpenDatabase } from '../support/databases.js'
import {
  addFoundations,
  addIntended,
  anAchievement,
  aReview,
  aReviewRecord,
  aStatusList,
  NOW,
} from './records.js'

const SLUG = anAchievement().slug

describeEachDatabase('a transaction', (open, place) => {
  it('returns what its work returns and commits', async () => {
    const database = await open()
    const result = await database.transaction(async (stores) => {
      await addFoundations(stores)
      await addIntended(stores, 1)
      return 'made'
    })
    expect(result).toBe('made')
    expect((await database.stores.intents.listOpen(10)).map(({ code }) => code)).toEqual(['code-1'])
  })

  it('leaves nothing when its work throws, and throws the same error', async () => {
    const database = await open()
    const failure = new Error('stop')
    const attempt = database.transaction(async (stores) => {
      await addFoundations(stores)
      await addIntended(stores, 1)
      throw failure
    })
    await expect(attempt).rejects.toBe(failure)
    expect(await database.stores.catalogue.listLatest()).toEqual([])
    expect(await database.stores.reviews.find(aReview())).toBeUndefined()
    expect(await database.stores.statusLists.find('list-1')).toBeUndefined()
  })

  it('goes on after a duplicate', async () => {
    const database = await open()
    await database.transaction(async (stores) => {
      await addFoundations(stores)
      await addIntended(stores, 1)
    })
    await database.transaction(async (stores) => {
      expect(await stores.catalogue.addVersion(anAchievement(), NOW)).toBe(false)
      expect(await stores.statusLists.add(aStatusList())).toBe(false)
      expect(await stores.statusLists.reserve('list-1', 1, 'code-2')).toBe(false)
      expect(await stores.reviews.insert(aReviewRecord())).toBe(false)
      expect(await stores.statusLists.reserve('list-1', 2, 'code-2')).toBe(true)
    })
    expect(await database.stores.statusLists.countReserved('list-1')).toBe(2)
  })

  it('never commits after a failed statement, even when its work looks away', async () => {
    const database = await open()
    const attempt = database.transaction(async (stores) => {
      await addFoundations(stores)
      await stores.statusLists.reserve('unknown', 1, 'code-1').catch(() => false)
    })
    await expect(attempt).rejects.toThrow(/foreign key/i)
    expect(await database.stores.catalogue.listLatest()).toEqual([])
    await addFoundations(database.stores)
  })

  it('is seen by another connection after its commit, not before', async () => {
    const [here, there] = [await open(), await open()]
    await here.transaction(async ({ catalogue }) => {
      await catalogue.addVersion(anAchievement(), NOW)
      expect(await there.stores.catalogue.findLatest(SLUG)).toBeUndefined()
    })
    expect((await there.stores.catalogue.findLatest(SLUG))?.version).toBe(1)
    await there.stores.catalogue.addVersion(anAchievement({ version: 2 }), NOW)
    expect((await here.stores.catalogue.findLatest(SLUG))?.version).toBe(2)
  })

  it('loses no update when two connections count upwards together', async () => {
    const [here, there] = [await open(), await open()]
    await here.stores.catalogue.addVersion(anAchievement(), NOW)
    for (let round = 0; round < 20; round += 1) {
      expect(await Promise.all([countUp(here), countUp(there)])).toEqual([true, true])
    }
    expect((await here.stores.catalogue.findLatest(SLUG))?.version).toBe(41)
  })

  it('runs many at once on one connection', async () => {
    const database = await open()
    await addFoundations(database.stores)
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        database.transaction((stores) => addIntended(stores, n)),
      ),
    )
    expect(await database.stores.intents.listOpen(100)).toHaveLength(40)
  })

  it('says STORE_UNAVAILABLE when a lock is held for too long, and works again afterwards', async () => {
    const [holder, waiter] = [await open(), await open({ lockWaitMs: 100 })]
    await holder.stores.reviews.insert(aReviewRecord())
    await holdingLock(holder, async () => {
      const move = () => waiter.stores.reviews.move('record-1', 'approved', 'withdrawn')
      const inside = waiter.transaction(({ reviews }) =>
        reviews.move('record-1', 'approved', 'withdrawn'),
      )
      await expect(inside).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      await expect(move()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    })
    expect(await waiter.stores.reviews.move('record-1', 'released', 'withdrawn')).toBe(true)
  })

  it('waits for a lock without stopping the process', async () => {
    const [holder, waiter] = [await open(), await open()]
    const insert = (database: Pick<Database, 'stores'>) =>
      database.stores.reviews.insert(aReviewRecord())
    let later: Promise<boolean> | undefined
    await holder.transaction(async (stores) => {
      expect(await insert({ stores })).toBe(true)
      later = insert(waiter)
      await sleep(50)
    })
    expect(await later).toBe(false)
  })

  // SQLite has no conflicts: nobody else can write meanwhile.
  if (place.kind === 'postgres') {
    it('gives up after five more attempts when others always change the record first', async () => {
      const [here, there] = [await open(), await open()]
      await here.stores.reviews.insert(aReviewRecord())
      let attempts = 0
      const hopeless = here.transaction(async ({ reviews }) => {
        attempts += 1
        const state = (await reviews.findById('record-1'))?.state ?? 'released'
        const next = state === 'approved' ? 'declined' : 'approved'
        await there.stores.reviews.move('record-1', state, next)
        await reviews.move('record-1', state, 'withdrawn')
      })
      await expect(hopeless).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect(attempts).toBe(6)
    })
  }

  it('ends before the database closes', async () => {
    const database = await open()
    const work = database.transaction(async ({ catalogue }) => {
      await sleep(20)
      await catalogue.addVersion(anAchievement(), NOW)
    })
    await sleep(5)
    await Promise.all([database.close(), work])
    expect(await (await reopen(open)).catalogue.findLatest(SLUG)).toBeDefined()
    await expect(database.ping()).rejects.toThrow()
  })
})

/** Reads, thinks, writes: loses an update wherever two may read the same. */
function countUp(database: Database): Promise<boolean> {
  return database.transaction(async ({ catalogue }) => {
    const latest = await catalogue.findLatest(SLUG)
    await sleep(1)
    return catalogue.addVersion(anAchievement({ version: (latest?.version ?? 0) + 1 }), NOW)
  })
}

/** Runs `meanwhile` while a transaction of `holder` has moved record-1 to `released`. */
function holdingLock(holder: Database, meanwhile: () => Promise<void>): Promise<void> {
  return holder.transaction(async ({ reviews }) => {
    await reviews.move('record-1', 'approved', 'released')
    await meanwhile()
  })
}

async function reopen(open: OpenDatabase): Promise<Stores> {
  return (await open()).stores
}
