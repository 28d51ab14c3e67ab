import { expect, it } from 'vitest'
import type { Stores } from '../../src/application/ports/stores.js'
import { describeEachDatabase, type OpenDatabase } from '../support/databases.js'
import { addFoundations, anIntent, aReviewRecord } from './records.js'

describeEachDatabase('IntentStore', (open) => {
  it('gives an intent back as it was inserted, open', async () => {
    const { intents } = await prepare(open)
    expect(await intents.insert(anIntent())).toBe(true)
    expect(await intents.findByReview('record-1')).toStrictEqual(anIntent())
    expect(await intents.findByReview('record-2')).toBeUndefined()
  })

  it('takes one intent per review, per code and per index', async () => {
    const { intents } = await prepare(open)
    await intents.insert(anIntent())
    const other = { code: 'code-2', reviewRecordId: 'record-2', listIndex: 8 }
    expect(await intents.insert(anIntent({ ...other, reviewRecordId: 'record-1' }))).toBe(false)
    expect(await intents.insert(anIntent({ ...other, code: 'code-1' }))).toBe(false)
    expect(await intents.insert(anIntent({ ...other, listIndex: 7 }))).toBe(false)
    expect(await intents.insert(anIntent(other))).toBe(true)
  })

  it('refuses an intent without review or without reserved index', async () => {
    const { intents } = await prepare(open)
    await expect(intents.insert(anIntent({ reviewRecordId: 'unknown' }))).rejects.toThrow()
    await expect(intents.insert(anIntent({ listIndex: 99 }))).rejects.toThrow()
    expect(await intents.listOpen(10)).toEqual([])
  })

  it('lists open intents, oldest first, and closes each once', async () => {
    const { intents } = await prepare(open)
    const late = anIntent({ createdAt: '2026-03-02T16:21:00Z' })
    const early = anIntent({ code: 'code-2', reviewRecordId: 'record-2', listIndex: 8 })
    await intents.insert(late)
    await intents.insert(early)
    expect(await intents.listOpen(10)).toStrictEqual([early, late])
    expect(await intents.listOpen(1)).toStrictEqual([early])
    expect(await intents.close('code-2', 'failed', 'lint: dates')).toBe(true)
    expect(await intents.close('code-2', 'done')).toBe(false)
    expect(await intents.close('code-1', 'done')).toBe(true)
    expect(await intents.close('unknown', 'done')).toBe(false)
    expect(await intents.listOpen(10)).toEqual([])
    expect(await intents.findByReview('record-1')).toStrictEqual(late)
    expect(await intents.findByReview('record-2')).toBeUndefined()
  })

  it('takes another intent for a review when the one before has failed', async () => {
    const { intents } = await prepare(open)
    await intents.insert(anIntent())
    await intents.close('code-1', 'failed', 'lint: dates')
    const second = anIntent({ code: 'code-2', listIndex: 8 })
    expect(await intents.insert(second)).toBe(true)
    expect(await intents.findByReview('record-1')).toStrictEqual(second)
    expect(await intents.listOpen(10)).toStrictEqual([second])
  })
})

async function prepare(open: OpenDatabase): Promise<Stores> {
  const { stores } = await open()
  await addFoundations(stores)
  await stores.reviews.insert(aReviewRecord('record-1'))
  await stores.reviews.insert(aReviewRecord('record-2', { id: 'submission-2' }))
  await stores.statusLists.reserve('list-1', 7, 'code-1')
  await stores.statusLists.reserve('list-1', 8, 'code-2')
  return stores
}
