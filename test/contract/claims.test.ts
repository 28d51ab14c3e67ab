import { expect, it } from 'vitest'
import type { Claim } from '../../src/domain/visibility.js'
import { describeEachDatabase } from '../support/databases.js'
import { aBadge, addFoundations, addIntended, NOW } from './records.js'

const LATER = '2026-03-02T16:21:00Z'
const CLAIM: Claim = { name: 'initials', evidence: [0, 2], listed: true, preview: 'plain' }

describeEachDatabase('what an earner chose', (open) => {
  it('is kept; the first time counts as the claim', async () => {
    const { stores } = await open()
    await addFoundations(stores)
    await addIntended(stores, 1)
    await stores.badges.insert(aBadge())
    await stores.badges.claim('code-1', CLAIM, NOW)
    const other: Claim = { ...CLAIM, name: 'hidden', evidence: [] }
    await stores.badges.claim('code-1', other, LATER)
    const claimed = { ...aBadge(), claim: other, claimedAt: NOW }
    expect(await stores.badges.find('code-1')).toStrictEqual(claimed)
    await stores.badges.hide('code-1')
    expect((await stores.badges.find('code-1'))?.claim).toBeUndefined()
  })
})

describeEachDatabase('ClaimLinkStore', (open) => {
  const LINK = { tokenHash: 'a'.repeat(64), code: 'code-1', expiresAt: LATER }

  it('finds a link, lets it be used once, and forgets it', async () => {
    const { stores } = await open()
    await addFoundations(stores)
    await addIntended(stores, 1)
    await stores.badges.insert(aBadge())
    const { claimLinks } = stores
    await claimLinks.insert(LINK)
    expect(await claimLinks.find('b'.repeat(64))).toBeUndefined()
    expect(await claimLinks.find(LINK.tokenHash)).toStrictEqual(LINK)
    const uses = await Promise.all([0, 1].map(() => claimLinks.use(LINK.tokenHash, NOW)))
    expect(uses.filter(Boolean)).toHaveLength(1)
    expect(await claimLinks.find(LINK.tokenHash)).toStrictEqual({ ...LINK, usedAt: NOW })
    await claimLinks.removeExpired(NOW)
    expect(await claimLinks.find(LINK.tokenHash)).toBeDefined()
    await claimLinks.removeExpired('2027-01-01T00:00:00Z')
    expect(await claimLinks.find(LINK.tokenHash)).toBeUndefined()
    await claimLinks.insert(LINK)
    await claimLinks.removeOf('code-1')
    expect(await claimLinks.find(LINK.tokenHash)).toBeUndefined()
  })
})
