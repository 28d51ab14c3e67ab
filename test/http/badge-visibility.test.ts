/** What the earner hides stays hidden, in every form in which a badge is given out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'

/** Words that stand nowhere else, so that finding one means that it came from the review. */
const NAME = 'Zephyrine Quillfeather'
const INITIALS = 'Z. Q.'
const EMAIL = 'zephy.q@hidden-mailbox.example.org'
const REVIEWER = 'Obadiah Underlook'
const OPEN = {
  title: 'Marmalade film',
  text: 'Twelve pupils filmed marmalade.',
  url: 'https://media.example.org/marmalade',
}
const SEALED = { title: 'Periwinkle diary', text: 'The periwinkle diary of one pupil.' }

type Case = {
  readonly nameInBadge: 'on' | 'off'
  readonly name: 'shown' | 'initials' | 'hidden'
  readonly evidence: 'shown' | 'hidden'
  readonly isPublic: boolean
}

const CASES: readonly Case[] = (['on', 'off'] as const).flatMap((nameInBadge) =>
  (['shown', 'initials', 'hidden'] as const).flatMap((name) =>
    (['shown', 'hidden'] as const).flatMap((evidence) =>
      [true, false].map((isPublic) => ({ nameInBadge, name, evidence, isPublic })),
    ),
  ),
)

const services = new Map<string, HttpService>()

beforeAll(async () => {
  for (const setting of ['on', 'off'])
    services.set(setting, await openHttpService({ env: { NAME_IN_BADGE: setting } }))
})
afterAll(async () => {
  for (const service of services.values()) await service.close()
})

function serviceFor({ nameInBadge }: Case): HttpService {
  const service = services.get(nameInBadge)
  if (service === undefined) throw new Error('no service')
  return service
}

function issue(one: Case): Promise<BadgeAnswer> {
  return serviceFor(one).badge({
    id: `${one.name}-${one.evidence}-${one.isPublic}`,
    candidate: { name: NAME, email: EMAIL },
    reviewers: [{ name: REVIEWER, role: 'assessor' }],
    evidence: [
      { kind: 'documentation', name: OPEN.title, narrative: OPEN.text, public: one.isPublic },
      { kind: 'documentation', name: OPEN.title, url: OPEN.url, public: one.isPublic },
      { kind: 'reflection', name: SEALED.title, narrative: SEALED.text, public: false },
    ],
    consent: { name: one.name, evidence: one.evidence, listed: false },
  })
}

/** Fails when a text gives away a person or what was hidden; `allowed` may stand there. */
function expectSilent(text: string, allowed: readonly string[]): void {
  const secrets = [...NAME.split(' '), ...EMAIL.split('@'), ...REVIEWER.split(' ')]
  const words = [...secrets, INITIALS, OPEN.title, OPEN.text, OPEN.url, SEALED.title, SEALED.text]
  for (const word of [...words, 'marmalade', 'periwinkle', 'sha256$']) {
    if (!allowed.some((one) => one.includes(word)))
      expect(text.toLowerCase()).not.toContain(word.toLowerCase())
  }
}

describe('a badge', () => {
  for (const one of CASES) {
    const { nameInBadge, name, evidence, isPublic } = one
    const named = `NAME_IN_BADGE ${nameInBadge}, name ${name}, evidence ${evidence}`
    it(`${named}, ${isPublic ? 'public' : 'sealed'}`, async () => {
      const badge = await issue(one)
      await expectPage(one, badge)
      await expectDocument(one, badge)
      await expectReport(one, badge)
      await expectQr(one, badge)
    })
  }
})

function openWords({ evidence, isPublic }: Case): readonly string[] {
  return evidence === 'shown' && isPublic ? [OPEN.title, OPEN.text, OPEN.url] : []
}

