/** Reviews at the desk: seen by those who may, decided once, nothing lost on the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAchievementFile } from '../../src/adapters/files/achievement-files.js'
import { importAchievement } from '../../src/application/import-achievement.js'
import type { ReviewState } from '../../src/domain/review.js'
import { type Browser, type Desk, openDesk } from '../support/desk.js'
import type { ReviewInput } from '../support/reviews.js'
import { readArt, SAMPLE_ACHIEVEMENT } from '../support/service.js'

let desk: Desk
let issuer: Browser
let viewer: Browser
let district: Browser

beforeAll(async () => {
  desk = await openDesk()
  await waitForStaff()
  issuer = await desk.as('issuer')
  viewer = await desk.as('viewer')
  district = await desk.as('district', 'indian-prairie')
})
afterAll(() => desk.close())

/** The sample achievement, whose badges staff release from now on. */
async function waitForStaff(): Promise<void> {
  const { service } = desk
  const { file, art } = await readAchievementFile(
    SAMPLE_ACHIEVEMENT,
    service.achievementParser,
    readArt,
  )
  const definition = { ...file.definition, release: 'staff' } as const
  await importAchievement(service.issuing, { ...file, definition }, art, 'test')
}

let sent = 0
/** Sends an approval and gives the path of its page at the desk. */
async function approve(change: ReviewInput = {}): Promise<{ id: string; path: string }> {
  sent += 1
  const id = `desk-${sent}`
  const answer = await desk.review({ id, ...change })
  expect(answer.status).toBe(201)
  const { reviews } = desk.service.issuing.database.stores
  const record = await reviews.find({ source: 'test', id, attempt: 1 })
  return { id, path: `/staff/reviews/${record?.recordId}` }
}

async function stateOf(id: string): Promise<ReviewState | undefined> {
  const { reviews } = desk.service.issuing.database.stores
  return (await reviews.find({ source: 'test', id, attempt: 1 }))?.state
}

const candidate = (name: string, slug?: string) => ({
  candidate: {
    name,
    email: 'someone@example.org',
    ...(slug === undefined ? {} : { district: slug }),
  },
})

describe('the folders', () => {
  it('show what waits, by district, and to a district only its own', async () => {
    await approve(candidate('Vera Vista', 'vista-unified'))
    await approve(candidate('Ina Prairie', 'indian-prairie'))
    await approve(candidate('Nora Nowhere'))
    const names = async (who: Browser, query = '') => {
      const { status, text } = await who.get(`/staff${query}`)
      expect(status).toBe(200)
      return ['Vera Vista', 'Ina Prairie', 'Nora Nowhere'].filter((name) => text.includes(name))
    }
    expect(await names(viewer)).toEqual(['Vera Vista', 'Ina Prairie', 'Nora Nowhere'])
    expect(await names(viewer, '?district=vista-unified')).toEqual(['Vera Vista'])
    expect(await names(viewer, '?folder=held')).toEqual([])
    expect(await names(district)).toEqual(['Ina Prairie'])
    expect(await names(district, '?district=vista-unified')).toEqual(['Ina Prairie'])
    expect(await names(district, '?district=')).toEqual(['Ina Prairie'])
  })

  it('open page by page, and at the beginning for a query that means nothing', async () => {
    for (let n = 0; n < 51; n += 1) await approve(candidate(`Page ${n}`, 'many'))
    const first = await viewer.get('/staff?district=many')
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.text) ?? []
    const second = await viewer.get(next.replaceAll('&amp;', '&'))
    const shown = (text: string) => [...text.matchAll(/>(Page \d+)</g)].map(([, name]) => name)
    expect(shown(first.text)).toHaveLength(50)
    expect(shown(second.text)).toHaveLength(1)
    expect(new Set([...shown(first.text), ...shown(second.text)]).size).toBe(51)
    expect(second.text).not.toContain('rel="next"')
    for (const query of [
      '?folder=constructor',
      '?folder=%FF&after=%00',
      '?folder=waiting&folder=held',
    ])
      expect((await viewer.get(`/staff${query}`)).status).toBe(200)
  })
})

