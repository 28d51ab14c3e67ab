import { expect, it } from 'vitest'
import type { Review } from '../../src/domain/review.js'
import { describeEachDatabase } from '../support/databases.js'
import { aReview, aReviewRecord, NOW } from './records.js'

describeEachDatabase('ReviewStore', (open) => {
  it('gives a record back as it was inserted, control characters in JSON included', async () => {
    const { reviews } = (await open()).stores
    expect(await reviews.insert(aReviewRecord())).toBe(true)
    expect(await reviews.find(aReview())).toStrictEqual(aReviewRecord())
    expect(await reviews.find({ ...aReview(), attempt: 2 })).toBeUndefined()
    expect(await reviews.findById('record-1')).toStrictEqual(aReviewRecord())
    expect(await reviews.findById('record-2')).toBeUndefined()
  })

  it('takes a key once; another attempt, id or source is another review', async () => {
    const { reviews } = (await open()).stores
    await reviews.insert(aReviewRecord('record-1'))
    expect(await reviews.insert(aReviewRecord('record-2'))).toBe(false)
    expect(await reviews.insert(aReviewRecord('record-3', { attempt: 2 }))).toBe(true)
    expect(await reviews.insert(aReviewRecord('record-4', { id: 'submission-2' }))).toBe(true)
    expect(await reviews.insert(aReviewRecord('record-5', { source: 'form' }))).toBe(true)
    expect((await reviews.find(aReview()))?.recordId).toBe('record-1')
  })

  it('moves only from the state it is in', async () => {
    const { reviews } = (await open()).stores
    await reviews.insert(aReviewRecord())
    expect(await reviews.move('record-1', 'declined', 'released')).toBe(false)
    expect(await reviews.move('record-1', 'approved', 'released')).toBe(true)
    expect(await reviews.move('record-1', 'approved', 'withdrawn')).toBe(false)
    expect(await reviews.move('unknown', 'approved', 'released')).toBe(false)
    expect(await reviews.find(aReview())).toStrictEqual({ ...aReviewRecord(), state: 'released' })
  })

  it('replaces content and digest when a move changes the review', async () => {
    const { reviews } = (await open()).stores
    await reviews.insert(aReviewRecord())
    const review = aReview({ decision: 'withdrawn' })
    const change = { review, contentDigest: 'c2' }
    expect(await reviews.move('record-1', 'released', 'withdrawn', change)).toBe(false)
    expect((await reviews.find(aReview()))?.contentDigest).toBe('c1')
    expect(await reviews.move('record-1', 'approved', 'withdrawn', change)).toBe(true)
    expect(await reviews.find(aReview())).toStrictEqual({
      ...aReviewRecord(),
      state: 'withdrawn',
      ...change,
    })
  })

  it('lets one of many movers win', async () => {
    const [here, there] = [await open(), await open()]
    await here.stores.reviews.insert(aReviewRecord())
    const moves = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? here : there).stores.reviews.move('record-1', 'approved', 'released'),
    )
    expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1)
  })

  it('lists those in some states, oldest first, page by page', async () => {
    const { reviews } = (await open()).stores
    const put = (n: number, state: 'approved' | 'held', change: Partial<Review> = {}) =>
      reviews.insert({
        ...aReviewRecord(`record-${n}`, { id: `submission-${n}`, ...change }),
        state,
        // Two came in the same second.
        receivedAt: `2026-03-02T16:2${Math.floor(n / 2)}:00Z`,
      })
    const elsewhere = { name: 'Bo', email: 'bo@example.org', district: 'elsewhere' }
    const { district: _district, ...nowhere } = elsewhere
    await put(5, 'approved', { candidate: nowhere })
    await put(3, 'approved')
    await put(2, 'approved', { candidate: elsewhere })
    await put(4, 'held', { achievement: 'another' })
    const ids = async (query: Parameters<typeof reviews.list>[0], limit = 10) =>
      (await reviews.list(query, limit)).map(({ recordId }) => recordId)
    expect(await ids({ states: ['approved'] })).toEqual(['record-2', 'record-3', 'record-5'])
    expect(await ids({ states: ['approved'] }, 2)).toEqual(['record-2', 'record-3'])
    expect(await ids({ states: ['approved'], after: 'record-2' })).toEqual(['record-3', 'record-5'])
    expect(await ids({ states: ['approved'], after: 'none' })).toEqual([])
    expect(await ids({ states: ['approved', 'held'] }, 9)).toHaveLength(4)
    expect(await ids({ states: ['approved'], district: 'elsewhere' })).toEqual(['record-2'])
    expect(await ids({ states: ['held'], achievement: 'another' })).toEqual(['record-4'])
    expect(await reviews.count({ states: ['approved'] })).toBe(3)
    expect(await reviews.count({ states: ['approved'], district: 'vista-unified' })).toBe(1)
    expect(await reviews.count({ states: ['returned'] })).toBe(0)
  })
})

describeEachDatabase('ReviewStopStore', (open) => {
  it('keeps the last word about a review', async () => {
    const { reviews, reviewStops } = (await open()).stores
    await reviews.insert(aReviewRecord())
    const held = {
      reviewRecordId: 'record-1',
      state: 'held',
      reason: 'A name stands in it.',
      actor: 'staff:s1',
      at: NOW,
    } as const
    await reviewStops.put(held)
    expect(await reviewStops.find('record-1')).toStrictEqual(held)
    const returned = { ...held, state: 'returned', reason: 'It still does.' } as const
    await reviewStops.put(returned)
    expect(await reviewStops.find('record-1')).toStrictEqual(returned)
    expect(await reviewStops.find('record-2')).toBeUndefined()
  })
})
