import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.js'
import { aStatusList, ISSUER } from './records.js'

describeEachDatabase('StatusListStore', (open) => {
  it('gives a list back as it was added, and adds an id once', async () => {
    const { statusLists } = (await open()).stores
    expect(await statusLists.add(aStatusList())).toBe(true)
    expect(await statusLists.add(aStatusList({ lengthBits: 8 }))).toBe(false)
    expect(await statusLists.find('list-1')).toStrictEqual(aStatusList())
    expect(await statusLists.find('list-2')).toBeUndefined()
  })

  it('finds the newest list of an issuer, even of lists made in the same second', async () => {
    const { statusLists } = (await open()).stores
    expect(await statusLists.findCurrent(ISSUER)).toBeUndefined()
    for (const listId of ['m', 'z', 'a']) await statusLists.add(aStatusList({ listId }))
    await statusLists.add(aStatusList({ listId: 'theirs', issuer: 'did:web:other.example' }))
    expect((await statusLists.findCurrent(ISSUER))?.listId).toBe('a')
  })

  it('is started once by 20 transactions that find none', async () => {
    const database = await open()
    const started = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        database.transaction(async ({ statusLists }) => {
          if ((await statusLists.findCurrent(ISSUER)) !== undefined) return false
          return statusLists.add(aStatusList({ listId: `list-${n}` }))
        }),
      ),
    )
    expect(started.filter(Boolean)).toHaveLength(1)
  })

  it('reserves an index once, a code once, and only in a list that exists', async () => {
    const { statusLists } = (await open()).stores
    await statusLists.add(aStatusList())
    expect(await statusLists.reserve('list-1', 5, 'code-1')).toBe(true)
    expect(await statusLists.reserve('list-1', 5, 'code-2')).toBe(false)
    expect(await statusLists.reserve('list-1', 6, 'code-1')).toBe(false)
    expect(await statusLists.reserve('list-1', 6, 'code-2')).toBe(true)
    await expect(statusLists.reserve('unknown', 1, 'code-3')).rejects.toThrow()
    expect(await statusLists.countReserved('list-1')).toBe(2)
    expect(await statusLists.countReserved('unknown')).toBe(0)
  })

  it('gives each index to one of 200 that ask at once', async () => {
    const [here, there] = [await open(), await open()]
    await here.stores.statusLists.add(aStatusList())
    const asked = Array.from({ length: 200 }, (_, n) => ({ index: n % 5, code: `code-${n}` }))
    const given = await Promise.all(
      asked.map(({ index, code }, n) =>
        (n % 2 ? here : there).stores.statusLists.reserve('list-1', index, code),
      ),
    )
    const indexes = asked.filter((_, n) => given[n]).map(({ index }) => index)
    expect(indexes.sort()).toEqual([0, 1, 2, 3, 4])
    expect(await here.stores.statusLists.countReserved('list-1')).toBe(5)
  })

  it('gives each index to one of 200 transactions that ask at once', async () => {
    const database = await open()
    await database.stores.statusLists.add(aStatusList())
    const given = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        database.transaction(({ statusLists }) =>
          statusLists.reserve('list-1', n % 5, `code-${n}`),
        ),
      ),
    )
    expect(given.filter(Boolean)).toHaveLength(5)
    expect(await database.stores.statusLists.countReserved('list-1')).toBe(5)
  })
})
