/** The earner's link: what opens it, what uses it up, and what is told to whom. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeLetter } from '../../src/adapters/mail/write-letter.js'
import { sendOwedMail } from '../../src/application/mail/send-owed-mail.js'
import type { Letter } from '../../src/application/ports/mail.js'
import { choose, claimPath, openPage } from '../support/claims.js'
import { ownForm } from '../support/desk.js'
import { BROWSER_ACCEPT } from '../support/http-forms.js'
import { expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'
import { NOW } from '../support/service.js'

const NOTHING = { name: 'hidden', evidence: [], listed: false, preview: 'plain' } as const
const SMTP = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'badges@example.org' }
const EARNER = 'earner@example.org'

let now = NOW
let http: HttpService
let badge: BadgeAnswer
let number = 0

beforeAll(async () => {
  http = await openHttpService({ clock: { now: () => now }, env: SMTP })
})
afterAll(() => http.close())
beforeEach(async () => {
  number += 1
  badge = await http.badge({
    id: `claim-${number}`,
    candidate: { name: 'Ana López', email: EARNER },
    consent: undefined,
  })
})

/** Sends all that is owed, and gives the letters. */
async function letters(): Promise<readonly Letter[]> {
  const sent: Letter[] = []
  const sender = {
    send: async (letter: Letter) => {
      sent.push(letter)
      return { kind: 'accepted' } as const
    },
    close: () => {},
  }
  const parts = { ...http.service.issuing, issuerName: 'FRL', language: 'en' as const }
  while ((await sendOwedMail({ ...parts, write: writeLetter, sender })) > 0);
  return sent
}

const pathIn = (letter: Letter | undefined) => /\/claim\/[0-9a-z]{52}/.exec(letter?.text ?? '')?.[0]

describe('an issued badge', () => {
  it('owes its earner one letter, whose link claims it', async () => {
    const [letter, ...more] = (await letters()).slice(-1)
    expect(more).toEqual([])
    expect(letter?.to).toBe(EARNER)
    expect(letter?.subject).toContain('Empowering Students as Creators')
    const answer = await choose(http, pathIn(letter) ?? '', { ...NOTHING, name: 'initials' })
    expect(answer.status).toBe(303)
    const page = await openPage(http, `/badges/${badge.code}`)
    expect(page.text).toContain('A. L.')
    expect(page.text).not.toContain('López')
  })

  it('says that it is unclaimed, without a name, until then', async () => {
    const path = await claimPath(http, badge.code)
    expect((await openPage(http, `/badges/${badge.code}`)).text).toContain('not yet claimed')
    await choose(http, path, NOTHING)
    expect((await openPage(http, `/badges/${badge.code}`)).text).not.toContain('not yet claimed')
  })
})

