import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.js'
import { NOW } from './records.js'

const TOKEN = {
  tokenId: 't1',
  name: 'Review system',
  scopes: ['reviews:write', 'badges:read'],
  issuer: 'vista-unified',
  secretHash: 'h1',
  createdAt: NOW,
}

describeEachDatabase('TokenStore', (open) => {
  it('gives a token back as it was inserted', async () => {
    const { tokens } = (await open()).stores
    await tokens.insert(TOKEN)
    await tokens.insert({ ...TOKEN, tokenId: 't2', scopes: [] })
    expect(await tokens.find('t1')).toStrictEqual(TOKEN)
    expect((await tokens.find('t2'))?.scopes).toEqual([])
    expect(await tokens.find('t3')).toBeUndefined()
  })

  it('never replaces a token', async () => {
    const { tokens } = (await open()).stores
    await tokens.insert(TOKEN)
    await expect(tokens.insert({ ...TOKEN, secretHash: 'h2' })).rejects.toThrow()
    expect((await tokens.find('t1'))?.secretHash).toBe('h1')
  })
})
