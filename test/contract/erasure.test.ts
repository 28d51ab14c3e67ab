import { expect, it } from 'vitest'
import { systemHasher } from '../../src/adapters/system/environment.js'
import { eraseBadge } from '../../src/application/erase-badge.js'
import { oweMail } from '../../src/application/mail/owe-mail.js'
import { createOwnRecords } from '../../src/application/own-records.js'
import type { Database } from '../../src/application/ports/stores.js'
import { describeEachDatabase } from '../support/databases.js'
import { aBadge, addFoundations, addIntended, anEndorsement, NOW } from './records.js'

const baseUrl = 'https://badges.example.org'
const clock = { now: () => Date.parse(NOW) }
const REASON = { text: 'Her name was misspelt', isPublic: true }
const CLAIM = { name: 'shown', evidence: [], listed: true, preview: 'named' } as const

/** Two badges, the second in the place of the first, and all that can be kept about them. */
async function addEverything({ stores }: Database): Promise<void> {
  await addFoundations(stores)
  for (const number of [1, 2]) {
    await addIntended(stores, number)
    const [code, reviewRecordId] = [`code-${number}`, `record-${number}`]
    await stores.reviews.move(reviewRecordId, 'approved', 'released')
    await stores.badges.insert(aBadge({ code, reviewRecordId, securedJson: '{"a":1}' }))
    await stores.badges.claim(code, CLAIM, NOW)
    const tokenHash = String(number).repeat(64)
    await stores.claimLinks.insert({ tokenHash, code, expiresAt: NOW })
    await oweMail({ clock, ids: { uuid: () => `mail-${number}` } as never }, stores, 'badge', code)
    await stores.reviewStops.put({
      reviewRecordId,
      state: 'held',
      reason: REASON.text,
      actor: 'staff:1',
      at: NOW,
    })
  }
  const subjectId = `${baseUrl}/badges/code-1`
  await stores.endorsements.insert(anEndorsement({ code: 'endorsement-1', subjectId }))
  await stores.corrections.put({ reviewRecordId: 'record-2', code: 'code-1', reason: REASON })
  const change = { reason: REASON, changedAt: NOW, replacedBy: 'code-2' }
  await stores.statusLists.moveEntry('code-1', 'valid', 'revoked', change)
}

describeEachDatabase('eraseBadge', (open) => {
  it.each(['code-1', 'code-2'])(
    'by %s leaves nothing of a person, also not of the other one',
    async (asked) => {
      const database = await open()
      await addEverything(database)
      const { stores } = database
      const parts = { baseUrl, database, clock, hasher: systemHasher }
      expect(await eraseBadge(parts, 'cli', asked)).toEqual(['code-1', 'code-2'])
      for (const number of [1, 2]) {
        const [code, record] = [`code-${number}`, `record-${number}`]
        expect(await stores.badges.find(code)).toBeUndefined()
        expect(await stores.intents.findByReview(record)).toBeUndefined()
        expect(await stores.claimLinks.find(String(number).repeat(64))).toBeUndefined()
        expect(await stores.mails.listAbout(code)).toEqual([])
        expect(await stores.reviewStops.find(record)).toBeUndefined()
        expect(await stores.corrections.findByReview(record)).toBeUndefined()
        const review = await stores.reviews.findById(record)
        expect(review).toMatchObject({ state: 'erased', contentDigest: '' })
        expect(review?.review).toMatchObject({ candidate: { name: '', email: '' }, evidence: [] })
        expect(await stores.audit.listFor(code)).toMatchObject([{ action: 'badge.erased' }])
      }
      expect(await stores.endorsements.find('endorsement-1')).toBeUndefined()
      const { reason, ...entry } = (await stores.statusLists.findEntry('code-1')) ?? {}
      expect(reason).toBeUndefined()
      expect(entry).toMatchObject({ state: 'revoked', replacedBy: 'code-2' })
    },
  )

  it('keeps the digest of what was said, for whoever still has it', async () => {
    const database = await open()
    await addEverything(database)
    const code = 'code-1'
    const before = await database.stores.badges.find(code)
    const parts = { baseUrl, database, clock, hasher: systemHasher }
    await eraseBadge(parts, 'cli', code)
    const records = createOwnRecords(parts)
    expect(await database.stores.erasures.find(code)).toEqual({
      code,
      contentDigest: systemHasher.sha256Hex('{"@context":[],"a":1}'),
      issuedAt: before?.issuedAt,
      erasedAt: NOW,
    })
    expect(await records.findIssued(`${baseUrl}/badges/${code}`)).toBeUndefined()
  })

  it('happens once, and to badges only', async () => {
    const database = await open()
    await addEverything(database)
    const parts = { baseUrl, database, clock, hasher: systemHasher }
    await eraseBadge(parts, 'cli', 'code-1')
    await expect(eraseBadge(parts, 'cli', 'code-2')).rejects.toThrow('was erased')
    await expect(eraseBadge(parts, 'cli', 'code-9')).rejects.toThrow('no badge with the code')
  })
})