describe('a link', () => {
  it('changes nothing when it is opened, however often', async () => {
    const path = await claimPath(http, badge.code)
    const before = http.digest()
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await http.send({ method, path, headers: { Accept: BROWSER_ACCEPT } })
      expect(answer.status).toBe(200)
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.headers['referrer-policy']).toBe('same-origin')
    }
    expect(http.digest()).toBe(before)
  })

  it('is kept as a hash', async () => {
    const token = (await claimPath(http, badge.code)).slice('/claim/'.length)
    const hash = http.service.issuing.hasher.sha256Hex(token)
    const { claimLinks } = http.service.issuing.database.stores
    expect(await claimLinks.find(token)).toBeUndefined()
    expect((await claimLinks.find(hash))?.code).toBe(badge.code)
  })

  it('saves once; of two that are sent at once, one', async () => {
    const path = await claimPath(http, badge.code)
    const answers = await Promise.all([0, 1].map(() => choose(http, path, NOTHING)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
    const late = await openPage(http, path)
    expect(late.status).toBe(410)
    expect(late.text).toContain('was used before')
  })

  it('goes on with the next one for an hour', async () => {
    const first = await choose(http, await claimPath(http, badge.code), NOTHING)
    const next = new URL(first.headers.location ?? '').pathname
    expect((await openPage(http, `${next}?saved`)).text).toContain('Saved.')
    now += 59 * 60_000
    expect((await openPage(http, next)).status).toBe(200)
    now += 2 * 60_000
    expect((await openPage(http, next)).text).toContain('too old')
  })

  it.each([
    ['cut off', (path: string) => path.slice(0, -1), 'not whole'],
    ['forged', (path: string) => `${path.slice(0, -6)}000000`, 'not known'],
  ])('that is %s opens nothing', async (_, spoil, words) => {
    const spoilt = spoil(await claimPath(http, badge.code))
    const before = http.digest()
    for (const answer of [
      await openPage(http, spoilt),
      await openPage(http, `${spoilt}/badge.json`),
      await choose(http, spoilt, NOTHING),
    ]) {
      expect(answer.status).toBe(410)
      expect(answer.text).toContain(words)
    }
    expect(http.digest()).toBe(before)
  })

  it('is too old after sixty days', async () => {
    const path = await claimPath(http, badge.code)
    now += 61 * 24 * 3_600_000
    expect((await openPage(http, path)).status).toBe(410)
    expect((await choose(http, path, NOTHING)).status).toBe(410)
  })

  it('gives the files to its earner, and to nobody without it', async () => {
    const path = await claimPath(http, badge.code)
    const stored = await http.service.issuing.database.stores.badges.find(badge.code)
    for (const [form, type] of [
      ['.json', 'application/json'],
      ['.jwt', 'application/vc+jwt'],
      ['.png', 'image/png'],
      ['.svg', 'image/svg+xml'],
    ] as const) {
      const answer = await http.send({ path: `${path}/badge${form}` })
      expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
      expect(answer.headers['content-disposition']).toContain('attachment')
      expect((await http.send({ path: `/badges/${badge.code}${form}` })).status).toBe(403)
      if (form === '.json') expect(answer.text).toBe(stored?.securedJson)
      if (form === '.jwt') expect(answer.text).toBe(stored?.token)
    }
    expect((await http.send({ path: `${path}/badge.exe` })).status).toBe(404)
  })

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another origin', { 'Sec-Fetch-Site': '', Origin: 'https://evil.example' }],
  ])('saves nothing that %s sends', async (_, headers) => {
    const path = await claimPath(http, badge.code)
    const before = http.digest()
    const sent = Object.entries({ ...ownForm(), ...headers }).filter(([, value]) => value !== '')
    const answer = await http.send({
      method: 'POST',
      path,
      headers: Object.fromEntries(sent),
      body: 'name=shown&preview=named',
    })
    expect(answer.status).toBe(403)
    expect(http.digest()).toBe(before)
  })

  it.each([
    ['no name', 'preview=named', '/name'],
    ['another name', 'name=mine&preview=named', '/name'],
    ['no preview', 'name=shown', '/preview'],
    ['a piece of work that is not there', 'name=shown&preview=named&evidence=9', '/evidence'],
    ['a position that is none', 'name=shown&preview=named&evidence=0x0', '/evidence'],
  ])('refuses a form with %s', async (_, body, pointer) => {
    const path = await claimPath(http, badge.code)
    const before = http.digest()
    const headers = { ...ownForm(), Accept: 'application/json' }
    const answer = await http.send({ method: 'POST', path, headers, body })
    expectProblem(answer, { status: 422, code: 'REQUEST_INVALID', pointer })
    expect(http.digest()).toBe(before)
  })
})

describe('a fresh link', () => {
  const ask = (code: string) =>
    http.send({ method: 'POST', path: `/badges/${code}/yours`, headers: ownForm() })

  it('goes to the earner, and the page tells nobody anything', async () => {
    await letters()
    expect((await openPage(http, `/badges/${badge.code}/yours`)).text).toContain('fresh link')
    const answer = await ask(badge.code)
    const none = await ask('0'.repeat(26))
    expect(answer.status).toBe(200)
    expect(answer.text.replaceAll(badge.code, 'X')).toBe(none.text.replaceAll('0'.repeat(26), 'X'))
    expect(answer.text).not.toContain(EARNER)
    await expect.poll(async () => (await letters()).map(({ to }) => to)).toEqual([EARNER])
  })

  it('is owed once, however often it is asked for, and not too often', async () => {
    await letters()
    const answers = [await ask(badge.code), await ask(badge.code), await ask(badge.code)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await expect.poll(async () => (await letters()).length).toBe(1)
    expect((await ask(badge.code)).status).toBe(429)
  })
})
