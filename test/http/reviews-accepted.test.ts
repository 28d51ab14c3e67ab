/** From a decision to a badge over HTTP: once per approval, never without one. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAchievementParser } from '../../src/adapters/documents/achievement-parser.js'
import { importAchievement } from '../../src/application/import-achievement.js'
import { expectProblem, expectRefused } from '../support/http-problems.js'
import {
  badgeOf,
  type HttpAnswer,
  type HttpService,
  openHttpService,
  reviewRequest,
} from '../support/http-service.js'
import { aReview, type ReviewInput } from '../support/reviews.js'
import { SAMPLE_ACHIEVEMENT } from '../support/service.js'

const STAFF_RELEASED = 'leading-beyond-the-library'

let http: HttpService
let token: string

beforeAll(async () => {
  http = await openHttpService()
  token = await http.token()
  await importStaffReleased()
})
afterAll(() => http.close())

/** A small achievement whose badges staff release by hand. */
async function importStaffReleased(change: object = {}): Promise<void> {
  const file = createAchievementParser().parse({
    slug: STAFF_RELEASED,
    name: 'Leading Beyond the Library',
    description: 'The holder leads.',
    criteria: 'Leads beyond the library.',
    image: { file: 'badges/empowering-students-as-creators.svg', caption: 'A seal' },
    release: 'staff',
    ...change,
  })
  const content = readFileSync(new URL(file.artFile, `file://${SAMPLE_ACHIEVEMENT}`), 'utf8')
  const art = { mediaType: 'image/svg+xml', content } as const
  await importAchievement(http.service.issuing, file, art, 'test')
}

function forStaff(change: ReviewInput): ReviewInput {
  const { rubric: _none, ...review } = aReview({ achievement: STAFF_RELEASED, ...change })
  return review
}

const send = (review: ReviewInput): Promise<HttpAnswer> => http.send(reviewRequest(token, review))

const release = (id: string, attempt: number | string = 1, source = 'test') => ({
  method: 'POST',
  path: `/api/v1/reviews/${source}/${id}/${attempt}/release`,
  headers: { Authorization: `Bearer ${token}` },
})

const countBadges = async () =>
  (await http.service.issuing.database.stores.badges.listCodes(1000)).length

describe('an approval', () => {
  it('gives a badge and says where it is', async () => {
    const answer = await send(aReview({ id: 'first' }))
    expect(answer.status).toBe(201)
    const badge = badgeOf(answer)
    expect(answer.json()).toEqual({
      review: { source: 'test', id: 'first', attempt: 1, decision: 'approved', state: 'released' },
      badge: {
        code: badge.code,
        url: `https://badges.example.org/badges/${badge.code}`,
        credential: `${badge.url}.json`,
        issuedAt: '2026-03-20T12:00:00Z',
      },
    })
    expect(badge.code).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/)
    expect(answer.headers.location).toBe(badge.url)
  })

  it('gives the same badge again for the same content, however it is written', async () => {
    const badge = badgeOf(await send(aReview({ id: 'again' })))
    const before = http.digest()
    const turned = Object.fromEntries(Object.entries(aReview({ id: 'again' })).reverse())
    const { attempt: _one, ...implied } = aReview({ id: 'again' })
    const spellings: readonly ReviewInput[] = [
      aReview({ id: 'again' }),
      turned,
      implied,
      aReview({ id: 'again', decidedAt: '2026-03-02T17:20:00+01:00' }),
      aReview({ id: 'again', decidedAt: '2026-03-02T16:20:00.000Z' }),
    ]
    for (const review of spellings) {
      const answer = await send(review)
      expect([answer.status, badgeOf(answer)]).toEqual([200, badge])
    }
    expect(http.digest()).toBe(before)
  })

  it('gives one badge to 50 requests at once, and all name it', async () => {
    const before = await countBadges()
    const review = aReview({ id: 'fifty' })
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(review)))
    expect(new Set(answers.map((answer) => badgeOf(answer).code)).size).toBe(1)
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(49).fill(200), 201])
    expect(await countBadges()).toBe(before + 1)
  })

  it('gives one badge when two contents race for a key, and refuses the other', async () => {
    const reviews = ['Ana Example', 'Bea Example'].map((name) =>
      aReview({ id: 'race', candidate: { name, email: 'ana@example.org' } }),
    )
    const answers = await Promise.all(reviews.map(send))
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
  })

  it('of another attempt, source or id gives another badge', async () => {
    const reviews = [{}, { attempt: 2 }, { source: 'other' }, { id: 'Key' }].map((change) =>
      aReview({ id: 'key', ...change }),
    )
    const codes: string[] = []
    for (const review of reviews) codes.push(badgeOf(await send(review)).code)
    expect(new Set(codes).size).toBe(4)
  })
})

