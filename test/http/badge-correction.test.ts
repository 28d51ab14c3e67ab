/** A badge that was wrong: another takes its place, and the old one points on. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importAchievement } from '../../src/application/import-achievement.js'
import { createToken, SCOPES } from '../../src/application/tokens.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { expectProblem, expectRefused } from '../support/http-problems.js'
import {
  type BadgeAnswer,
  type HttpAnswer,
  type HttpService,
  openHttpService,
} from '../support/http-service.js'
import { NOW } from '../support/service.js'

const LATER = NOW + 40 * 24 * 3600 * 1000
const NAME = 'Ana Éxample-Díaz'
const REASON = 'The name was misspelt.'

let http: HttpService
let token: string
let now = NOW
let count = 0

beforeAll(async () => {
  http = await openHttpService({ clock: { now: () => now } })
  token = await http.token('badges:status', 'reviews:release')
})
afterAll(() => http.close())

const issue = () => http.badge({ id: `to-correct-${++count}` })
const correct = ({ code }: { code: string }, body: unknown, bearer = token) =>
  http.send({ ...asCorrection(code, body), headers: headers(bearer) })
const headers = (bearer: string) => ({
  Authorization: `Bearer ${bearer}`,
  'Content-Type': 'application/json',
})
function asCorrection(code: string, body: unknown) {
  const path = `/api/v1/badges/${code}/correction`
  return { method: 'POST', path, headers: headers(token), body: JSON.stringify(body) }
}
const renamed = { candidate: { name: NAME }, reason: REASON }
const badgeOf = (answer: HttpAnswer) => answer.json()['badge'] as BadgeAnswer
const page = async (url: string) =>
  (await http.send({ path: new URL(url).pathname, headers: { Accept: 'text/html' } })).text
/** From the store: what was replaced is not served any more. */
async function documentOf({ code }: BadgeAnswer) {
  const stored = await http.service.issuing.database.stores.badges.find(code)
  return JSON.parse(stored?.securedJson ?? '{}') as Record<string, never>
}
async function reportOn(badge: BadgeAnswer): Promise<VerificationReport> {
  const body = JSON.stringify(await documentOf(badge))
  const answer = await http.send({
    method: 'POST',
    path: '/api/v1/verify',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  return answer.json() as unknown as VerificationReport
}

describe('a corrected badge', () => {
  let old: BadgeAnswer
  let fresh: BadgeAnswer

  beforeAll(async () => {
    now = NOW
    old = await issue()
    now = LATER
    const answer = await correct(old, { ...renamed, public: true })
    expect([answer.status, answer.headers['location']]).toEqual([201, badgeOf(answer).url])
    expect(answer.json()['replaces']).toEqual({ code: old.code, url: old.url })
    fresh = badgeOf(answer)
  })

  it('says what is right now, under a new code, a new index and the same award date', async () => {
    const [before, after] = [await documentOf(old), await documentOf(fresh)]
    expect(fresh.code).not.toBe(old.code)
    expect(after['id']).toBe(fresh.url)
    expect(after['awardedDate']).toBe(before['awardedDate'])
    expect(before['validFrom']).toBe('2026-03-20T12:00:00Z')
    expect(after['validFrom']).toBe('2026-04-29T12:00:00Z')
    for (const proof of after['proof'] as unknown as { created: string }[])
      expect(proof.created).toBe('2026-04-29T12:00:00Z')
    const indexOf = (one: Record<string, { statusListIndex?: string }>) =>
      one['credentialStatus']?.statusListIndex
    expect(indexOf(after)).not.toBe(indexOf(before))
    expect(JSON.stringify(after['credentialSubject'])).toContain(NAME)
    expect((await reportOn(fresh)).verdict).toBe('valid')
  })

  it('takes the place of the old one, which is revoked as replaced and points on', async () => {
    const report = await reportOn(old)
    expect(report.verdict).toBe('invalid')
    const status = report.checks.find((one) => one.name === 'status')
    expect(status?.problems.map(({ code }) => code)).toEqual(['revoked', 'replaced'])
    expect([status?.sentence, status?.next]).toEqual([
      `The issuer revoked this badge on 29 April 2026 and replaced it with a corrected one. The issuer’s reason: ${REASON}`,
      `Look at the badge that replaced it: ${fresh.url}`,
    ])
    const html = await page(old.url)
    expect(html).toContain(`and replaced it with a corrected one. The issuer’s reason: ${REASON}`)
    expect(html).toContain(`href="${fresh.url}"`)
    expect(await page(fresh.url)).toContain(`href="${old.url}"`)
  })

  it('leaves nothing of the earner to be seen of the old one', async () => {
    const html = await page(old.url)
    for (const word of ['Ana Example', 'I changed', 'Exemplary'])
      expect(html.toLowerCase()).not.toContain(word.toLowerCase())
    for (const suffix of ['.json', '.jwt', '.png', '.svg']) {
      const answer = await http.send({ path: `${new URL(old.url).pathname}${suffix}` })
      expectProblem(answer, { status: 403, code: 'CREDENTIAL_NOT_PUBLIC' })
    }
    expect(await page(fresh.url)).toContain(NAME)
  })

  it('is the same when it is asked for again', async () => {
    const digest = http.digest()
    const again = await correct(old, { ...renamed, public: true })
    expect([again.status, badgeOf(again)]).toEqual([200, fresh])
    expect(http.digest()).toBe(digest)
    // A reason that should be public now, or not any more, is another correction.
    for (const isPublic of [undefined, false]) {
      const other = asCorrection(old.code, { ...renamed, public: isPublic })
      await expectRefused(http, other, { status: 409, code: 'STATUS_CONFLICT' })
    }
  })

  it('is not corrected a second time in another way, but its successor may be', async () => {
    const other = asCorrection(old.code, { candidate: { name: 'Another' }, reason: REASON })
    const refused = await expectRefused(http, other, { status: 409, code: 'STATUS_CONFLICT' })
    expect(refused.json()['detail']).toContain(fresh.url)
    const third = badgeOf(
      await correct(fresh, { candidate: { email: 'ana.d@example.org' }, reason: 'Moved.' }),
    )
    expect((await reportOn(third)).verdict).toBe('valid')
    const { identifier } = (await documentOf(third))['credentialSubject'] as unknown as {
      identifier: { identityHash: string; salt?: string }[]
    }
    const [email] = identifier
    const hash = createHash('sha256').update(`ana.d@example.org${email?.salt}`).digest('hex')
    expect(email?.identityHash).toBe(`sha256$${hash}`)
    const chain = await expectRefused(http, other, { status: 409, code: 'STATUS_CONFLICT' })
    expect(chain.json()['detail']).toContain(third.url)
  })

  it('keeps the reason to the issuer unless it is public', async () => {
    const quiet = await issue()
    const { url } = badgeOf(await correct(quiet, renamed))
    const html = await page(quiet.url)
    expect(html).not.toContain(REASON)
    expect(html).toContain(
      'and replaced it with a corrected one. The issuer gave no public reason.',
    )
    expect(html).toContain(`href="${url}"`)
  })

  it('ends when the old one would have', async () => {
    const service = await openHttpService({ clock: { now: () => now } })
    try {
      now = NOW
      const bearer = await service.token('badges:status', 'reviews:release')
      const { achievementParser, issuing } = service.service
      const file = achievementParser.parse({
        slug: 'expiring',
        name: 'Expiring',
        description: 'Ends after a month.',
        criteria: 'Be quick.',
        image: { file: 'a.svg', caption: 'A' },
        validityMonths: 2,
      })
      const art = { mediaType: 'image/svg+xml', content: '<svg/>' } as const
      await importAchievement(issuing, file, art, 'test')
      const short = await service.badge({ achievement: 'expiring', rubric: undefined })
      now = LATER
      const request = { ...asCorrection(short.code, renamed), headers: headers(bearer) }
      const { code } = badgeOf(await service.send(request))
      const stored = await issuing.database.stores.badges.find(code)
      expect(JSON.parse(stored?.securedJson ?? '{}')['validUntil']).toBe('2026-05-20T12:00:00Z')
      now = Date.parse('2026-05-21T00:00:00Z')
      const late = {
        ...asCorrection(code, { ...renamed, candidate: { name: 'Late' } }),
        headers: headers(bearer),
      }
      expectProblem(await service.send(late), { status: 409, code: 'STATUS_CONFLICT' })
    } finally {
      now = NOW
      await service.close()
    }
  })
})

describe('a correction that cannot be made', () => {
  let badge: BadgeAnswer
  beforeAll(async () => {
    badge = await issue()
  })

  const refused = (body: unknown, pointer: string, code = 'REQUEST_INVALID') =>
    expectRefused(http, asCorrection(badge.code, body), { status: 422, code, pointer })

  it('is refused with the place of every fault', async () => {
    await refused({ candidate: { name: NAME } }, '/reason')
    await refused({ ...renamed, reason: ' ' }, '/reason')
    await refused({ ...renamed, reason: 'x'.repeat(501) }, '/reason')
    await refused({ ...renamed, public: 'yes' }, '/public')
    await refused({ reason: REASON }, '')
    await refused({ ...renamed, decidedAt: '2020-01-01T00:00:00Z' }, '/decidedAt')
    await refused({ ...renamed, candidate: 'Ana' }, '/candidate')
    await refused({ ...renamed, candidate: { name: '' } }, '/candidate/name')
    await refused({ ...renamed, candidate: { email: 'nobody' } }, '/candidate/email')
    await refused({ reason: REASON, evidence: [{ kind: 'x' }] }, '/evidence/0/name')
    await refused([], '')
  })

  it('is refused when it corrects nothing', async () => {
    const same = asCorrection(badge.code, { candidate: { name: 'Ana Example' }, reason: REASON })
    await expectRefused(http, same, { status: 422, code: 'REQUEST_INVALID' })
  })

  it('is refused when the badge would miss what the achievement asks for', async () => {
    const results = [{ criterion: 'reflection', level: 'emerging' }]
    const body = { reason: REASON, rubric: { version: '1', results } }
    const request = asCorrection(badge.code, body)
    await expectRefused(http, request, { status: 422, code: 'RUBRIC_MISMATCH' })
  })

  it('is refused for a code that is no badge', async () => {
    for (const code of ['0123456789abcdefghjkmnpqrs', 'nonsense']) {
      const request = asCorrection(code, renamed)
      await expectRefused(http, request, { status: 404, code: 'NOT_FOUND' })
    }
  })

  it('is refused for a badge that is revoked or suspended', async () => {
    for (const change of ['suspend', 'revoke']) {
      const other = await issue()
      const path = `/api/v1/badges/${other.code}/status`
      const body = JSON.stringify({ change, reason: REASON })
      await http.send({ method: 'POST', path, headers: headers(token), body })
      const request = asCorrection(other.code, renamed)
      await expectRefused(http, request, { status: 409, code: 'STATUS_CONFLICT' })
    }
  })

  it('is refused without both scopes, and when it is 10 MB long', async () => {
    for (const scope of ['badges:status', 'reviews:release'] as const) {
      const answer = await correct(badge, renamed, await http.token(scope))
      expectProblem(answer, { status: 403, code: 'FORBIDDEN' })
    }
    const answer = await correct(badge, { ...renamed, reason: 'x'.repeat(10_000_000) })
    expectProblem(answer, { status: 413, code: 'BODY_TOO_LARGE' })
  })

  it('is refused to another issuer, without a token, and as anything but well-formed JSON', async () => {
    const request = asCorrection(badge.code, renamed)
    const { issuing } = http.service
    const other = await createToken(issuing, 'test', SCOPES, 'vista-unified')
    const forbidden = { status: 403, code: 'FORBIDDEN' }
    await expectRefused(http, { ...request, headers: headers(other) }, forbidden)
    const anonymous = { ...request, headers: { 'Content-Type': 'application/json' } }
    await expectRefused(http, anonymous, { status: 401, code: 'UNAUTHENTICATED' })
    const text = { ...request, headers: { ...request.headers, 'Content-Type': 'text/plain' } }
    await expectRefused(http, text, { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' })
    for (const body of ['', '{', '{"reason":"Why.","reason":"Why."}'])
      await expectRefused(http, { ...request, body }, { status: 400, code: 'REQUEST_MALFORMED' })
  })

  it('is no review: its source is taken', async () => {
    const answer = await http.review({ source: 'correction', id: badge.code })
    expectProblem(answer, { status: 422, code: 'REQUEST_INVALID', pointer: '/source' })
  })

  it('left the badge as it was', async () => {
    expect((await reportOn(badge)).verdict).toBe('valid')
  })
})

describe('twenty corrections at once', () => {
  it('let one win, and leave no other badge behind', async () => {
    const badge = await issue()
    const names = Array.from({ length: 20 }, (_, index) => `Name ${index}`)
    const answers = await Promise.all(
      names.map((name) => correct(badge, { candidate: { name }, reason: REASON })),
    )
    const won = answers.filter(({ status }) => status === 201)
    expect(won).toHaveLength(1)
    for (const answer of answers)
      if (answer.status !== 201) expectProblem(answer, { status: 409, code: 'STATUS_CONFLICT' })
    const entry = await http.service.issuing.database.stores.statusLists.findEntry(badge.code)
    expect(entry).toMatchObject({
      state: 'revoked',
      replacedBy: badgeOf(won[0] as HttpAnswer).code,
    })
    const { stores } = http.service.issuing.database
    expect(await stores.intents.listOpen(10)).toEqual([])
  })
})
