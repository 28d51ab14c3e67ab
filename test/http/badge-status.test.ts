/** Revoking, suspending and reinstating over HTTP: who may, what is refused, and who says so then. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBadgeCode } from '../../src/domain/badge-code.js'
import { expectProblem } from '../support/http-problems.js'
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
    const { database } = http.service.issuing
    const found = await database.stores.statusLists.findEntry(badge.code)
    const { run } = await import('../support/http-database-digest.js').then(() => ({
      run: (sql: string) => runOn(http.settings.databaseUrl, sql),
    }))
    run(`update status_entries set replaced_by = '${next.code}' where code = '${found?.code}'`)
    const html = await page(badge.code)
    expect(html).toMatch(/This badge was replaced by\s*<a class="url" href="https:[^"]+"/)
    expect(html).toContain(`href="${next.url}"`)
  })
})
