import { expect, it } from 'vitest'
import type { BadgeQuery, Stores } from '../../src/application/ports/stores.js'
import { describeEachDatabase } from '../support/databases.js'
import { aBadge, addFoundations, addIntended, NOW } from './records.js'

const REASON = { text: 'Why.', isPublic: false }
const CLAIM = { name: 'shown', evidence: [], listed: true, preview: 'named' } as const

/** Four badges: 1 and 2 in one second, 3 later, claimed and revoked; 4 in a district of its own. */
async function addFour(stores: Stores): Promise<void> {
  await addFoundations(stores)
  const names = ['Ana López', 'Zoë 100%_ready', 'ANA MARIA', 'Bo']
  for (const [at, earnerName] of names.entries()) {
    const number = at + 1
    await addIntended(stores, number)
    await stores.badges.insert(
      aBadge({
        code: `code-${number}`,
        reviewRecordId: `record-${number}`,
        earnerName,
        issuedAt: number < 3 ? NOW : `2026-03-0${number}T00:00:00Z`,
        district: number === 4 ? 'far-away' : 'near',
      }),
    )
  }
  await stores.badges.claim('code-3', CLAIM, NOW)
  const change = { reason: REASON, changedAt: NOW }
  await stores.statusLists.moveEntry('code-3', 'valid', 'revoked', change)
}

describeEachDatabase('a search for badges', (open) => {
  it('finds the newest first, by every property and by pages', async () => {
    const { stores } = await open()
    await addFour(stores)
    const found = async (query: BadgeQuery, limit = 10) =>
      (await stores.badges.search(query, limit)).map(({ code }) => Number(code.slice(5)))
    expect(await found({})).toEqual([4, 3, 2, 1])
    expect(await found({}, 2)).toEqual([4, 3])
    expect(await found({ after: 'code-3' }, 2)).toEqual([2, 1])
    expect(await found({ after: 'code-2' })).toEqual([1])
    expect(await found({ after: 'unknown' })).toEqual([])
    expect(await found({ text: 'ana' })).toEqual([3, 1])
    expect(await found({ text: 'code-4' })).toEqual([4])
    expect(await found({ text: '100%_' })).toEqual([2])
    for (const text of ['%', '_', '\\'])
      expect(await found({ text })).toEqual(text === '\\' ? [] : [2])
    expect(await found({ district: 'far-away' })).toEqual([4])
    expect(await found({ achievement: 'unknown' })).toEqual([])
    expect(await found({ state: 'revoked' })).toEqual([3])
    expect(await found({ isClaimed: true })).toEqual([3])
    expect(await found({ isClaimed: false, state: 'valid', text: 'ana' })).toEqual([1])
  })

  it('says of each what a list shows', async () => {
    const { stores } = await open()
    await addFour(stores)
    const [first] = await stores.badges.search({ text: 'code-3' }, 1)
    expect(first).toStrictEqual({
      code: 'code-3',
      earnerName: 'ANA MARIA',
      achievementSlug: aBadge().achievementSlug,
      district: 'near',
      issuedAt: '2026-03-03T00:00:00Z',
      claimedAt: NOW,
      state: 'revoked',
    })
  })
})