describe('a review', () => {
  it('shows its evidence, harmless, to those who may see it', async () => {
    const evidence = [
      {
        kind: 'reflection',
        name: '<script>alert(1)</script>',
        narrative:
          'See ![x](https://tracker.example/x.png) and <img src=x onerror=alert(1)> *here*.',
        public: false,
      },
    ]
    const { path } = await approve({ ...candidate('Evi Dence', 'indian-prairie'), evidence })
    const { text } = await viewer.get(path)
    expect(text).toContain('<em>here</em>')
    expect(text).toContain('&lt;script>alert(1)')
    expect(text).not.toMatch(/<script|<img src=x|src="https:\/\/tracker/)
    const theirs = await district.get(path)
    expect([theirs.status, theirs.text.includes('Evi Dence')]).toEqual([200, true])
    expect(theirs.text).not.toMatch(/tracker|alert/)
  })

  it('of another district, or of none, is not there for a district', async () => {
    for (const change of [candidate('A B', 'vista-unified'), candidate('C D')]) {
      const { path } = await approve(change)
      expect((await district.get(path)).status).toBe(404)
    }
    expect((await viewer.get('/staff/reviews/none')).status).toBe(404)
  })
})

describe('a decision', () => {
  it('releases the badge, once, however often and by whomever it is pressed', async () => {
    const { id, path } = await approve()
    const other = await desk.as('issuer')
    const answers = await Promise.all([
      issuer.post(`${path}/release`),
      issuer.post(`${path}/release`),
      other.post(`${path}/release`),
    ])
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(await stateOf(id)).toBe('released')
    const [, code] = /\/badges\/([0-9a-z]{26})"/.exec((await issuer.get(path)).text) ?? []
    expect((await desk.send({ path: `/badges/${code}`, headers: {} })).status).toBe(200)
    const { audit, badges } = desk.service.issuing.database.stores
    expect(await badges.find(code ?? '')).toBeDefined()
    const said = (await audit.listFor(`test/${id}/1`)).map(({ action, actor }) => [action, actor])
    expect(said.filter(([action]) => action === 'review.released')).toHaveLength(1)
    expect(said.at(-1)?.[1]).toMatch(/^staff:[0-9a-f-]{36}$/)
  })

  it('holds with a reason, takes up again, and sends back for good', async () => {
    const { id, path } = await approve()
    const held = await issuer.post(`${path}/hold`, { reason: 'A pupil is named.\r\nAsk <them>.' })
    expect([held.status, await stateOf(id)]).toEqual([303, 'held'])
    expect((await viewer.get(path)).text).toContain('A pupil is named.\nAsk &lt;them>.')
    expect((await issuer.post(`${path}/release`)).status).toBe(409)
    expect((await issuer.post(`${path}/resume`)).status).toBe(303)
    expect((await viewer.get(path)).text).not.toContain('A pupil is named.')
    expect((await issuer.post(`${path}/return`, { reason: 'Take the name out.' })).status).toBe(303)
    expect(await stateOf(id)).toBe('returned')
    const before = desk.digest()
    for (const name of ['release', 'hold', 'resume', 'return'])
      expect((await issuer.post(`${path}/${name}`, { reason: 'Again.' })).status).toBe(409)
    expect(desk.digest()).toBe(before)
    const log = await desk.service.issuing.database.stores.audit.listFor(`test/${id}/1`)
    expect(log.map(({ action }) => action)).toEqual([
      'review.recorded',
      'review.held',
      'review.resumed',
      'review.returned',
    ])
    expect(JSON.stringify(log)).not.toMatch(/pupil|Take the name/)
  })

  it('needs a reason to stop', async () => {
    const { path } = await approve()
    const before = desk.digest()
    for (const reason of ['', ' \r\n ', 'x'.repeat(2001)]) {
      const answer = await issuer.post(`${path}/hold`, { reason })
      expect([answer.status, answer.text.includes('Say why')]).toEqual([422, true])
    }
    expect(desk.digest()).toBe(before)
  })

  it('is made by one of two who decide differently at once', async () => {
    const { id, path } = await approve()
    const answers = await Promise.all([
      issuer.post(`${path}/release`),
      issuer.post(`${path}/return`, { reason: 'Not yet.' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    const state = await stateOf(id)
    expect(state).toBe(answers[0]?.status === 303 ? 'released' : 'returned')
  })

  it('does not stand in the way of the source that withdraws', async () => {
    const { id, path } = await approve()
    await issuer.post(`${path}/hold`, { reason: 'Wait.' })
    const answer = await desk.review({ id, decision: 'withdrawn' })
    expect([answer.status, await stateOf(id)]).toEqual([201, 'withdrawn'])
    expect((await issuer.post(`${path}/resume`)).status).toBe(409)
  })

  it('is not undone when the source sends the approval again', async () => {
    const { id, path } = await approve()
    await issuer.post(`${path}/return`, { reason: 'No.' })
    const answer = await desk.review({ id })
    expect([answer.status, await stateOf(id)]).toEqual([200, 'returned'])
  })
})
