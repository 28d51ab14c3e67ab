import { expect, it } from 'vitest'
import type { Stores } from '../../src/application/ports/stores.js'
import { describeEachDatabase } from '../support/databases.js'
import { addFoundations, aReviewRecord, NOW } from './records.js'

const FIRST = { releaseId: 'b', actor: 'staff:1', createdAt: NOW }
const SECOND = { releaseId: 'a', actor: 'staff:2', createdAt: '2026-03-02T16:21:00Z' }

async function addReviews(stores: Stores, count: number): Promise<readonly string[]> {
  await addFoundations(stores)
  const ids = Array.from({ length: count }, (_, at) => `record-${String(at).padStart(4, '0')}`)
  for (const recordId of ids) {
    const { review, ...record } = aReviewRecord(recordId)
    await stores.reviews.insert({ ...record, review: { ...review, id: recordId } })
  }
  return ids
}

describeEachDatabase('ReleaseStore', (open) => {
  it('keeps what was asked for, in that order, and what became of it', async () => {
    const { stores } = await open()
    const [one = '', two = '', three = ''] = await addReviews(stores, 3)
    const { releases } = stores
    await releases.insert(SECOND, [three])
    await releases.insert(FIRST, [two, one, two])
    const item = (reviewRecordId: string) => ({ releaseId: 'b', actor: 'staff:1', reviewRecordId })
    expect(await releases.listWaiting(2)).toEqual([item(one), item(two)])
    await releases.settle(item(one))
    await releases.settle(item(two), 'is held')
    expect(await releases.count('b')).toEqual({ waiting: 0, released: 1, failed: 1 })
    expect(await releases.count('unknown')).toEqual({ waiting: 0, released: 0, failed: 0 })
    expect(await releases.listFailed('b', 9)).toEqual([{ reviewRecordId: two, failure: 'is held' }])
    expect((await releases.listWaiting(9)).map(({ releaseId }) => releaseId)).toEqual(['a'])
    expect(await releases.find('b')).toEqual(FIRST)
    expect(await releases.find('c')).toBeUndefined()
    expect(await releases.list(9)).toEqual([SECOND, FIRST])
  })

  it('takes more reviews than fit into one statement', async () => {
    const { stores } = await open()
    const ids = await addReviews(stores, 1201)
    await stores.releases.insert(FIRST, ids)
    expect((await stores.releases.count('b')).waiting).toBe(1201)
  })
})
