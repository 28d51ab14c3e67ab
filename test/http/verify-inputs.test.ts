/** POST /api/v1/verify with badges in every form, and with addresses of others, which are then fetched. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/adapters/http/app.js'
import { qrPng } from '../../src/adapters/images/qr-code.js'
import { createLogger } from '../../src/adapters/telemetry/logger.js'
import { acceptReview } from '../../src/application/accept-review.js'
import type { GuardedClient } from '../../src/application/ports/outbound.js'
import type { VerificationReport } from '../../src/domain/verification-report.js'
import { openGuardedClient } from '../../src/main/open-outbound.js'
import { openVerifier, type Verifier } from '../../src/main/open-verifier.js'
import { appParts } from '../../src/main/server.js'
import {
  bakedPng,
  bakedSvg,
  type ForeignSite,
  foreignBadge,
  linkingPage,
  openForeignSite,
  qrJpeg,
  TOKEN,
} from '../support/foreign-site.js'
import { verifyForm } from '../support/http-forms.js'
import { type HttpAnswer, type Send, sendTo } from '../support/http-service.js'
import { greyPng } from '../support/pictures.js'
import { aReview } from '../support/reviews.js'
import { openTestService, type TestService, WORKER_URL } from '../support/service.js'

const MIB = 1024 * 1024
/** The search for a QR code ends by the clock, and other tests may hold the machine meanwhile. */
const BY_THE_CLOCK = { retry: 2 }
const BASE_URL = 'http://badges.example.org'

let opened: TestService
let outbound: GuardedClient
let verifier: Verifier
let server: Server
let send: Send
let site: ForeignSite
let badge: string
let own: string

