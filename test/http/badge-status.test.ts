/** Revoking, suspending and reinstating over HTTP: who may, what is refused, and who says so then. */
import { gunzipSync } from 'node:zlib'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBadgeCode } from '../../src/domain/badge-code.js'
import { type ExpectedProblem, expectProblem } from '../support/http-problems.js'
import {
  type BadgeAnswer,
  type HttpAnswer,
  type HttpService,
  openHttpService,
} from '../support/http-service.js'

const REASON = 'The film was another school’s <b>work</b>.'

let http: HttpService
let token: string
let made = 0

beforeAll(async () => {
  http = await openHttpService()
  token = await http.token('badges:status')
})
afterAll(() => http.close())

const newBadge = (change: Record<string, unknown> = {}) => {
  made += 1
  return http.badge({ id: `status-${made}`, ...change })
}

function change(code: string, body: unknown, headers: Record<string, string> = {}) {
  return http.send({
    method: 'POST',
    path: `/api/v1/badges/${code}/status`,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const page = async (code: string) =>
  (await http.send({ path: `/badges/${code}`, headers: { Accept: 'text/html' } })).text

async function verify(body: unknown) {
  const answer = await http.send({
    method: 'POST',
    path: '/api/v1/verify',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const report = answer.json() as {
    verdict: string
    checks: { name: string; outcome: string; sentence: string; problems: { code: string }[] }[]
  }
  const status = report.checks.find((one) => one.name === 'status')
  return {
    verdict: report.verdict,
    outcome: status?.outcome,
    sentence: status?.sentence,
    codes: status?.problems.map((one) => one.code),
  }
}

async function entryOf({ code }: BadgeAnswer): Promise<{ path: string; index: number }> {
  const entry = await http.service.issuing.database.stores.statusLists.findEntry(code)
  return { path: `/status/${entry?.listId}`, index: entry?.listIndex ?? -1 }
}

function bitOf(answer: HttpAnswer, index: number): number {
  const subject = answer.json()['credentialSubject'] as { encodedList: string }
  const bits = gunzipSync(Buffer.from(subject.encodedList.slice(1), 'base64url'))
  return ((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1
}

describe('a badge that is revoked', () => {
  it('is not valid at once: by file, by address, on its page and in the published list', async () => {
    const badge = await newBadge()
    const { path, index } = await entryOf(badge)
    const file = (await http.send({ path: `/badges/${badge.code}.json` })).text
    expect(await verify(file)).toEqual({
      verdict: 'valid',
      outcome: 'passed',
      sentence: 'The issuer has not withdrawn it.',
      codes: [],
    })
    expect(bitOf(await http.send({ path }), index)).toBe(0)
    const answer = await change(badge.code, { change: 'revoke', reason: REASON, public: true })
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        code: badge.code,
        url: badge.url,
        status: 'revoked',
        reason: REASON,
        public: true,
        changedAt: '2026-03-20T12:00:00Z',
      },
    ])
    const revoked = {
      verdict: 'invalid',
      outcome: 'failed',
      sentence: `The issuer revoked this badge on 20 March 2026. The issuer’s reason: ${REASON}`,
      codes: ['revoked'],
    }
    expect(await verify(file)).toEqual(revoked)
    expect(await verify({ url: badge.url })).toEqual(revoked)
    expect(bitOf(await http.send({ path }), index)).toBe(1)
    const html = await page(badge.code)
    expect(html).toContain('aria-label="Not valid"')
    expect(html).toContain('The issuer revoked this badge on 20 March 2026.')
    expect(html).toContain('The film was another school’s &lt;b>work&lt;/b>.')
    expect((await http.send({ path: `/badges/${badge.code}.json` })).text).toBe(file)
  })

  it('keeps the reason to the issuer unless it is public, and out of the audit log', async () => {
    const badge = await newBadge()
    const reason = 'Zoë told us something private.'
    await change(badge.code, { change: 'revoke', reason })
    expect((await verify({ url: badge.url })).sentence).toBe(
      'The issuer revoked this badge on 20 March 2026. The issuer gave no public reason.',
    )
    expect(await page(badge.code)).not.toContain('something private')
    const { audit, statusLists } = http.service.issuing.database.stores
    expect((await statusLists.findEntry(badge.code))?.reason).toEqual({
      text: reason,
      isPublic: false,
    })
    const [entry] = (await audit.listFor(badge.code)).slice(-1)
    expect(entry).toEqual({
      at: '2026-03-20T12:00:00Z',
      actor: expect.stringMatching(/^token:[0-9a-z]{26}$/),
      action: 'badge.revoked',
      subject: badge.code,
      detail: {
        from: 'valid',
        reasonDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        reasonLength: reason.length,
        reasonPublic: false,
      },
    })
  })

  it('may be one that nobody has claimed, and its code may be typed by hand', async () => {
    const badge = await newBadge({ consent: undefined })
    const typed = badge.code.toUpperCase().replaceAll('0', 'O').replace(/^.{5}/, '$&-')
    expect((await change(typed, { change: 'revoke', reason: 'Why.' })).json()['code']).toBe(
      badge.code,
    )
    expect(await verify({ url: badge.url })).toMatchObject({ verdict: 'invalid' })
  })

  it('points to the badge that replaced it', async () => {
    const [badge, next] = [await newBadge(), await newBadge()]
    await change(badge.code, { change: 'revoke', reason: 'Why.' })
    const file = new Libsql(http.settings.databaseUrl.slice('file:'.length))
    file
      .prepare('update status_entries set replaced_by = ? where code = ?')
      .run(next.code, badge.code)
    file.close()
    expect(await page(badge.code)).toContain(
      `This badge was replaced by <a class="url" href="${next.url}">${next.url}</a>`,
    )
  })
})

describe('a badge that is suspended', () => {
  it('is not valid until it is reinstated, and the published list does not say so', async () => {
    const badge = await newBadge()
    const { path, index } = await entryOf(badge)
    const before = await http.send({ path })
    const reason = 'A complaint is being looked into.'
    await change(badge.code, { change: 'suspend', reason, public: true })
    expect(await verify({ url: badge.url })).toEqual({
      verdict: 'invalid',
      outcome: 'failed',
      sentence: `The issuer suspended this badge for the time being on 20 March 2026. The issuer’s reason: ${reason}`,
      codes: ['suspended'],
    })
    expect(await page(badge.code)).toContain(reason)
    const during = await http.send({ path })
    expect(during.text).toBe(before.text)
    expect(bitOf(during, index)).toBe(0)
    const answer = await change(badge.code, { change: 'reinstate', reason: 'It was unfounded.' })
    expect(answer.json()['status']).toBe('valid')
    expect(await verify({ url: badge.url })).toMatchObject({ verdict: 'valid', outcome: 'passed' })
    expect(await page(badge.code)).not.toContain(reason)
  })
})

describe('a change that cannot be made', () => {
  const refused = async (code: string, body: unknown, expected: ExpectedProblem, headers = {}) => {
    const before = http.digest()
    const answer = await change(code, body, headers)
    expectProblem(answer, expected)
    expect(http.digest()).toBe(before)
  }
  const conflict = { status: 409, code: 'STATUS_CONFLICT' }
  const invalid = { status: 400, code: 'STATUS_CHANGE_INVALID' }
  const body = (kind: string) => ({ change: kind, reason: 'Why.' })

  it('is refused when the state does not allow it', async () => {
    const badge = await newBadge()
    await refused(badge.code, body('reinstate'), conflict)
    await change(badge.code, body('suspend'))
    await refused(badge.code, body('suspend'), conflict)
    await change(badge.code, body('revoke'))
    for (const kind of ['revoke', 'suspend', 'reinstate'])
      await refused(badge.code, body(kind), conflict)
  })

  it('is refused for a code that is no badge', async () => {
    const unknown = { status: 404, code: 'NOT_FOUND' }
    await refused(toBadgeCode(new Uint8Array(16)), body('revoke'), unknown)
    for (const code of ['x', '%00', 'u'.repeat(26), 'x'.repeat(5000)])
      await refused(code, body('revoke'), unknown)
  })

  it('is refused for an index whose badge was never issued', async () => {
    const { statusLists } = http.service.issuing.database.stores
    const badge = await newBadge()
    const list = (await statusLists.findEntry(badge.code))?.listId ?? ''
    const reserved = toBadgeCode(new Uint8Array(16).fill(7))
    const { index } = await entryOf(badge)
    await statusLists.reserve(list, (index + 1) % 131_072, reserved)
    await refused(reserved, body('revoke'), { status: 404, code: 'NOT_FOUND' })
  })

  it('is refused with the place of every fault', async () => {
    const { code } = await newBadge()
    const at = (pointer: string) => ({ ...invalid, pointer })
    await refused(code, { change: 'revoke' }, at('/reason'))
    await refused(code, { change: 'revoke', reason: ' ' }, at('/reason'))
    await refused(code, { change: 'revoke', reason: 'x'.repeat(501) }, at('/reason'))
    await refused(code, { change: 'revoke', reason: ['Why.'] }, at('/reason'))
    await refused(code, { change: 'delete', reason: 'Why.' }, at('/change'))
    await refused(code, { reason: 'Why.' }, at('/change'))
    await refused(code, { ...body('revoke'), public: 'yes' }, at('/public'))
    await refused(code, { ...body('revoke'), actor: 'me' }, at('/actor'))
    await refused(code, [], invalid)
    const malformed = { status: 400, code: 'REQUEST_MALFORMED' }
    for (const text of ['', '{', '{"change":"revoke","change":"suspend","reason":"Why."}'])
      await refused(code, text, malformed)
  })

  it('is refused when it is 10 MB long, compressed or of another type', async () => {
    const { code } = await newBadge()
    const tooLarge = { status: 413, code: 'BODY_TOO_LARGE' }
    const long = { change: 'revoke', reason: 'x'.repeat(10_000_000) }
    await refused(code, long, tooLarge)
    await refused(code, { ...long, reason: 'x'.repeat(20_000) }, tooLarge)
    const unsupported = { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      await refused(code, body('revoke'), unsupported, { 'Content-Type': type })
    await refused(code, body('revoke'), unsupported, { 'Content-Encoding': 'gzip' })
  })

  it('is refused without a token, with a wrong one, and without the scope', async () => {
    const { code } = await newBadge()
    const unknown = { status: 401, code: 'UNAUTHENTICATED' }
    await refused(code, body('revoke'), unknown, { Authorization: '' })
    await refused(code, body('revoke'), unknown, { Authorization: `Bearer ${token}x` })
    const other = await http.token('reviews:write', 'reviews:release')
    const headers = { Authorization: `Bearer ${other}` }
    await refused(code, body('revoke'), { status: 403, code: 'FORBIDDEN' }, headers)
    expect(await verify({ url: `https://badges.example.org/badges/${code}` })).toMatchObject({
      verdict: 'valid',
    })
  })
})

describe('many changes at once', () => {
  const many = (body: unknown) =>
    http.send({
      method: 'POST',
      path: '/api/v1/badges/status',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('are each made or refused, in order', async () => {
    const [first, second] = [await newBadge(), await newBadge()]
    const answer = await many({
      changes: [
        { code: first.code, change: 'revoke', reason: 'Why.' },
        { code: 'nobody', change: 'revoke', reason: 'Why.' },
        { code: first.code, change: 'suspend', reason: 'Why.' },
        { code: second.code, change: 'revoke' },
        7,
        { code: second.code, change: 'suspend', reason: 'Why.', public: true },
      ],
    })
    const results = answer.json()['results'] as Record<string, Record<string, unknown>>[]
    expect(answer.status).toBe(200)
    expect(results.map((one) => one['status'] ?? one['problem']?.['code'])).toEqual([
      'revoked',
      'NOT_FOUND',
      'STATUS_CONFLICT',
      'STATUS_CHANGE_INVALID',
      'STATUS_CHANGE_INVALID',
      'suspended',
    ])
  })

  it.each([[{}], [[]], [{ changes: {} }], [{ changes: Array.from({ length: 501 }, () => 1) }]])(
    'are refused as a whole when they are no list %#',
    async (body) => {
      const before = http.digest()
      expect((await many(body)).status).toBe(400)
      expect(http.digest()).toBe(before)
    },
  )
})

describe('the published list', () => {
  it('agrees with its ttl, and is not sent again to who has it', async () => {
    const { path } = await entryOf(await newBadge())
    const list = await http.send({ path })
    const subject = list.json()['credentialSubject'] as { ttl: number }
    expect(subject.ttl).toBe(300_000)
    expect(list.headers['cache-control']).toBe('public, max-age=300')
    const etag = list.headers['etag'] ?? ''
    expect(etag).toMatch(/^"[^"]+"$/)
    const again = await http.send({ path, headers: { 'If-None-Match': etag } })
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', etag])
    expect(again.headers['cache-control']).toBe('public, max-age=300')
    const badge = await newBadge()
    await change(badge.code, { change: 'revoke', reason: 'Why.' })
    const changed = await http.send({ path, headers: { 'If-None-Match': etag } })
    expect(changed.status).toBe(200)
    expect(changed.headers['etag']).not.toBe(etag)
  })
})
