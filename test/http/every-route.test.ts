/** What holds for every route, over the list of routes that the application itself has. */
import type { Express } from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STYLESHEET_PATH } from '../../src/adapters/http/routes/operations.js'
import { FONT_FILES } from '../../src/adapters/pages/fonts.js'
import { addEndorsement } from '../../src/application/add-endorsement.js'
import { inviteStaff } from '../../src/application/staff/manage-staff.js'
import { claimPath } from '../support/claims.js'
import { ACHIEVEMENT, addTestIssuer } from '../support/districts.js'
import { expectProblem } from '../support/http-problems.js'
import { listRoutes } from '../support/http-routes.js'
import { type HttpAnswer, type HttpService, openHttpService } from '../support/http-service.js'

/** Documents that verifiers in other people's browsers read (design: public surface). */
const OPEN_TO_ALL = [
  '/badges/:name',
  '/issuer',
  '/.well-known/did.json',
  '/.well-known/jwks.json',
  '/issuers/:slug',
  '/issuers/:slug/did.json',
  '/keys/:keyId',
  '/1.0/identifiers/:did',
  '/achievements/:slug',
  '/achievements/:slug/:version',
  '/achievements/:slug/:version/image.png',
  '/achievements/:slug/:version/image.svg',
  '/status/:list',
  '/endorsements/:name',
]
const ACCEPTS = ['application/json', 'text/html']

let https: HttpService
let plain: HttpService
let examples: ReadonlyMap<string, string>

beforeAll(async () => {
  https = await openHttpService()
  plain = await openHttpService({ env: { BASE_URL: 'http://localhost:3000' } })
  examples = await findExamples(https)
})
afterAll(async () => {
  await https.close()
  await plain.close()
})