beforeAll(async () => {
  badge = await foreignBadge()
  site = await openForeignSite(badge)
  opened = await openTestService({ env: { BASE_URL, OUTBOUND_DEVELOPMENT: 'on' } })
  const { service, settings } = opened
  outbound = openGuardedClient(settings)
  verifier = openVerifier(service, { workerUrl: WORKER_URL, outbound })
  server = createServer(createApp(appParts(service, verifier, createLogger('silent'))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  send = sendTo((server.address() as AddressInfo).port)
  const review = service.reviewParser.parse(aReview())
  const { badge: issued } = await acceptReview(service.issuing, review, { name: 'test' })
  own = `${BASE_URL}/badges/${issued?.code}`
  await verifier.ready()
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await verifier.close()
  await outbound.close()
  await opened.close()
  await site.close()
})

const post = (type: string, body: string | Uint8Array, query = '') =>
  send({
    method: 'POST',
    path: `/api/v1/verify${query}`,
    headers: { 'Content-Type': type },
    body,
  })

function reportOf(answer: HttpAnswer): VerificationReport {
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  return answer.json() as unknown as VerificationReport
}

const seen = ({ verdict, input }: VerificationReport) => ({ verdict, input })
const codesOf = ({ checks }: VerificationReport) =>
  checks.flatMap(({ problems }) => problems.map(({ code }) => code))

describe('a badge in a body', () => {
  it.each([
    'application/json',
    'application/ld+json',
    'application/vc',
    'application/vc+ld+json',
    'text/plain; charset=UTF-8',
    'application/octet-stream',
  ])('is read as JSON, sent as %s', async (type) => {
    const report = reportOf(await post(type, badge))
    expect(seen(report)).toEqual({ verdict: 'valid', input: ['json'] })
  })

  it.each(['application/vc+jwt', 'application/jwt', 'text/plain', 'application/octet-stream'])(
    'is read as a token, sent as %s',
    async (type) => {
      const answer = await post(type, ` ${TOKEN}\n`)
      const { report = answer.json() } = answer.json()
      expect((report as VerificationReport).input).toEqual(['jwt'])
    },
  )

  it.each([
    ['image/png', 'png', () => bakedPng(badge)],
    ['image/svg+xml', 'svg', () => bakedSvg(badge)],
    ['text/html', 'html', () => `<!doctype html>${script(badge)}`],
  ])('is taken out of %s', async (type, form, make) => {
    const report = reportOf(await post(type, make()))
    expect(seen(report)).toEqual({ verdict: 'valid', input: [form] })
    expect(report.format).toMatch(/: Open Badges 3\.0/)
  })

  it.each([
    ['image/png', () => qrPng(own)],
    ['image/jpeg', () => qrJpeg(own)],
  ])('is found through a QR code in %s', BY_THE_CLOCK, async (type, make) => {
    const report = reportOf(await post(type, make()))
    expect(seen(report)).toEqual({ verdict: 'valid', input: ['qr', 'json'] })
    expect(report.badge?.id).toBe(own)
  })

  it('is what its bytes are, whatever the type says', async () => {
    const lies: readonly (readonly [string, string | Uint8Array, string])[] = [
      ['image/png', badge, 'json'],
      ['image/jpeg', bakedSvg(badge), 'svg'],
      ['application/json', bakedPng(badge), 'png'],
      ['text/html', badge, 'json'],
      ['text/plain', bakedSvg(badge), 'svg'],
    ]
    for (const [type, body, form] of lies) {
      const report = reportOf(await post(type, body))
      expect([type, seen(report)]).toEqual([type, { verdict: 'valid', input: [form] }])
    }
  })

  const script = (json: string) => `<script type="application/ld+json">${json}</script>`
})

describe('what holds no badge', () => {
  it.each([
    ['no-qr', 'invalid', 'image/png', () => greyPng()],
    ['jpeg-broken', 'invalid', 'image/jpeg', () => Buffer.from('ffd8ffe000104a46', 'hex')],
    [
      'no-credential',
      'invalid',
      'image/svg+xml',
      () => '<svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ['page-without-badge', 'unknown', 'text/html', () => '<!doctype html><title>x</title>'],
    ['malformed-jws', 'invalid', 'application/jwt', () => 'eyJhbGciOiJFUzI1NiJ9.e30'],
    ['pdf-later', 'unknown', 'application/octet-stream', () => '%PDF-1.7'],
    ['zip', 'unknown', 'application/octet-stream', () => 'PK\u0003\u0004'],
    ['picture-kind', 'unknown', 'application/octet-stream', () => 'GIF89a'],
    ['address-malformed', 'unknown', 'text/plain', () => 'https://x y'],
  ])('is refused by the rule %s, %s', async (rule, verdict, type, make) => {
    const answer = await post(type, make())
    expect([answer.status, answer.headers['content-type']]).toEqual([
      422,
      'application/problem+json; charset=utf-8',
    ])
    expect(answer.json()).toMatchObject({
      code: 'CREDENTIAL_REFUSED',
      rule,
      report: { verdict },
    })
  })

  it('is told in words for people what to bring, when it is nothing known', async () => {
    const answer = await post('text/plain', 'hello')
    expect(answer.json()).toMatchObject({
      status: 422,
      rule: 'not-json',
      detail: expect.stringContaining('Bring the badge as its issuer gave it'),
      report: { format: 'Not recognised', input: [] },
    })
  })

  it('is explained when it is of an older standard, and nothing is said against it', async () => {
    const older = { '@context': 'https://w3id.org/openbadges/v2', id: 'https://x.example/1' }
    const report = reportOf(await post('application/json', JSON.stringify(older)))
    expect(seen(report)).toEqual({ verdict: 'unknown', input: ['ob2'] })
    expect(codesOf(report)).toEqual(['older-standard'])
  })
})

describe('a body', () => {
  it.each(['application/json', 'text/plain', 'text/html', 'application/vc+jwt'])(
    'of text has at most 1 MiB: %s',
    async (type) => {
      const answer = await post(type, 'x'.repeat(MIB + 1))
      expect(answer.json()).toMatchObject({
        status: 413,
        code: 'BODY_TOO_LARGE',
        detail: expect.stringContaining('1048576'),
      })
      expect((await post(type, badge.padEnd(MIB))).status).toBe(200)
    },
  )

  it.each(['image/png', 'image/jpeg', 'image/svg+xml', 'application/octet-stream'])(
    'of a picture has at most 10 MiB: %s',
    async (type) => {
      const answer = await post(type, Buffer.alloc(10 * MIB + 1))
      expect(answer.json()).toMatchObject({
        status: 413,
        code: 'BODY_TOO_LARGE',
        detail: expect.stringContaining('10485760'),
      })
      expect((await post(type, Buffer.alloc(10 * MIB))).status).toBe(422)
    },
  )

  it.each(['application/xml', 'image/gif', 'application/pdf', 'multipart/form-data', '', 'x'])(
    'of another type is not read: “%s”',
    async (type) => {
      const answer = await post(type, badge)
      expect(answer.json()).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' })
    },
  )
})

describe('an address of another site', () => {
  const asked = (path: string) =>
    post('application/json', JSON.stringify({ url: `${site.origin}${path}` }))

  it.each([
    ['/badge.json', ['url', 'json']],
    ['/badge.png', ['url', 'png']],
    ['/badge.svg', ['url', 'svg']],
    ['/misnamed.png', ['url', 'json']],
    ['/page', ['url', 'html', 'json']],
    ['/picture-page', ['url', 'html', 'png']],
  ])('is followed to its badge: %s', async (path, input) => {
    const report = reportOf(await asked(path))
    expect(seen(report)).toEqual({ verdict: 'valid', input })
  })

  it('is followed to a token', async () => {
    const { report, ...rest } = (await asked('/badge.jwt')).json()
    expect(report ?? rest).toMatchObject({ input: ['url', 'jwt'] })
  })

  it('is the same as text, in a QR code, and in the form on the page', BY_THE_CLOCK, async () => {
    const url = `${site.origin}/page`
    const bodies = [
      await post('text/plain', `\n${url} `),
      await post('image/png', qrPng(url)),
      await post('text/html', linkingPage(`${site.origin}/badge.json`)),
    ]
    expect(bodies.map((answer) => seen(reportOf(answer)))).toEqual([
      { verdict: 'valid', input: ['url', 'html', 'json'] },
      { verdict: 'valid', input: ['qr', 'html', 'json'] },
      { verdict: 'valid', input: ['html', 'json'] },
    ])
    const page = await send(verifyForm({ credential: url }))
    expect(page.text).toContain('Read as: Link to a web page to a file in JSON: Open Badges 3.0')
  })

  it.each([
    ['/nothing', 'unknown', 'input-unreachable'],
    ['/loop', 'unknown', 'input-too-many-steps'],
  ])('leaves the verdict open when it leads nowhere: %s', async (path, verdict, code) => {
    const report = reportOf(await asked(path))
    expect([report.verdict, codesOf(report)]).toEqual([verdict, [code]])
  })

  it.each([
    'http://192.168.0.1/badge.json',
    'http://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    `${BASE_URL}/healthz`,
    `${BASE_URL}/badges/`,
  ])('is not asked when it is no public one: %s', async (url) => {
    const report = reportOf(await post('text/plain', url))
    expect([report.verdict, codesOf(report)]).toEqual(['unknown', ['input-unreachable']])
  })

  it('gets a receipt that says so, with no digest of what somebody else may change', async () => {
    const claims = async (type: string, body: string) => {
      const { receipt } = (await post(type, body, '?receipt=true')).json()
      const [, payload = ''] = String(receipt).split('.')
      return JSON.parse(Buffer.from(payload, 'base64url').toString()).credentialSubject.brought
    }
    expect(await claims('text/plain', `${site.origin}/badge.json`)).toEqual({ kind: 'address' })
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(await claims('text/plain', own)).toEqual({ kind: 'address', sha256 })
    expect(await claims('text/plain', badge)).toEqual({ kind: 'document', sha256 })
  })
})
