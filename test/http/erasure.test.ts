/** A badge whose earner wants to be forgotten: what is told afterwards, and what no file holds any more. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeBadgeStatus } from '../../src/application/change-status.js'
import { eraseBadge } from '../../src/application/erase-badge.js'
import { claimPath, openPage } from '../support/claims.js'
import { expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'

const NAME = 'Zephyrine Quillfeather'
const EMAIL = 'zephy.q@hidden-mailbox.example.org'
const STORY = 'The periwinkle diary of one pupil.'
const WORDS = ['Zephyrine', 'Quillfeather', 'hidden-mailbox', 'periwinkle']
const SMTP = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'badges@example.org' }

const REVIEW = {
  id: 'to-forget',
  candidate: { name: NAME, email: EMAIL },
  evidence: [{ kind: 'reflection', name: 'Diary', narrative: STORY.repeat(400), public: true }],
  consent: { name: 'shown', evidence: 'shown', listed: true },
} as const

let http: HttpService
let badge: BadgeAnswer
let claim: string
let document: string

beforeAll(async () => {
  http = await openHttpService({ env: SMTP })
  badge = await http.badge(REVIEW)
  await http.badge({ id: 'to-keep' })
  claim = await claimPath(http, badge.code)
  document = (await http.send({ path: `/badges/${badge.code}.json` })).text
  expect(filesWith(WORDS)).not.toEqual([])
  await eraseBadge(http.service.issuing, 'cli', badge.code)
})
afterAll(() => http.close())

/** Files of the database, its log included, that hold one of the words. */
function filesWith(words: readonly string[]): readonly string[] {
  const { dataDir } = http.settings
  return readdirSync(dataDir)
    .filter((name) => name.includes('.db'))
    .filter((name) => {
      const bytes = readFileSync(path.join(dataDir, name), 'latin1')
      return words.some((word) => bytes.includes(word))
    })
}

describe('an erased badge', () => {
  it('is in no file of the database', () => {
    expect(filesWith(WORDS)).toEqual([])
  })

  it.each(['', '.json', '.jwt', '.png', '.svg'])('answers 410 at its address%s', async (form) => {
    expectProblem(await http.send({ path: `/badges/${badge.code}${form}` }), {
      status: 410,
      code: 'BADGE_ERASED',
    })
  })

  it('has a page that says so, without a name', async () => {
    const page = await openPage(http, `/badges/${badge.code}`)
    expect(page.status).toBe(410)
    expect(page.text).toContain('was erased')
    for (const word of WORDS) expect(page.text).not.toContain(word)
  })

  it('opens with no link of the earner', async () => {
    expect((await openPage(http, claim)).status).toBe(410)
  })

  it('is still valid in the hands of whoever has it, and revocable', async () => {
    const verdict = async () => {
      const headers = { 'Content-Type': 'application/json' }
      const request = { method: 'POST', path: '/api/v1/verify', headers, body: document }
      return (await http.send(request)).json()['verdict']
    }
    expect(await verdict()).toBe('valid')
    const reason = { text: 'It was given by mistake.', isPublic: false }
    const request = { code: badge.code, change: 'revoke', reason } as const
    await changeBadgeStatus(http.service.issuing, { name: 'cli' }, request)
    expect(await verdict()).toBe('invalid')
  })

  it('is not issued anew when its review comes again', async () => {
    const before = http.digest()
    expectProblem(await http.review(REVIEW), { status: 409, code: 'REVIEW_CONFLICT' })
    expect(http.digest()).toBe(before)
  })
})
