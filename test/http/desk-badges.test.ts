/** Badges at the desk: found by those who may see them, changed by those who may, and erased by admins. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, type Desk, openDesk } from '../support/desk.js'
import type { BadgeAnswer } from '../support/http-service.js'

let desk: Desk
let admin: Browser
let issuer: Browser
let district: Browser

beforeAll(async () => {
  desk = await openDesk()
  admin = await desk.as('admin')
  issuer = await desk.as('issuer')
  district = await desk.as('district', 'vista-unified')
})
afterAll(() => desk.close())

let issued = 0
function issue(name: string, slug?: string): Promise<BadgeAnswer> {
  issued += 1
  const email = 'someone@example.org'
  const place = slug === undefined ? {} : { district: slug }
  return desk.badge({ id: `badge-${issued}`, candidate: { name, email, ...place } })
}

const pathOf = ({ code }: BadgeAnswer) => `/staff/badges/${code}`

describe('the list', () => {
  it('finds by name, code and district, and says what is nowhere', async () => {
    const badge = await issue('Quillfeather <b>', 'vista-unified')
    for (const query of [
      'text=quillf',
      `text=${badge.code.slice(0, 8)}`,
      'district=vista-unified',
    ]) {
      const { text } = await issuer.get(`/staff/badges?${query}`)
      expect(text).toContain(`href="${pathOf(badge)}"`)
      expect(text).toContain('Quillfeather &lt;b')
    }
    for (const query of ['text=nobody', 'district=elsewhere', 'state=revoked', 'claimed=yes'])
      expect((await issuer.get(`/staff/badges?${query}`)).text).toContain('No badge fits')
  })

  it('goes on after fifty, with what was looked for', async () => {
    for (let count = 0; count < 51; count += 1) await issue(`Page ${count}`, 'many')
    const first = await issuer.get('/staff/badges?text=page&district=many&claimed=no')
    const [, href = ''] = /rel="next" href="([^"]+)"/.exec(first.text) ?? []
    const second = await issuer.get(href.replaceAll('&amp;', '&'))
    expect(first.text.match(/data-label="Issued"/g)).toHaveLength(50)
    expect(second.text.match(/data-label="Issued"/g)).toHaveLength(1)
    expect(second.text).not.toContain('rel="next"')
  })
})

describe('a member of a district', () => {
  it('sees its own badges and no others, by list and by address', async () => {
    const own = await issue('Own One', 'vista-unified')
    const other = await issue('Other One', 'elsewhere')
    const none = await issue('No District')
    const { text } = await district.get('/staff/badges?district=elsewhere')
    expect(text).toContain('Own One')
    for (const name of ['Other One', 'No District']) expect(text).not.toContain(name)
    const page = await district.get(pathOf(own))
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('someone@example.org')
    expect(page.text).not.toContain('<summary>')
    for (const hidden of [other, none])
      expect((await district.get(pathOf(hidden))).status).toBe(404)
  })
})

describe('a change of status', () => {
  const change = (badge: BadgeAnswer, fields: Record<string, string>) =>
    issuer.post(`${pathOf(badge)}/status`, { reason: 'Looked into.', ...fields })

  it('is offered as far as there is one, and done with its reason', async () => {
    const badge = await issue('Standing')
    expect((await issuer.get(pathOf(badge))).text).toContain('Suspend it')
    const answer = await change(badge, { change: 'suspend' })
    expect([answer.status, answer.headers.location]).toEqual([303, pathOf(badge)])
    const suspended = await issuer.get(pathOf(badge))
    expect(suspended.text).toContain('Reinstate it')
    expect(suspended.text).toContain('Reason, not public')
    await change(badge, { change: 'reinstate' })
    await change(badge, { change: 'revoke', public: 'on', reason: 'Given by mistake.' })
    const revoked = await issuer.get(pathOf(badge))
    expect(revoked.text).toContain('It is revoked, which is final.')
    expect(revoked.text).not.toContain('Correct the name')
    const { text } = await desk.send({
      path: new URL(badge.url).pathname,
      headers: { Accept: 'text/html' },
    })
    expect(text).toContain('Given by mistake.')
    expect((await change(badge, { change: 'suspend' })).status).toBe(409)
  })

  it.each([
    ['without a reason', { change: 'revoke', reason: ' ' }],
    ['that is none', { change: 'burn' }],
  ])('%s is refused', async (_, fields) => {
    const badge = await issue('Refused')
    const before = desk.digest()
    expect((await change(badge, fields)).status).toBe(400)
    expect(desk.digest()).toBe(before)
  })

  it('of two at once is made once', async () => {
    const badge = await issue('Twice')
    const answers = await Promise.all([0, 1].map(() => change(badge, { change: 'revoke' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
  })
})

describe('a correction', () => {
  it('issues another badge and leads to it', async () => {
    const badge = await issue('Misspelt')
    const answer = await issuer.post(`${pathOf(badge)}/correction`, {
      name: 'Well Spelt',
      email: '',
      reason: 'The name was misspelt.',
    })
    expect(answer.status).toBe(303)
    const page = await issuer.get(answer.headers.location ?? '')
    expect(page.text).toContain('Well Spelt')
    expect((await issuer.get(pathOf(badge))).text).toContain('the badge in its place')
  })

  it('of nothing is refused', async () => {
    const badge = await issue('The Same')
    const fields = { name: 'The Same', email: 'someone@example.org', reason: 'Why.' }
    expect((await issuer.post(`${pathOf(badge)}/correction`, fields)).status).toBe(422)
  })
})

describe('a link to hand over', () => {
  it('is shown once and opens the badge', async () => {
    const badge = await issue('Handed Over')
    const { status, text } = await issuer.post(`${pathOf(badge)}/link`)
    expect(status).toBe(201)
    const [path = ''] = /\/claim\/[0-9a-z]{52}/.exec(text) ?? []
    expect((await desk.send({ path, headers: { Accept: 'text/html' } })).text).toContain(
      'Handed Over',
    )
    expect((await issuer.get(pathOf(badge))).text).not.toContain(path)
    const log = await desk.service.issuing.database.stores.audit.listFor(badge.code)
    expect(log.at(-1)).toMatchObject({
      action: 'badge.link-made',
      actor: expect.stringMatching(/^staff:/),
    })
  })
})

describe('erasing', () => {
  it('is for admins, and takes the code', async () => {
    const badge = await issue('Forgotten')
    const erase = (who: Browser, code: string) => who.post(`${pathOf(badge)}/erase`, { code })
    expect((await issuer.get(pathOf(badge))).text).not.toContain('Erase')
    expect((await erase(issuer, badge.code)).status).toBe(403)
    expect((await erase(admin, 'another')).status).toBe(422)
    expect((await admin.get(pathOf(badge))).text).toContain('Forgotten')
    const answer = await erase(admin, badge.code.toUpperCase())
    expect([answer.status, answer.headers.location]).toEqual([303, '/staff/badges'])
    expect((await admin.get(pathOf(badge))).status).toBe(410)
    expect((await admin.get('/staff/badges?text=forgotten')).text).toContain('No badge fits')
  })
})
