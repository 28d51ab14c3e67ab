import { expect, it } from 'vitest'
import type { OwedMail } from '../../src/application/ports/mail.js'
import { describeEachDatabase } from '../support/databases.js'
import { NOW } from './records.js'

const LATER = '2026-03-02T16:21:00Z'
const MAIL: OwedMail = {
  mailId: 'm1',
  kind: 'sign-in',
  about: 's1',
  state: 'owed',
  attempts: 0,
  nextAt: NOW,
  createdAt: NOW,
}

describeEachDatabase('MailStore', (open) => {
  it('lists what is due, longest due first, and what is about somebody', async () => {
    const { mails } = (await open()).stores
    await mails.insert({ ...MAIL, mailId: 'm2', nextAt: LATER })
    await mails.insert({ ...MAIL, mailId: 'm3', about: 's2' })
    await mails.insert(MAIL)
    await mails.insert({ ...MAIL, mailId: 'm4', state: 'sent' })
    const ids = (found: readonly OwedMail[]) => found.map(({ mailId }) => mailId)
    expect(ids(await mails.listDue(NOW, 10))).toEqual(['m1', 'm3'])
    expect(ids(await mails.listDue(LATER, 10))).toEqual(['m1', 'm3', 'm2'])
    expect(ids(await mails.listDue(LATER, 1))).toEqual(['m1'])
    expect(ids(await mails.listAbout('s1'))).toEqual(['m1', 'm2', 'm4'])
    expect((await mails.listAbout('s2'))[0]).toStrictEqual({ ...MAIL, mailId: 'm3', about: 's2' })
    await mails.removeAbout('s1')
    expect(ids(await mails.listDue(LATER, 10))).toEqual(['m3'])
  })

  it('lets one of several claim an attempt', async () => {
    const [here, there] = [await open(), await open()]
    await here.stores.mails.insert(MAIL)
    const claims = Array.from({ length: 10 }, (_, n) =>
      (n % 2 ? here : there).stores.mails.claim(MAIL, LATER),
    )
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1)
    expect(await here.stores.mails.listDue(NOW, 10)).toEqual([])
    expect((await here.stores.mails.listDue(LATER, 10))[0]?.nextAt).toBe(LATER)
  })

  it('keeps what became of an attempt', async () => {
    const { mails } = (await open()).stores
    await mails.insert(MAIL)
    const failed = { ...MAIL, attempts: 1, nextAt: LATER, failure: '451 later' }
    await mails.settle(failed)
    expect(await mails.listAbout('s1')).toStrictEqual([failed])
    const { failure: _failure, ...rest } = failed
    const sent = { ...rest, attempts: 2, state: 'sent' } as const
    await mails.settle(sent)
    expect(await mails.listAbout('s1')).toStrictEqual([sent])
    expect(await mails.claim(sent, NOW)).toBe(false)
  })
})
