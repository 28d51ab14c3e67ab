/** Health, and what is said, and not said, when something inside is broken. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/adapters/http/app.js'
import type { AppParts } from '../../src/adapters/http/app-parts.js'
import { createLogger } from '../../src/adapters/telemetry/logger.js'
import { appParts } from '../../src/main/server.js'
import { expectProblem } from '../support/http-problems.js'
import {
  type HttpAnswer,
  type HttpService,
  openHttpService,
  reviewRequest,
  type Send,
  whileServing,
} from '../support/http-service.js'
import { aReview } from '../support/reviews.js'

type Failure = Parameters<AppParts['logFailure']>[0]
type Line = Parameters<AppParts['logRequest']>[0]

let http: HttpService
let token: string

beforeAll(async () => {
  http = await openHttpService()
  token = await http.token()
})
afterAll(() => http.close())

function realParts(): AppParts {
  return appParts(http.service, http.verifier, createLogger('silent'))
}

describe('health', () => {
  it('is alive and ready', async () => {
    for (const [path, status] of [
      ['/healthz', 'alive'],
      ['/readyz', 'ready'],
    ] as const) {
      const answer = await http.send({ path })
      expect([answer.status, answer.json()]).toEqual([200, { status }])
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })

  it('is alive but not ready when the database is gone', async () => {
    const closed = await openHttpService()
    await closed.service.issuing.database.close()
    expect((await closed.send({ path: '/healthz' })).status).toBe(200)
    const answer = await closed.send({ path: '/readyz' })
    expectProblem(answer, { status: 503, code: 'STORE_UNAVAILABLE' })
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
    await closed.close()
  })
})

describe('a bug', () => {
  const secret = 'secret_column of ana@example.org'

  /** The application with a badge store that fails as a bug does. */
  async function whileBroken(work: (send: Send, failures: readonly Failure[]) => Promise<void>) {
    const failures: Failure[] = []
    const parts = realParts()
    const { database } = parts.issuing
    const badges = { ...database.stores.badges, find: fail, findByReview: fail }
    const broken = { ...database, stores: { ...database.stores, badges } }
    const app = createApp({
      ...parts,
      issuing: { ...parts.issuing, database: broken },
      reading: { ...parts.reading, database: broken },
      logFailure: (failure) => failures.push(failure),
    })
    await whileServing(app, (send) => work(send, failures))
  }

  function fail(): never {
    throw new TypeError(`cannot read ${secret}`)
  }

  function expectSilent(answer: HttpAnswer): void {
    const all = answer.text + JSON.stringify(answer.headers)
    expect(all).not.toMatch(/secret|ana@|TypeError|cannot read|\.[jt]s\b|node_modules|\bat /)
  }

  const code = '0123456789abcdefghjkmnpqrs'
  const requests = () => [
    { path: `/badges/${code}` },
    { path: `/badges/${code}.json` },
    { path: `/badges/${code}/qr.png` },
    {
      method: 'POST',
      path: '/api/v1/verify',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: code }),
    },
    reviewRequest(token, aReview({ id: 'bug' })),
  ]

  it('is a problem without a word of its cause, with a number to quote', async () => {
    await whileBroken(async (send, failures) => {
      for (const request of requests()) {
        const answer = await send(request)
        expect([answer.status, answer.headers['content-type']]).toEqual([
          500,
          expect.stringMatching(/^application\/problem\+json/),
        ])
        const id = answer.headers['x-request-id']
        expect(answer.json()).toEqual({
          type: 'about:blank',
          title: 'Internal Server Error',
          status: 500,
          detail: expect.stringContaining(String(id)),
          requestId: id,
        })
        expectSilent(answer)
        expect(failures.at(-1)).toMatchObject({
          id,
          code: 'INTERNAL',
          error: expect.any(TypeError),
        })
      }
    })
  })

  it('is a page for people, with the same number', async () => {
    await whileBroken(async (send) => {
      const answer = await send({ path: `/badges/${code}`, headers: { Accept: 'text/html' } })
      expect([answer.status, answer.headers['content-type']]).toEqual([
        500,
        'text/html; charset=utf-8',
      ])
      expect(answer.text).toContain(String(answer.headers['x-request-id']))
      expectSilent(answer)
    })
  })

  it('leaves what was recorded so that a repeat gives the badge', async () => {
    const review = aReview({ id: 'bug-then-badge' })
    await whileBroken(async (send) => {
      expect((await send(reviewRequest(token, review))).status).toBe(500)
    })
    const answer = await http.send(reviewRequest(token, review))
    expect([answer.status, answer.json()['badge']]).toEqual([200, expect.anything()])
  })
})

describe('the request log', () => {
  it('holds route patterns and times, and nothing of address, body or token', async () => {
    const lines: Line[] = []
    const app = createApp({ ...realParts(), logRequest: (line) => lines.push(line) })
    const { code } = await http.badge()
    await whileServing(app, async (send) => {
      await send({ path: `/badges/${code}?token=${token}`, headers: { Cookie: 'a=b' } })
      await send(reviewRequest(token, aReview({ id: 'logged' })))
      await send({ path: `/nothing/ana@example.org` })
    })
    expect(lines.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/badges/:name', 200],
      ['POST', '/api/v1/reviews', 201],
      ['GET', 'none', 404],
    ])
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`${code}|${token}|ana|Example|logged`))
  })
})
