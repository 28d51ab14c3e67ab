/** Releases of many: written down, done one by one, gone on with after a crash. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readAchievementFile } from '../../src/adapters/files/achievement-files.js'
import { importAchievement } from '../../src/application/import-achievement.js'
import { releaseSome } from '../../src/application/staff/release-many.js'
import { type Browser, type Desk, FORM_TYPE, openDesk, ownForm } from '../support/desk.js'
import { readArt, SAMPLE_ACHIEVEMENT } from '../support/service.js'

let desk: Desk
let issuer: Browser
const faults: unknown[] = []

beforeAll(async () => {
  desk = await openDesk()
  const { service } = desk
  const read = await readAchievementFile(SAMPLE_ACHIEVEMENT, service.achievementParser, readArt)
  const definition = { ...read.file.definition, release: 'staff' } as const
  await importAchievement(service.issuing, { ...read.file, definition }, read.art, 'test')
  issuer = await desk.as('issuer')
})
afterAll(() => desk.close())
beforeEach(() => faults.splice(0))

let sent = 0
async function approve(district: string): Promise<string> {
  sent += 1
  const id = `many-${sent}`
  const candidate = { name: `Candidate ${sent}`, email: 'someone@example.org', district }
  expect((await desk.review({ id, candidate })).status).toBe(201)
  const { reviews } = desk.service.issuing.database.stores
  return (await reviews.find({ source: 'test', id, attempt: 1 }))?.recordId ?? ''
}

/** Fields of a form in which one name may stand several times. */
async function post(fields: readonly (readonly [string, string])[]) {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  body.append('key', await issuer.formKey())
  return desk.send({
    method: 'POST',
    path: '/staff/releases',
    headers: { ...ownForm(), 'Content-Type': FORM_TYPE, Cookie: issuer.cookie },
    body: body.toString(),
  })
}

/** As the server does, until nothing waits. */
async function work(): Promise<void> {
  const { issuing } = desk.service
  const parts = {
    issuing,
    inTurn: <T>(one: () => Promise<T>) => one(),
    onFault: (error: unknown) => faults.push(error),
  }
  while ((await releaseSome(parts)) > 0);
}

const stateOf = async (recordId: string) =>
  (await desk.service.issuing.database.stores.reviews.findById(recordId))?.state

describe('those that were chosen', () => {
  it('are released, and the page says how far that is', async () => {
    const [one, two, three] = [
      await approve('first'),
      await approve('first'),
      await approve('first'),
    ]
    const inbox = await issuer.get('/staff?district=first')
    expect(inbox.text.match(/name="review"/g)).toHaveLength(3)
    const answer = await post([
      ['which', 'chosen'],
      ['review', one],
      ['review', two],
      ['review', two],
      ['review', 'unknown'],
    ])
    const path = answer.headers.location ?? ''
    expect([answer.status, path]).toEqual([303, expect.stringMatching(/^\/staff\/releases\//)])
    const before = await issuer.get(path)
    expect(before.text).toContain('0 of 2 released')
    expect(before.headers['refresh']).toBe('3')
    await work()
    const after = await issuer.get(path)
    expect(after.text).toContain('2 of 2 released')
    expect(after.headers['refresh']).toBeUndefined()
    expect(await Promise.all([one, two, three].map(stateOf))).toEqual([
      'released',
      'released',
      'approved',
    ])
  })

  it('must be some, and wait', async () => {
    const [done = ''] = [await approve('second')]
    await post([
      ['which', 'chosen'],
      ['review', done],
    ])
    await work()
    for (const review of [[], [['review', done] as const]])
      expect((await post([['which', 'chosen'], ...review])).status).toBe(422)
  })
})

describe('all that match', () => {
  it('are released, and no others', async () => {
    const there = [await approve('third'), await approve('third')]
    const elsewhere = await approve('fourth')
    await post([
      ['which', 'all'],
      ['district', 'third'],
    ])
    await work()
    expect(await Promise.all(there.map(stateOf))).toEqual(['released', 'released'])
    expect(await stateOf(elsewhere)).toBe('approved')
  })
})

describe('a release', () => {
  it('that is done by two at once gives each review one badge', async () => {
    const records = await Promise.all(Array.from({ length: 6 }, () => approve('fifth')))
    await post([
      ['which', 'all'],
      ['district', 'fifth'],
    ])
    await Promise.all([work(), work()])
    const { badges } = desk.service.issuing.database.stores
    const found = await Promise.all(records.map((id) => badges.findByReview(id)))
    expect(new Set(found.map((badge) => badge?.code)).size).toBe(6)
    const all = await badges.search({ district: 'fifth' }, 100)
    expect(all).toHaveLength(6)
  })

  it('tells which were not released, and why', async () => {
    const recordId = await approve('sixth')
    const answer = await post([
      ['which', 'all'],
      ['district', 'sixth'],
    ])
    await issuer.post(`/staff/reviews/${recordId}/hold`, { reason: 'Wait.' })
    await work()
    const page = await issuer.get(answer.headers.location ?? '')
    expect(page.text).toContain('0 of 1 released, 1 not')
    expect(page.text).toContain(`href="/staff/reviews/${recordId}"`)
    expect(page.text).toContain('is held; only an approved one can be released')
    expect(faults).toEqual([])
  })
})