/** The page and its verdict are there for everyone, with what the earner shows and nothing else. */
async function expectPage(one: Case, badge: BadgeAnswer): Promise<void> {
  const { send } = serviceFor(one)
  const page = await send({ path: new URL(badge.url).pathname, headers: { Accept: 'text/html' } })
  const earner = { shown: [NAME], initials: [INITIALS], hidden: [] }[one.name]
  const allowed = [...earner, ...openWords(one)]
  expect(page.status).toBe(200)
  expect(page.text).toMatch(/class="stamp-word"[^>]*>VALID</)
  expect(page.text).toContain('noindex')
  for (const words of allowed) expect(page.text).toContain(words)
  expectSilent(page.text, allowed)
  expect(page.text.includes(`href="${badge.credential}"`)).toBe(isServed(one))
  const showsFindings = page.text.includes('What the reviewers found')
  expect(showsFindings).toBe(one.evidence === 'shown' || isServed(one))
  expectSilent(JSON.stringify(page.headers), [])
}

/** A document that holds a hidden name is not given out; who asks is told whom to ask. */
async function expectDocument(one: Case, badge: BadgeAnswer): Promise<void> {
  const { send, service } = serviceFor(one)
  const path = new URL(badge.url).pathname
  const stored = await service.issuing.database.stores.badges.find(badge.code)
  for (const request of [{ path }, { path: `${path}.json` }]) {
    const answer = await send(request)
    if (isServed(one)) {
      expect([answer.status, answer.text]).toEqual([200, stored?.securedJson])
      const allowed = [...(one.nameInBadge === 'on' ? [NAME] : []), ...openWords(one), 'sha256$']
      expectSilent(answer.text, allowed)
    } else {
      expectProblem(answer, { status: 403, code: 'CREDENTIAL_NOT_PUBLIC' })
      expect(answer.json()['detail']).toMatch(/ask the earner for the file/)
      expectSilent(answer.text, [])
    }
  }
}

/** Without the name in it, a document still holds a hash of the address, which can be guessed at. */
function isServed({ name }: Case): boolean {
  return name === 'shown'
}

/** The verdict never names who earned it, whatever is shown elsewhere. */
async function expectReport(one: Case, badge: BadgeAnswer): Promise<void> {
  const answer = await serviceFor(one).send({
    method: 'POST',
    path: '/api/v1/verify',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: badge.url }),
  })
  expect([answer.status, answer.json()['verdict']]).toEqual([200, 'valid'])
  expectSilent(answer.text, [])
}

async function expectQr(one: Case, badge: BadgeAnswer): Promise<void> {
  const { send } = serviceFor(one)
  const path = new URL(badge.url).pathname
  const svg = await send({ path: `${path}/qr.svg` })
  expect([svg.status, svg.text]).toEqual([200, expect.stringContaining(badge.url)])
  expectSilent(svg.text, [])
  const png = await send({ path: `${path}/qr.png` })
  expect(png.status).toBe(200)
  expectSilent(png.bytes.toString('latin1'), [])
}

describe('search engines', () => {
  it('may index the page only when the earner is listed', async () => {
    const http = serviceFor({ nameInBadge: 'on', name: 'shown', evidence: 'shown', isPublic: true })
    for (const listed of [true, false]) {
      const consent = { name: 'hidden', evidence: 'hidden', listed }
      const { url } = await http.badge({ id: `listed-${listed}`, consent })
      const page = await http.send({
        path: new URL(url).pathname,
        headers: { Accept: 'text/html' },
      })
      expect(page.text.includes('noindex')).toBe(!listed)
    }
  })
})

describe('a review without consent', () => {
  it('counts as hidden, hidden and not listed', async () => {
    const http = serviceFor({ nameInBadge: 'on', name: 'shown', evidence: 'shown', isPublic: true })
    const candidate = { name: NAME, email: EMAIL }
    const { url } = await http.badge({ id: 'no-consent', candidate, consent: undefined })
    const path = new URL(url).pathname
    const page = await http.send({ path, headers: { Accept: 'text/html' } })
    expectSilent(page.text, [])
    expect(page.text).toContain('noindex')
    expectProblem(await http.send({ path }), { status: 403, code: 'CREDENTIAL_NOT_PUBLIC' })
  })
})