/** A path for every pattern, at which there is something. */
async function findExamples(http: HttpService): Promise<ReadonlyMap<string, string>> {
  const badge = new URL((await http.badge()).url).pathname
  const document = (await http.send({ path: badge })).json()
  const { statusListCredential } = document['credentialStatus'] as Record<string, string>
  const achievement = '/achievements/empowering-students-as-creators'
  return new Map([
    ['/badges/:name', badge],
    ['/badges/:name/qr.svg', `${badge}/qr.svg`],
    ['/badges/:name/qr.png', `${badge}/qr.png`],
    ['/achievements/:slug', achievement],
    ['/achievements/:slug/:version', `${achievement}/1`],
    ['/achievements/:slug/:version/image.png', `${achievement}/1/image.png`],
    ['/achievements/:slug/:version/image.svg', `${achievement}/1/image.svg`],
    ['/endorsements/:name', await endorse(http)],
    ['/status/:list', new URL(statusListCredential ?? '').pathname],
    ['/issuers/:slug', '/issuers/default'],
    ['/issuers/:slug/did.json', '/issuers/default/did.json'],
    ['/keys/:keyId', `/keys/${await tokenKeyId(http)}`],
    [
      '/1.0/identifiers/:did',
      '/1.0/identifiers/did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    ],
    ['/api/v1/badges/:code/status', `/api/v1${badge}/status`],
    ['/api/v1/badges/:code/correction', `/api/v1${badge}/correction`],
    ['/problems/:slug', '/problems/not-found'],
    ['/assets/fonts/:file', `/assets/fonts/${FONT_FILES[0]?.file}`],
    ['/api/v1/reviews/:source/:id/:attempt/release', '/api/v1/reviews/test/none/1/release'],
    ['/staff/sign-in/:token', await signInLink(http)],
    ['/badges/:name/yours', `${badge}/yours`],
    ...(await claimExamples(http, badge)),
    ...['release', 'hold', 'return', 'resume'].map((name) => deskExample('reviews', name)),
    ...['role', 'end'].map((name) => deskExample('people', name)),
    ['/staff/reviews/:id', '/staff/reviews/none'],
    ['/staff/releases/:id', '/staff/releases/none'],
    ...['', '/status', '/correction', '/link', '/erase'].map(
      (end) => [`/staff/badges/:code${end}`, `/staff/badges/none${end}`] as const,
    ),
  ])
}

async function claimExamples(
  http: HttpService,
  badge: string,
): Promise<readonly (readonly [string, string])[]> {
  const path = await claimPath(http, badge.slice('/badges/'.length))
  return [
    ['/claim/:token', path],
    ['/claim/:token/:file', `${path}/badge.json`],
  ]
}

async function endorse({ service }: HttpService): Promise<string> {
  await addTestIssuer(service, { slug: 'endorser', name: 'Endorser' })
  const request = { issuer: 'endorser', subject: ACHIEVEMENT, comment: 'Worth having.' }
  const { endorsement } = await addEndorsement(service.issuing, { name: 'test' }, request)
  return `/endorsements/${endorsement.code}`
}

function deskExample(place: string, name: string): readonly [string, string] {
  return [`/staff/${place}/:id/${name}`, `/staff/${place}/none/${name}`]
}

async function signInLink({ service }: HttpService): Promise<string> {
  const request = { email: 'admin@example.org', role: 'admin' }
  const { link } = await inviteStaff(service.issuing, { name: 'test' }, request, 'by-hand')
  return new URL(link ?? '').pathname
}

async function tokenKeyId(http: HttpService): Promise<string> {
  const key = await http.service.issuing.database.stores.keys.findActive('default', 'ES256')
  return key?.keyId ?? 'none'
}

function exampleOf(pattern: string): string {
  if (!pattern.includes(':')) return pattern
  const path = examples.get(pattern)
  if (path === undefined) throw new Error(`give an example for the route ${pattern}`)
  return path
}

function routes(app: Express = https.app) {
  return listRoutes(app).map((route) => ({ ...route, example: exampleOf(route.path) }))
}

const gettable = () => routes().filter((route) => route.methods.includes('GET'))

/** GET and HEAD as people and as machines, a wrong method, and the methods it has, without a body. */
async function askAll(http: HttpService, path: string, methods: readonly string[]) {
  const answers: HttpAnswer[] = []
  for (const Accept of ACCEPTS) {
    for (const method of new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', ...methods]))
      answers.push(await http.send({ method, path, headers: { Accept } }))
  }
  return answers
}

describe('the list of routes', () => {
  it('holds what the design promises', () => {
    const found = listRoutes(https.app).map(({ path, methods }) => `${methods.join()} ${path}`)
    expect(found.sort()).toEqual(
      [
        ...OPEN_TO_ALL.map((path) => `GET ${path}`),
        'GET /',
        'GET /healthz',
        'GET /readyz',
        `GET ${STYLESHEET_PATH}`,
        'GET /assets/fonts/:file',
        'GET /robots.txt',
        'GET /problems',
        'GET /problems/:slug',
        'GET /badges/:name/qr.svg',
        'GET,POST /badges/:name/yours',
        'GET,POST /claim/:token',
        'GET /claim/:token/:file',
        'GET /badges/:name/qr.png',
        'GET,POST /verify',
        'POST /api/v1/verify',
        'POST /vc-api/credentials/issue',
        'POST /vc-api/credentials/status',
        'POST /vc-api/credentials/verify',
        'POST /vc-api/presentations/verify',
        'POST /verify/receipt',
        'POST /api/v1/badges/:code/correction',
        'POST /api/v1/badges/:code/status',
        'POST /api/v1/badges/status',
        'POST /api/v1/endorsements',
        'POST /api/v1/reviews',
        'POST /api/v1/reviews/:source/:id/:attempt/release',
        'GET /staff',
        'GET,POST /staff/sign-in',
        'GET,POST /staff/sign-in/:token',
        'POST /staff/sign-out',
        'POST /staff/sign-out-everywhere',
        'GET /staff/reviews/:id',
        'POST /staff/reviews/:id/release',
        'POST /staff/reviews/:id/hold',
        'POST /staff/reviews/:id/return',
        'POST /staff/reviews/:id/resume',
        'POST /staff/releases',
        'GET /staff/releases/:id',
        'GET /staff/log',
        'GET /staff/badges',
        'GET /staff/badges/:code',
        'POST /staff/badges/:code/status',
        'POST /staff/badges/:code/correction',
        'POST /staff/badges/:code/link',
        'POST /staff/badges/:code/erase',
        'GET,POST /staff/people',
        'POST /staff/people/:id/role',
        'POST /staff/people/:id/end',
      ].sort(),
    )
  })

  it('answers every GET with something, and at the desk with its door', async () => {
    for (const { example } of gettable()) {
      const { status, headers } = await https.send({ path: example })
      if (/^\/staff(?!\/sign-in)/.test(example))
        expect([example, status, headers.location]).toEqual([example, 303, '/staff/sign-in'])
      else
        expect([example, status]).toEqual([
          example,
          example === '/achievements/empowering-students-as-creators' ? 302 : 200,
        ])
    }
  })
})

describe('security headers', () => {
  it('stand on every answer, errors too', async () => {
    const targets = [...routes(), { example: '/nothing-here', methods: [] }]
    for (const { example, methods } of targets) {
      for (const { headers } of await askAll(https, example, methods))
        expectSafe(headers, hasOwnForms(example) ? 'same-origin' : 'no-referrer')
    }
  })

  it('allow a page its own styles, fonts, pictures and forms, and nothing inline', async () => {
    for (const { example } of gettable()) {
      const { headers } = await https.send({ path: example, headers: { Accept: 'text/html' } })
      if (!/^text\/html/.test(headers['content-type'] ?? '')) continue
      expect(String(headers['content-security-policy']).split(';').sort()).toEqual([
        "base-uri 'none'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "style-src 'self'",
      ])
    }
  })

  it('ask for https for a year only where the service is on https', async () => {
    for (const { path } of listRoutes(plain.app)) {
      const example = exampleOf(path)
      const { headers } = await plain.send({ path: example })
      expect(headers).not.toHaveProperty('strict-transport-security')
      const secure = await https.send({ path: example })
      expect(secure.headers['strict-transport-security']).toBe('max-age=31536000')
    }
  })
})

/** Forms of ours say where they come from, so that those of others are known. */
function hasOwnForms(path: string): boolean {
  return /^\/(staff|claim)|\/yours$/.test(path)
}

function expectSafe(headers: HttpAnswer['headers'], referrer: string): void {
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe-|\*|https?:/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['referrer-policy']).toBe(referrer)
  expect(headers['permissions-policy']).toContain('camera=()')
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('server')
  expect(headers).not.toHaveProperty('set-cookie')
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
}

describe('other origins', () => {
  it('may read the public documents, and nothing else', async () => {
    for (const { path, methods, example } of routes()) {
      const isOpen = OPEN_TO_ALL.includes(path)
      for (const method of ['GET', ...methods]) {
        const headers = { Origin: 'https://elsewhere.example.org' }
        const answer = await https.send({ method, path: example, headers })
        const allowed = answer.headers['access-control-allow-origin']
        expect([path, allowed]).toEqual([path, isOpen ? '*' : undefined])
        expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
        const policy = answer.headers['cross-origin-resource-policy']
        expect([path, policy]).toEqual([path, isOpen ? 'cross-origin' : 'same-origin'])
      }
    }
  })

  it('may not read the pages', async () => {
    for (const { example } of gettable()) {
      const page = { path: example, headers: { Accept: 'text/html' } }
      const { status, headers } = await https.send(page)
      if (status !== 200 || !/^text\/html/.test(headers['content-type'] ?? '')) continue
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    }
  })
})

describe('a method that a route does not have', () => {
  it('gets 405 with the methods that it has', async () => {
    for (const { example, methods } of routes()) {
      const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
        if (allowed.includes(method)) continue
        const answer = await https.send({
          method,
          path: example,
          headers: { 'Content-Length': '0' },
        })
        expectProblem(answer, { status: 405, code: 'METHOD_NOT_ALLOWED' })
        expect([example, answer.headers.allow]).toEqual([example, allowed.join(', ')])
      }
    }
  })
})

describe('GET and HEAD', () => {
  it('change nothing, however they are asked', async () => {
    const before = https.digest()
    for (const { example } of routes()) {
      for (const path of [example, `${example}?release=1&_method=POST`, `${example}.json`]) {
        for (const method of ['GET', 'HEAD']) {
          for (const Accept of ACCEPTS)
            expect((await https.send({ method, path, headers: { Accept } })).status).toBeLessThan(
              500,
            )
        }
      }
    }
    expect(https.digest()).toBe(before)
  })
})
