import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.js'
import { createWorkshop, type Workshop } from './child-process.js'
import { addFoundations, anAchievement, NOW } from './records.js'

let workshop: Workshop
beforeAll(() => {
  workshop = createWorkshop()
})
afterAll(() => workshop.remove())

/** Commits one badge, leaves a second in an open transaction, and stays. */
const COMMIT_AND_HANG = `
  await database.transaction(async (stores) => {
    await records.addFoundations(stores)
    await records.addIntended(stores, 1)
    await stores.badges.insert(records.aBadge({ securedJson: '{"n":"📚"}' }))
  })
  console.log('committed')
  await database.transaction(async (stores) => {
    await records.addIntended(stores, 2)
    console.log('half way')
    await new Promise((resolve) => setTimeout(resolve, 60_000))
  })`

const COUNT_UP = `
  for (let n = 0; n < 25; n += 1) {
    await database.transaction(async ({ catalogue }) => {
      const latest = await catalogue.findLatest('${anAchievement().slug}')
      const next = records.anAchievement({ version: latest.version + 1 })
      if (!(await catalogue.addVersion(next, records.NOW))) throw new Error('lost')
    })
  }
  await database.close()
  console.log('done')`

const RESERVE = `
  const given = []
  for (let index = 0; index < 60; index += 1) {
    const code = process.pid + '-' + index
    if (await database.stores.statusLists.reserve('list-1', index, code)) given.push(index)
  }
  await database.close()
  console.log(given.join())`

describeEachDatabase('several processes', (open, place) => {
  it('keep every commit and nothing else when one is killed', async () => {
    const child = workshop.start(COMMIT_AND_HANG, place.url())
    await child.printed('half way')
    await child.kill('SIGKILL')
    const { stores } = await open()
    expect((await stores.badges.find('code-1'))?.securedJson).toBe('{"n":"📚"}')
    expect((await stores.intents.listOpen(10)).map(({ code }) => code)).toEqual(['code-1'])
    expect(await stores.statusLists.countReserved('list-1')).toBe(1)
    expect(await stores.statusLists.reserve('list-1', 2, 'code-3')).toBe(true)
  }, 20_000)

  it('reserve each index once between them', async () => {
    await addFoundations((await open()).stores)
    const children = [1, 2].map(() => workshop.start(RESERVE, place.url()).ended)
    const given = (await Promise.all(children)).flatMap((text) =>
      text.trim().split(',').filter(Boolean).map(Number),
    )
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n))
  }, 20_000)

  // PostgreSQL gives up after a bounded number of conflicts; two tight loops may reach it.
  if (place.kind === 'sqlite') {
    it('lose no update and never find the file busy', async () => {
      const { catalogue } = (await open()).stores
      await catalogue.addVersion(anAchievement(), NOW)
      const children = [1, 2].map(() => workshop.start(COUNT_UP, place.url()).ended)
      expect(await Promise.all(children)).toEqual(['done\n', 'done\n'])
      expect((await catalogue.findLatest(anAchievement().slug))?.version).toBe(51)
    }, 20_000)
  }
})
