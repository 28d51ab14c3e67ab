/** In at the desk's door and out again, and every way in which that must not work. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../src/application/ports/environment.js'
import { endStaff, renewStaffLink } from '../../src/application/staff/manage-staff.js'
import { browser, cookieIn, type Desk, openDesk, ownForm } from '../support/desk.js'
import { BROWSER_ACCEPT } from '../support/http-forms.js'
import { NOW } from '../support/service.js'

const MINUTE_MS = 60_000
let now = NOW
const clock: Clock = { now: () => now }
let desk: Desk

beforeEach(async () => {
  now = NOW
  desk = await openDesk({ clock, withAchievement: false })
})
afterEach(() => desk.close())

const use = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  desk.send({ method: 'POST', path, headers: { ...ownForm(), ...headers } })

describe('a link', () => {
  it('signs nobody in before the button is pressed, then once', async () => {
    const link = await desk.invite('ada@example.org', 'admin')
    const before = desk.digest()
    const page = await desk.send({ path: link, headers: { Accept: BROWSER_ACCEPT } })
    expect([page.status, page.headers['set-cookie']]).toEqual([200, undefined])
    expect(page.text).toContain('<strong>ada@example.org</strong>')
    expect(desk.digest()).toBe(before)

    const answer = await use(link)
    expect([answer.status, answer.headers.location]).toEqual([303, '/staff'])
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-imprimatur=[0-9a-z]{52}; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ])
    expect((await browser(desk, cookieIn(answer)).get('/staff')).status).toBe(200)

    const again = await use(link)
    expect([again.status, again.headers['set-cookie']]).toEqual([410, undefined])
    expect(again.text).toContain('This link was used before')
  })

  it.each([
    ['cut off', (link: string) => link.slice(0, -3), 'This link is not whole'],
    ['forged', (link: string) => `${link.slice(0, -4)}0000`, 'This link is not known here'],
  ])('that is %s opens nothing', async (_name, change, sentence) => {
    const link = change(await desk.invite('ada@example.org', 'admin'))
    for (const method of ['GET', 'POST']) {
      const answer = await desk.send({ method, path: link, headers: ownForm() })
      expect([answer.status, answer.headers['set-cookie']]).toEqual([410, undefined])
      expect(answer.text).toContain(sentence)
    }
  })

  it('works for three days', async () => {
    const link = await desk.invite('ada@example.org', 'admin')
    now = NOW + 72 * 60 * MINUTE_MS
    expect((await use(link)).text).toContain('This link is too old')
    now -= 1000
    expect((await use(link)).status).toBe(303)
  })

  it('of somebody whose access was ended opens nothing', async () => {
    await desk.invite('other@example.org', 'admin')
    const link = await desk.invite('ada@example.org', 'viewer')
    const member = await desk.service.issuing.database.stores.staff.findByEmail('ada@example.org')
    await endStaff(desk.service.issuing, { name: 'test' }, member?.staffId ?? '')
    expect((await use(link)).text).toContain('This link is not known here')
  })

  it('is used by one of two who press at once', async () => {
    const link = await desk.invite('ada@example.org', 'admin')
    const answers = await Promise.all([use(link), use(link), use(link)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410])
  })

  it('is kept as a hash only, and so is the session', async () => {
    const link = await desk.invite('ada@example.org', 'admin')
    const token = link.split('/').at(-1) ?? 'none'
    const { cookie } = await desk.signIn(link)
    const { sessions, signInLinks } = desk.service.issuing.database.stores
    const hash = desk.service.issuing.hasher.sha256Hex
    expect(await signInLinks.find(token)).toBeUndefined()
    expect(await signInLinks.find(hash(token))).toBeDefined()
    const secret = cookie.split('=')[1] ?? 'none'
    expect(await sessions.find(secret)).toBeUndefined()
    expect(await sessions.find(hash(secret))).toBeDefined()
  })
})

describe('a session', () => {
  it('ends after two hours without a request, and after twelve at all', async () => {
    const ada = await desk.as('admin')
    for (let hour = 0; hour < 12; hour += 1) {
      expect((await ada.get('/staff')).status).toBe(200)
      now += 60 * MINUTE_MS
    }
    expect((await ada.get('/staff')).status).toBe(303)

    const idle = await desk.as('admin')
    now += 119 * MINUTE_MS
    expect((await idle.get('/staff')).status).toBe(200)
    now += 120 * MINUTE_MS
    expect((await idle.get('/staff')).status).toBe(303)
  })

  it('is over once signed out, also for who kept the cookie', async () => {
    const ada = await desk.as('admin')
    const answer = await ada.post('/staff/sign-out')
    expect([answer.status, answer.headers.location]).toEqual([303, '/staff/sign-in'])
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^__Host-imprimatur=; .*Expires=Thu, 01 Jan 1970/,
    )
    expect((await ada.get('/staff')).status).toBe(303)
    expect((await ada.post('/staff/sign-out')).status).toBe(403)
  })

  it('signs out everywhere', async () => {
    const first = await desk.signIn(await desk.invite('ada@example.org', 'admin'))
    const second = await desk.signIn(await anotherLink('ada@example.org'))
    const other = await desk.as('admin')
    expect((await second.get('/staff')).status).toBe(200)
    await first.post('/staff/sign-out-everywhere')
    expect((await first.get('/staff')).status).toBe(303)
    expect((await second.get('/staff')).status).toBe(303)
    expect((await other.get('/staff')).status).toBe(200)
  })

  it('is a new one whatever cookie the browser brought, and the old one ends', async () => {
    const fixed = `__Host-imprimatur=${'a'.repeat(52)}`
    const answer = await use(await desk.invite('ada@example.org', 'admin'), { Cookie: fixed })
    expect(cookieIn(answer)).not.toBe(fixed)
    expect((await browser(desk, fixed).get('/staff')).status).toBe(303)

    const before = await desk.as('admin')
    const next = await use(await desk.invite('bea@example.org', 'viewer'), {
      Cookie: before.cookie,
    })
    expect(next.status).toBe(303)
    expect((await before.get('/staff')).status).toBe(303)
  })

  it('ends with the access, and a changed role holds from the next request on', async () => {
    const admin = await desk.as('admin')
    const viewer = await desk.signIn(await desk.invite('vic@example.org', 'viewer'))
    const { stores } = desk.service.issuing.database
    const id = (await stores.staff.findByEmail('vic@example.org'))?.staffId ?? ''
    expect((await viewer.get('/staff/people')).status).toBe(403)
    await admin.post(`/staff/people/${id}/role`, { role: 'admin' })
    expect((await viewer.get('/staff/people')).status).toBe(200)
    await admin.post(`/staff/people/${id}/end`)
    expect((await viewer.get('/staff')).status).toBe(303)
  })

  it.each([
    'imprimatur=x',
    '__Host-imprimatur=',
    `__Host-imprimatur=${'é'.repeat(52)}`,
    `__Host-imprimatur=${'a'.repeat(7000)}`,
    '__Host-imprimatur=%E0%A4%A',
    ';;;=;',
  ])('is not found for the cookie %#', async (cookie) => {
    const answer = await desk.send({
      path: '/staff',
      headers: { Cookie: Buffer.from(cookie).toString('latin1') },
    })
    expect(answer.status).toBe(303)
  })
})

describe('a form', () => {
  it.each([
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a neighbour', { 'Sec-Fetch-Site': 'same-site' }],
    ['from another origin', { 'Sec-Fetch-Site': undefined, Origin: 'https://evil.example' }],
    ['from an opaque origin', { 'Sec-Fetch-Site': undefined, Origin: 'null' }],
  ])('%s does nothing', async (_name, change) => {
    const ada = await desk.as('admin')
    const link = await desk.invite('bea@example.org', 'viewer')
    const headers = Object.fromEntries(
      Object.entries({ ...ownForm(), ...change }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>
    const body = new URLSearchParams({
      key: await ada.formKey(),
      email: 'x@example.org',
      role: 'admin',
    }).toString()
    const before = desk.digest()
    const invited = await desk.send({
      method: 'POST',
      path: '/staff/people',
      headers: { ...headers, Cookie: ada.cookie },
      body,
    })
    expect([
      invited.status,
      (await desk.send({ method: 'POST', path: link, headers })).status,
    ]).toEqual([403, 403])
    expect(invited.text).toContain('This was not sent from our page')
    expect(desk.digest()).toBe(before)
  })

  it('without the key of its session does nothing', async () => {
    const ada = await desk.as('admin')
    const bea = await desk.as('admin')
    const before = desk.digest()
    for (const key of ['', 'x', await bea.formKey()]) {
      const answer = await ada.post('/staff/people', { key, email: 'x@example.org', role: 'admin' })
      expect(answer.status).toBe(403)
    }
    expect(desk.digest()).toBe(before)
  })

  it('of another kind than ours, or too large, is refused', async () => {
    const ada = await desk.as('admin')
    const send = (type: string, body: string) =>
      desk.send({
        method: 'POST',
        path: '/staff/people',
        headers: { ...ownForm(), Cookie: ada.cookie, 'Content-Type': type },
        body,
      })
    expect((await send('application/json', '{}')).status).toBe(415)
    expect(
      (await send('application/x-www-form-urlencoded', `key=${'x'.repeat(70_000)}`)).status,
    ).toBe(413)
  })
})

async function anotherLink(email: string): Promise<string> {
  const { link } = await renewStaffLink(desk.service.issuing, { name: 'test' }, email)
  return new URL(link).pathname
}
