import { expect, it } from 'vitest'
import { bindDatabase } from '../../src/application/bind-database.js'
import { describeEachDatabase } from '../support/databases.js'

const ORIGIN = 'https://badges.example.org'

describeEachDatabase('IdentityStore', (open) => {
  it('keeps the first value for ever', async () => {
    const { stores } = await open()
    expect(await stores.identity.bind('base-url', ORIGIN)).toBe(ORIGIN)
    expect(await stores.identity.bind('base-url', 'https://other.example.org')).toBe(ORIGIN)
    expect(await stores.identity.bind('another', 'x')).toBe('x')
    expect(await stores.identity.find('another')).toBe('x')
    expect(await stores.identity.find('none')).toBeUndefined()
  })

  it('lets a database be used with its own origin only', async () => {
    const database = await open()
    await bindDatabase(database, ORIGIN)
    await bindDatabase(database, ORIGIN)
    await expect(bindDatabase(database, 'http://localhost:3000')).rejects.toMatchObject({
      code: 'SETTING_INVALID',
      message: expect.stringContaining(
        `belong to ${ORIGIN}, and BASE_URL is http://localhost:3000`,
      ),
    })
  })

  it('is bound once by two processes that start at the same time', async () => {
    const database = await open()
    const origins = [ORIGIN, 'https://other.example.org']
    const outcomes = await Promise.allSettled(
      origins.map((origin) => bindDatabase(database, origin)),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
