import { expect, it } from 'vitest'
import type { StaffMember } from '../../src/domain/staff.js'
import { describeEachDatabase } from '../support/databases.js'
import { NOW } from './records.js'

const ADA: StaffMember = { staffId: 's1', email: 'ada@example.org', role: 'admin', invitedAt: NOW }
const DIA: StaffMember = {
  staffId: 's2',
  email: 'dia@example.org',
  role: 'district',
  district: 'vista-unified',
  invitedAt: NOW,
}
const LATER = '2026-03-02T17:20:00Z'

describeEachDatabase('StaffStore', (open) => {
  it('gives people back as they were inserted, by address', async () => {
    const { staff } = (await open()).stores
    expect([await staff.insert(DIA), await staff.insert(ADA)]).toEqual([true, true])
    expect(await staff.find('s2')).toStrictEqual(DIA)
    expect(await staff.findByEmail('ada@example.org')).toStrictEqual(ADA)
    expect(await staff.list()).toStrictEqual([ADA, DIA])
    expect(await staff.find('s3')).toBeUndefined()
  })

  it('takes an address once', async () => {
    const { staff } = (await open()).stores
    await staff.insert(ADA)
    expect(await staff.insert({ ...DIA, email: ADA.email })).toBe(false)
    expect(await staff.list()).toStrictEqual([ADA])
  })

  it('changes what somebody may do, ends it and lets them in again', async () => {
    const { staff } = (await open()).stores
    await staff.insert(DIA)
    await staff.change('s2', { role: 'viewer', endedAt: LATER })
    const { district: _district, ...rest } = DIA
    expect(await staff.find('s2')).toStrictEqual({ ...rest, role: 'viewer', endedAt: LATER })
    await staff.change('s2', { role: 'district', district: 'vista-unified' })
    expect(await staff.find('s2')).toStrictEqual(DIA)
  })

  it('never lets two admins end each other', async () => {
    const database = await open()
    const admins = [ADA, { ...ADA, staffId: 's3', email: 'bea@example.org' }]
    for (const admin of admins) await database.stores.staff.insert(admin)
    const endOther = (me: number) =>
      database.transaction(async ({ staff }) => {
        const here = await staff.holdAdmins()
        const target = admins[1 - me]
        if (here.length < 2 || target === undefined) return 'refused'
        await staff.change(target.staffId, { role: 'admin', endedAt: LATER })
        return 'ended'
      })
    const results = await Promise.all([endOther(0), endOther(1)])
    expect(results.sort()).toEqual(['ended', 'refused'])
    expect(await database.stores.staff.holdAdmins()).toHaveLength(1)
  })
})

describeEachDatabase('SignInLinkStore', (open) => {
  it('lets a link be used once', async () => {
    const { staff, signInLinks } = (await open()).stores
    await staff.insert(ADA)
    const link = { tokenHash: 'h1', staffId: 's1', expiresAt: LATER }
    await signInLinks.insert(link)
    expect(await signInLinks.find('h1')).toStrictEqual(link)
    expect([await signInLinks.use('h1', NOW), await signInLinks.use('h1', LATER)]).toEqual([
      true,
      false,
    ])
    expect(await signInLinks.find('h1')).toStrictEqual({ ...link, usedAt: NOW })
    expect(await signInLinks.use('none', NOW)).toBe(false)
  })

  it('forgets those of somebody, and those that are long over', async () => {
    const { staff, signInLinks } = (await open()).stores
    await staff.insert(ADA)
    await staff.insert(DIA)
    await signInLinks.insert({ tokenHash: 'h1', staffId: 's1', expiresAt: NOW })
    await signInLinks.insert({ tokenHash: 'h2', staffId: 's1', expiresAt: LATER })
    await signInLinks.insert({ tokenHash: 'h3', staffId: 's2', expiresAt: LATER })
    await signInLinks.removeExpired(LATER)
    expect([await signInLinks.find('h1'), (await signInLinks.find('h2'))?.tokenHash]).toEqual([
      undefined,
      'h2',
    ])
    await signInLinks.removeOf('s1')
    expect([await signInLinks.find('h2'), (await signInLinks.find('h3'))?.tokenHash]).toEqual([
      undefined,
      'h3',
    ])
  })
})

describeEachDatabase('SessionStore', (open) => {
  const SESSION = { secretHash: 'h1', staffId: 's1', openedAt: NOW, seenAt: NOW }

  it('keeps when somebody was seen, until it is removed', async () => {
    const { staff, sessions } = (await open()).stores
    await staff.insert(ADA)
    await sessions.insert(SESSION)
    await sessions.see('h1', LATER)
    expect(await sessions.find('h1')).toStrictEqual({ ...SESSION, seenAt: LATER })
    await sessions.remove('h1')
    expect(await sessions.find('h1')).toBeUndefined()
  })

  it('removes those of one person, or those opened before', async () => {
    const { staff, sessions } = (await open()).stores
    await staff.insert(ADA)
    await staff.insert(DIA)
    await sessions.insert(SESSION)
    await sessions.insert({ ...SESSION, secretHash: 'h2', openedAt: LATER })
    await sessions.insert({ ...SESSION, secretHash: 'h3', staffId: 's2', openedAt: LATER })
    const left = async () => {
      const found = await Promise.all(['h1', 'h2', 'h3'].map((hash) => sessions.find(hash)))
      return found.flatMap((session) => session?.secretHash ?? [])
    }
    await sessions.removeOpened(LATER)
    expect(await left()).toEqual(['h2', 'h3'])
    await sessions.removeOf('s1')
    expect(await left()).toEqual(['h3'])
  })
})
