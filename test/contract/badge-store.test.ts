import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.js'
import { aBadge, addFoundations, addIntended } from './records.js'

const TEXTS = {
  unicode: '{"name":"Zoë Nuñez — 図書館員 — \u05d0\u05d1"}',
  emoji: '{"name":"👩🏽‍🏫📚"}',
  separators: '{"a":"\u2028\u2029\u0085\ufeff"}',
  'other spelling': '{ "b" : 1.0,\r\n\t"a":"\\u00e9e\u0301" }\n',
  'control characters': '\u0001\u001f\u007f',
  'half a megabyte': `"${'évidence 📎 '.repeat(40_000)}"`,
} as const

describeEachDatabase('BadgeStore', (open) => {
  it('gives a badge back as it was inserted', async () => {
    const { stores } = await open()
    await addFoundations(stores)
    await addIntended(stores, 1)
    await addIntended(stores, 2)
    const { district: _, ...homeless } = aBadge({ code: 'code-2', reviewRecordId: 'record-2' })
    const privately = { name: 'hidden', evidence: 'hidden', listed: false } as const
    expect(await stores.badges.insert(aBadge())).toBe(true)
    expect(await stores.badges.insert({ ...homeless, consent: privately })).toBe(true)
    expect(await stores.badges.find('code-1')).toStrictEqual(aBadge())
    expect(await stores.badges.findByReview('record-2')).toStrictEqual({
      ...homeless,
      consent: privately,
    })
    expect(await stores.badges.find('unknown')).toBeUndefined()
    expect(await stores.badges.findByReview('unknown')).toBeUndefined()
  })

  it.each(Object.entries(TEXTS))('serves the signed text byte for byte: %s', async (_, text) => {
    const { stores } = await open()
    await addFoundations(stores)
    await addIntended(stores, 1)
    await stores.badges.insert(aBadge({ securedJson: text }))
    const found = (await stores.badges.find('code-1'))?.securedJson ?? ''
    expect(Buffer.from(found).equals(Buffer.from(text))).toBe(true)
  })

  it.each(['a\u0000b', '\ud83d', '\udcda\ud83d'])(
    'refuses text that cannot be kept (%j)',
    async (text) => {
      const { stores } = await open()
      await addFoundations(stores)
      await addIntended(stores, 1)
      await expect(stores.badges.insert(aBadge({ earnerName: text }))).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      })
      expect(await stores.badges.find('code-1')).toBeUndefined()
    },
  )

  it('hides what it shows of an earner, of one badge and for good', async () => {
    const { stores } = await open()
    await addFoundations(stores)
    await addIntended(stores, 1)
    await addIntended(stores, 2)
    await stores.badges.insert(aBadge())
    await stores.badges.insert(aBadge({ code: 'code-2', reviewRecordId: 'record-2' }))
    await stores.badges.hide('code-1')
    const consent = { name: 'hidden', evidence: 'hidden', listed: false }
    expect(await stores.badges.find('code-1')).toStrictEqual({ ...aBadge(), consent })
    expect((await stores.badges.find('code-2'))?.consent).toEqual(aBadge().consent)
  })

  it('takes one badge per code and per review', async () => {
    const { stores } = await open()
    await addFoundations(stores)
    await addIntended(stores, 1)
    await addIntended(stores, 2)
    await stores.badges.insert(aBadge())
    expect(await stores.badges.insert(aBadge({ reviewRecordId: 'record-2' }))).toBe(false)
    expect(await stores.badges.insert(aBadge({ code: 'code-2' }))).toBe(false)
    expect((await stores.badges.find('code-1'))?.reviewRecordId).toBe('record-1')
  })

  it('refuses a badge that was never intended, or of an unknown achievement', async () => {
    const { stores } = await open()
    await addFoundations(stores)
    await addIntended(stores, 1)
    await expect(stores.badges.insert(aBadge({ code: 'code-9' }))).rejects.toThrow()
    await expect(stores.badges.insert(aBadge({ achievementVersion: 2 }))).rejects.toThrow()
    expect(await stores.badges.listCodes(10)).toEqual([])
  })

  it('lists codes in issuing order, in pages', async () => {
    const { stores } = await open()
    await addFoundations(stores)
    const issued = [
      [1, '2026-03-02T16:20:03Z'],
      [2, '2026-03-02T16:20:01Z'],
      [3, '2026-03-02T16:20:02Z'],
      [4, '2026-03-02T16:20:01Z'],
    ] as const
    for (const [n, issuedAt] of issued) {
      await addIntended(stores, n)
      await stores.badges.insert(
        aBadge({ code: `code-${n}`, reviewRecordId: `record-${n}`, issuedAt }),
      )
    }
    expect(await stores.badges.listCodes(3)).toEqual(['code-2', 'code-4', 'code-3'])
    expect(await stores.badges.listCodes(3, 'code-2')).toEqual(['code-4', 'code-3', 'code-1'])
    expect(await stores.badges.listCodes(3, 'code-3')).toEqual(['code-1'])
    expect(await stores.badges.listCodes(3, 'code-1')).toEqual([])
    expect(await stores.badges.listCodes(3, 'unknown')).toEqual([])
  })
})
