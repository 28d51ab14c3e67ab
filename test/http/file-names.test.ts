/** Names of files: those that clients send are not read, those that we send are made of our own codes. */
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyForm } from '../support/http-forms.js'
import { type BadgeAnswer, type HttpService, openWithBadge } from '../support/http-service.js'

const NAMES = [
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  'C:\\badge.json',
  'file:///etc/passwd',
  'badge.json%00.png',
  '%2e%2e%2fkeys%2fkey.json',
  '<img src=x onerror=alert(1)>.svg',
  'badge\u202egnp.json',
  `${'a'.repeat(5000)}.json`,
  'x%0d%0aSet-Cookie: a=b',
  '$(touch /tmp/owned)',
  '`id`',
  '-rf',
  'CON',
  '.',
  '.env',
  '__proto__',
]

/** A page without what is new in every one: its receipt and the time. */
const stable = (page: string) =>
  page.replace(/ value="eyJ[^"]+"/, '').replaceAll(/\d{4}-\d\d-\d\dT[^"]+"|\d\d:\d\d UTC/g, '')

let http: HttpService
let badge: BadgeAnswer
let stored: string

beforeAll(async () => {
  ;({ http, badge, stored } = await openWithBadge())
})
afterAll(() => http.close())

describe('a name that a client gives its file', () => {
  it.each(NAMES)('changes nothing, and is said nowhere: %j', async (name) => {
    const before = readdirSync(tmpdir()).sort()
    const answer = await http.send(verifyForm({ file: { name, bytes: stored } }))
    const usual = await http.send(verifyForm({ file: { name: 'badge.json', bytes: stored } }))
    expect(answer.status).toBe(200)
    expect(stable(answer.text) === stable(usual.text)).toBe(true)
    expect(Object.keys(answer.headers)).toEqual(Object.keys(usual.headers))
    expect(answer.headers['set-cookie']).toBeUndefined()
    const added = readdirSync(tmpdir()).filter((one) => !before.includes(one))
    expect(added.filter((one) => one === 'owned' || name.includes(one))).toEqual([])
  })

  it.each(['name\r\nX-Evil: 1', 'name"; name="url', 'na\0me'])(
    'that breaks out of its line adds no header and no field: %j',
    async (name) => {
      const answer = await http.send(verifyForm({ file: { name, bytes: stored } }))
      expect([200, 400, 422]).toContain(answer.status)
      expect(answer.headers['x-evil']).toBeUndefined()
      expect(answer.text).not.toContain('X-Evil')
    },
  )
})

describe('a name that we give a file', () => {
  it.each(['json', 'jwt', 'png', 'svg'])('is made of the code alone: %s', async (ending) => {
    const { headers } = await http.send({ path: `/badges/${badge.code}.${ending}` })
    expect(headers['content-disposition']).toBe(`inline; filename="badge-${badge.code}.${ending}"`)
    expect(badge.code).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  it.each([
    '/badges/..%2f..%2fkeys%2fkey.json',
    '/badges/..%5c..%5ckeys.json',
    '/badges/%2e%2e/%2e%2e/etc/passwd',
    '/badges/x%0d%0aX-Evil:%201.json',
    '/badges/x%22%3b%20filename=evil.json',
    '/badges/x%00.png',
    '/achievements/..%2f..%2f/1/image',
    '/status/..%2f1',
    '/endorsements/..%2fx.json',
    '//etc/passwd',
    '/badges/.json',
  ])('is never one of the asker’s, and no file is read by it: %s', async (path) => {
    const answer = await http.send({ path })
    expect([400, 404]).toContain(answer.status)
    expect(answer.headers['content-disposition']).toBeUndefined()
    expect(answer.headers['x-evil']).toBeUndefined()
    expect(answer.text).not.toContain('root:')
  })
})
