/** Owed mail through a real SMTP server: taken, refused, busy, stalling, dying. Nothing lost, nothing doubled. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSmtpSender } from '../../src/adapters/mail/smtp-sender.js'
import { writeLetter } from '../../src/adapters/mail/write-letter.js'
import { type MailParts, sendOwedMail } from '../../src/application/mail/send-owed-mail.js'
import type { Clock } from '../../src/application/ports/environment.js'
import type { OwedMail } from '../../src/application/ports/mail.js'
import { endStaff, inviteStaff } from '../../src/application/staff/manage-staff.js'
import { readSignInLink } from '../../src/application/staff/sign-in-links.js'
import { linkIn, type MailServer, openMailServer } from '../support/mail-server.js'
import { NOW, openTestService, type TestService } from '../support/service.js'

const MINUTE_MS = 60_000
const ACTOR = { name: 'test' }
let now = NOW
const clock: Clock = { now: () => now }
let server: MailServer
let place: TestService
let parts: MailParts

beforeEach(async () => {
  now = NOW
  server = await openMailServer()
  place = await openTestService({ clock, withAchievement: false })
  parts = {
    ...place.service.issuing,
    issuerName: 'Future Ready Librarians',
    language: 'en',
    write: writeLetter,
    sender: createSmtpSender({ url: server.url, from: 'Badges <badges@example.org>', waitMs: 500 }),
  }
})
afterEach(async () => {
  parts.sender.close()
  await place.close()
  await server.close()
})

async function owe(email = 'ada@example.org'): Promise<string> {
  const request = { email, role: 'admin' }
  return (await inviteStaff(parts, ACTOR, request, 'mail')).member.staffId
}

async function mailOf(staffId: string): Promise<OwedMail | undefined> {
  return (await parts.database.stores.mails.listAbout(staffId))[0]
}

describe('a mail server', () => {
  it('that takes it gets one letter, with a link that works', async () => {
    const staffId = await owe()
    expect([await sendOwedMail(parts), await sendOwedMail(parts)]).toEqual([1, 0])
    expect(server.letters).toHaveLength(1)
    const [letter] = server.letters
    const mail = await mailOf(staffId)
    expect(mail).toMatchObject({ state: 'sent', attempts: 1 })
    expect(letter).toMatchObject({
      from: { name: 'Badges', address: 'badges@example.org' },
      subject: 'You can work at the desk of Future Ready Librarians',
      messageId: `<${mail?.mailId}@badges.example.org>`,
    })
    expect(letter?.to?.map(({ address }) => address)).toEqual(['ada@example.org'])
    const link = letter === undefined ? '' : linkIn(letter)
    expect(letter?.html).toContain(`href="${link}"`)
    const member = await readSignInLink(parts, link.split('/').at(-1) ?? '')
    expect(member.staffId).toBe(staffId)
  })

  it('that refuses the address for good is not asked again, and why is kept without the address', async () => {
    server.manner = 'refuses'
    const staffId = await owe()
    await sendOwedMail(parts)
    const mail = await mailOf(staffId)
    expect(mail).toMatchObject({ state: 'given-up', attempts: 1 })
    expect(mail?.failure).toMatch(/^550 .*no mailbox … here/)
    now += 120 * MINUTE_MS
    expect(await sendOwedMail(parts)).toBe(0)
  })

  it.each(['is-busy', 'stalls'] as const)(
    'that %s is asked again until it takes it',
    async (manner) => {
      server.manner = manner
      const staffId = await owe()
      await sendOwedMail(parts)
      const failed = await mailOf(staffId)
      expect(failed).toMatchObject({ state: 'owed', attempts: 1, failure: expect.any(String) })
      expect(await sendOwedMail(parts)).toBe(0)
      server.manner = 'takes'
      now += MINUTE_MS
      expect(await sendOwedMail(parts)).toBe(1)
      expect(await mailOf(staffId)).toMatchObject({ state: 'sent', attempts: 2 })
      expect(server.letters).toHaveLength(1)
    },
  )

  it('that is down for an hour loses nothing', async () => {
    const { url } = server
    await server.close()
    const people = [await owe('ada@example.org'), await owe('bea@example.org')]
    for (let minute = 0; minute < 60; minute += 1) {
      await sendOwedMail(parts)
      now += MINUTE_MS
    }
    for (const one of people)
      expect(await mailOf(one)).toMatchObject({ state: 'owed', attempts: 6 })
    server = await openMailServer()
    const sender = createSmtpSender({ url: server.url, from: 'badges@example.org' })
    expect(server.url).not.toBe(url)
    now += 64 * MINUTE_MS
    expect(await sendOwedMail({ ...parts, sender })).toBe(2)
    expect(server.letters.map(({ to }) => to?.[0]?.address).sort()).toEqual([
      'ada@example.org',
      'bea@example.org',
    ])
    sender.close()
  })

  it('that dies once it has the letter gets the same mail again, known by its Message-ID', async () => {
    server.manner = 'dies'
    const staffId = await owe()
    await sendOwedMail(parts)
    expect(await mailOf(staffId)).toMatchObject({ state: 'owed', attempts: 1 })
    server.manner = 'takes'
    now += MINUTE_MS
    await sendOwedMail(parts)
    const ids = server.letters.map(({ messageId }) => messageId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    for (const letter of server.letters)
      expect(await readSignInLink(parts, linkIn(letter).split('/').at(-1) ?? '')).toBeDefined()
  })

  it('that never answers is given up after a day', async () => {
    server.manner = 'is-busy'
    const staffId = await owe()
    for (let hour = 0; hour < 30; hour += 1) {
      await sendOwedMail(parts)
      now += 60 * MINUTE_MS
    }
    expect(await mailOf(staffId)).toMatchObject({ state: 'given-up' })
  })
})

describe('owed mail', () => {
  it('is sent once by several processes that look at the same time', async () => {
    for (const name of ['ada', 'bea', 'cleo', 'dora']) await owe(`${name}@example.org`)
    const tried = await Promise.all([1, 2, 3].map(() => sendOwedMail(parts)))
    expect(tried.reduce((sum, one) => sum + one)).toBe(4)
    expect(server.letters).toHaveLength(4)
  })

  it('of a process that died on the way is sent by the next, once its claim is over', async () => {
    const staffId = await owe()
    const mail = await mailOf(staffId)
    if (mail === undefined) throw new Error('no mail')
    await parts.database.stores.mails.claim(mail, '2026-03-20T12:05:00Z')
    expect(await sendOwedMail(parts)).toBe(0)
    now += 5 * MINUTE_MS
    expect(await sendOwedMail(parts)).toBe(1)
  })

  it('to somebody whose access has ended is not sent', async () => {
    await owe('bea@example.org')
    const staffId = await owe()
    await endStaff(parts, ACTOR, staffId)
    await sendOwedMail(parts)
    expect(await mailOf(staffId)).toMatchObject({ state: 'given-up' })
    expect(server.letters.map(({ to }) => to?.[0]?.address)).toEqual(['bea@example.org'])
  })

  it('holds no address and no link while it waits', async () => {
    const staffId = await owe()
    const text = JSON.stringify(await mailOf(staffId))
    expect(text).not.toMatch(/@|https?:/)
  })
})
