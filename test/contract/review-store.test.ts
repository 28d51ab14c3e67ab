import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.js'
import { aReview, aReviewRecord } from './records.js'

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
})