describe('a decision that is not an approval', () => {
  for (const decision of ['declined', 'needs-revision', 'withdrawn']) {
    it(`is recorded as ${decision} and never signed`, async () => {
      const review = aReview({ id: decision, decision })
      const before = await countBadges()
      const answer = await send(review)
      const { source, id, attempt } = { source: 'test', id: decision, attempt: 1 }
      expect(answer.status).toBe(201)
      expect(answer.json()).toEqual({ review: { source, id, attempt, decision, state: decision } })
      expect(answer.headers.location).toBeUndefined()
      expect((await send(review)).status).toBe(200)
      const refusal = { status: 409, code: 'REVIEW_NOT_RELEASABLE' }
      await expectRefused(http, release(decision), refusal)
      expect(await countBadges()).toBe(before)
    })
  }

  it('is followed by a badge when a new attempt is approved', async () => {
    await send(aReview({ id: 'rework', decision: 'needs-revision' }))
    const answer = await send(aReview({ id: 'rework', attempt: 2 }))
    expect([answer.status, badgeOf(answer).url]).toEqual([201, expect.any(String)])
  })
})

describe('an achievement whose badges staff release', () => {
  it('waits for the release, then has one badge', async () => {
    const answer = await send(forStaff({ id: 'wait' }))
    expect(answer.json()).toMatchObject({ review: { state: 'approved' } })
    expect(answer.json()).not.toHaveProperty('badge')

    const releases = await Promise.all(Array.from({ length: 10 }, () => http.send(release('wait'))))
    const codes = new Set(releases.map((one) => badgeOf(one).code))
    expect([releases.map((one) => one.status), codes.size]).toEqual([Array(10).fill(200), 1])
    expect(codes).toContain(badgeOf(await send(forStaff({ id: 'wait' }))).code)
  })

  it('cannot be released with a token that may only write', async () => {
    await send(forStaff({ id: 'scope' }))
    const writer = await http.token('reviews:write')
    const request = { ...release('scope'), headers: { Authorization: `Bearer ${writer}` } }
    await expectRefused(http, request, { status: 403, code: 'FORBIDDEN' })
    const releaser = await http.token('reviews:release')
    const headers = { Authorization: `Bearer ${releaser}` }
    expect((await http.send({ ...release('scope'), headers })).status).toBe(200)
  })

  it('cannot be released once the approval is withdrawn', async () => {
    await send(forStaff({ id: 'taken-back' }))
    const withdrawal = forStaff({
      id: 'taken-back',
      decision: 'withdrawn',
      decidedAt: '2026-03-05T09:00:00Z',
    })
    const answer = await send(withdrawal)
    expect(answer.json()).toMatchObject({ review: { state: 'withdrawn' } })
    const refusal = { status: 409, code: 'REVIEW_NOT_RELEASABLE' }
    await expectRefused(http, release('taken-back'), refusal)
    const conflict = { status: 409, code: 'REVIEW_CONFLICT' }
    await expectRefused(http, reviewRequest(token, forStaff({ id: 'taken-back' })), conflict)
    expect((await send(withdrawal)).status).toBe(200)
  })

  it('is signed as it was approved, whatever became of the achievement', async () => {
    await send(forStaff({ id: 'old-version' }))
    await importStaffReleased({ description: 'The holder leads, and more.' })
    const { code } = badgeOf(await http.send(release('old-version')))
    const badge = await http.service.issuing.database.stores.badges.find(code)
    expect(badge?.achievementVersion).toBe(1)
    expect(badge?.securedJson).toContain('"description":"The holder leads."')
    expect(badge?.securedJson).not.toContain('and more')
    expect(
      badgeOf(
        await send(forStaff({ id: 'new-version' })).then(() => http.send(release('new-version'))),
      ).code,
    ).not.toBe(code)
  })

  it('cannot be withdrawn once its badge is out', async () => {
    await send(forStaff({ id: 'too-late' }))
    await http.send(release('too-late'))
    const withdrawal = forStaff({ id: 'too-late', decision: 'withdrawn' })
    const refusal = { status: 409, code: 'REVIEW_ALREADY_RELEASED' }
    const answer = await expectRefused(http, reviewRequest(token, withdrawal), refusal)
    expect(answer.text).toMatch(/revoke/)
  })

  it('cannot be withdrawn with other content at the same time', async () => {
    await send(forStaff({ id: 'changed' }))
    const withdrawal = forStaff({ id: 'changed', decision: 'withdrawn', evidence: [] })
    const conflict = { status: 409, code: 'REVIEW_CONFLICT' }
    await expectRefused(http, reviewRequest(token, withdrawal), conflict)
  })

  it('withdrawn and released at once comes to one of the two', async () => {
    await send(forStaff({ id: 'both' }))
    const [withdrawn, released] = await Promise.all([
      send(forStaff({ id: 'both', decision: 'withdrawn' })),
      http.send(release('both')),
    ])
    expect([withdrawn.status, released.status]).toSatisfy(
      ([one, other]) => (one === 201 && other === 409) || (one === 409 && other === 200),
    )
  })
})

describe('a release of what there is not', () => {
  it('is not found', async () => {
    await send(forStaff({ id: 'there' }))
    const requests = [
      release('not-there'),
      release('there', 2),
      release('there', 1, 'elsewhere'),
      ...['0', '-1', '1.0', '1e0', '0x1', '01', '+1', 'one', 'NaN', 'Infinity', '9'.repeat(30)].map(
        (attempt) => release('there', attempt),
      ),
      release('there%00'),
      release('%F0%9F%93%9A'),
    ]
    for (const request of requests) {
      expectProblem(await http.send(request), { status: 404, code: 'NOT_FOUND' })
    }
  })
})
