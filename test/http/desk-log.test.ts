/** What was done, as admins read it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, type Desk, openDesk } from '../support/desk.js'

let desk: Desk
let admin: Browser

beforeAll(async () => {
  desk = await openDesk()
  admin = await desk.as('admin')
})
afterAll(() => desk.close())

it('names who did what, newest first, and goes on after a hundred', async () => {
  const { code } = await desk.badge({ id: 'logged' })
  await admin.post(`/staff/badges/${code}/link`)
  const { text } = await admin.get('/staff/log')
  expect(text).toContain('admin-1@example.org')
  expect(text.indexOf('badge.link-made')).toBeLessThan(text.indexOf('badge.issued'))
  const about = await admin.get(`/staff/log?subject=${code}`)
  expect(about.text.match(/data-label="Did"/g)).toHaveLength(2)
  const { audit } = desk.service.issuing.database.stores
  for (let count = 0; count < 100; count += 1)
    await audit.append({
      at: '2026-03-20T12:00:00Z',
      actor: 'cli',
      action: 'x',
      subject: '<b>',
      detail: {},
    })
  const first = await admin.get('/staff/log')
  expect(first.text.match(/data-label="Did"/g)).toHaveLength(100)
  expect(first.text).not.toContain('<b>')
  const [, href = ''] = /rel="next" href="([^"]+)"/.exec(first.text) ?? []
  expect((await admin.get(href.replaceAll('&amp;', '&'))).text).toContain('badge.link-made')
})
