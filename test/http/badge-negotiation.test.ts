/** One address for people and machines: `/badges/{code}` and the documents that verifiers read. */
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'

const BROWSERS = [
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
]
const UNKNOWN_CODE = '0123456789abcdefghjkmnpqrs'

let http: HttpService
let badge: BadgeAnswer
let path: string
let stored: string

beforeAll(async () => {
  http = await openHttpService()
  badge = await http.badge()
  path = `/badges/${badge.code}`
  stored = (await http.service.issuing.database.stores.badges.find(badge.code))?.securedJson ?? ''
})
afterAll(() => http.close())

const accepting = (accept: string | undefined, at = path) =>
  http.send({ path: at, headers: accept === undefined ? {} : { Accept: accept } })

describe('/badges/{code}', () => {
  const machines: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/ld+json', 'application/ld+json'],
    ['application/vc', 'application/vc'],
    ['application/vc+ld+json', 'application/vc+ld+json'],
    ['application/vc, application/json;q=0.5', 'application/vc'],
    ['application/json;q=0.5, application/ld+json', 'application/ld+json'],
    ['application/vc, text/html;q=0.9', 'application/vc'],
    ['application/ld+json, text/html;q=0.9, */*;q=0.1', 'application/ld+json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['image/png', 'application/json'],
    ['text/html;q=0, application/json', 'application/json'],
  ]
  for (const [accept, type] of machines) {
    it(`gives the stored bytes as ${type} for Accept ${accept ?? '(none)'}`, async () => {
      const answer = await accepting(accept)
      expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
      expect(answer.text).toBe(stored)
    })
  }

  const people = [
    'text/html',
    'TEXT/HTML',
    'application/xhtml+xml, */*;q=0.1',
    'text/html, application/json;q=0.9',
    'application/json;q=0.5, text/html',
    ...BROWSERS,
  ]
  for (const accept of people) {
    it(`gives the page for Accept ${accept}`, async () => {
      const answer = await accepting(accept)
      expect([answer.status, answer.headers['content-type']]).toEqual([
        200,
        'text/html; charset=utf-8',
      ])
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.text).toMatch(/^<!DOCTYPE html>/i)
    })
  }

  it('gives JSON-LD whatever profile of it is asked for', async () => {
    const profile = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
    for (const accept of [profile, `${profile};q=0.9, */*;q=0.1`])
      expect((await accepting(accept)).headers['content-type']).toBe('application/ld+json')
  })

  it('says that the answer depends on Accept', async () => {
    for (const accept of ['text/html', 'application/json', undefined]) {
      expect((await accepting(accept)).headers.vary).toMatch(/\bAccept\b/)
    }
  })

  it('gives the stored bytes as .json, even to a browser', async () => {
    for (const accept of [undefined, ...BROWSERS]) {
      const answer = await accepting(accept, `${path}.json`)
      expect([answer.headers['content-type'], answer.text]).toEqual(['application/json', stored])
      expect(answer.headers['content-disposition']).toBe(
        `inline; filename="badge-${badge.code}.json"`,
      )
    }
  })

  it('answers HEAD as GET, without the body', async () => {
    for (const headers of [{}, { Accept: 'application/vc' }, { Accept: 'text/html' }]) {
      for (const at of [path, `${path}.json`, `${path}/qr.png`]) {
        const get = await http.send({ path: at, headers })
        const head = await http.send({ method: 'HEAD', path: at, headers })
        expect([head.status, head.bytes.length]).toEqual([200, 0])
        for (const name of ['content-type', 'cache-control', 'access-control-allow-origin'])
          expect(head.headers[name]).toBe(get.headers[name])
      }
    }
  })

  it('answers 304 to whoever has the bytes already', async () => {
    const { headers } = await accepting('application/vc')
    const again = { Accept: 'application/vc', 'If-None-Match': headers.etag ?? '' }
    const answer = await http.send({ path, headers: again })
    expect([answer.status, answer.bytes.length]).toEqual([304, 0])
  })

  it('leads a code typed by hand to its one address', async () => {
    const upper = badge.code.toUpperCase()
    const spelt = badge.code.replaceAll('0', 'o').replaceAll('1', 'L')
    const dashed = badge.code.replace(/^(.{5})(.{5})/, '$1-$2-')
    for (const code of [upper, dashed, ...(spelt === badge.code ? [] : [spelt])]) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await accepting(accept, `/badges/${code}`)
        expect([answer.status, answer.headers.location]).toEqual([308, badge.url])
      }
      const json = await http.send({ path: `/badges/${code}.json` })
      expect([json.status, json.headers.location]).toEqual([308, badge.credential])
    }
  })
})

describe('a badge that there is not', () => {
  const paths = [
    `/badges/${UNKNOWN_CODE}`,
    `/badges/${UNKNOWN_CODE}.json`,
    `/badges/${UNKNOWN_CODE}/qr.svg`,
    `/badges/${UNKNOWN_CODE}/qr.png`,
    `/badges/${UNKNOWN_CODE}u`,
    '/badges/x',
    '/badges/.json',
    '/badges/%00',
    '/badges/..%2f..%2fetc%2fpasswd',
    `/badges/${'0'.repeat(5000)}`,
    '/badges/constructor',
    '/status/%00',
    '/status/x',
    '/achievements/%00',
    '/achievements/%00/1',
    '/badges/',
    '/nothing-here',
  ]
  for (const at of paths) {
    it(`is a problem for machines and a page for people: ${at.slice(0, 40)}`, async () => {
      expectProblem(await accepting('application/json', at), { status: 404, code: 'NOT_FOUND' })
      expectProblem(await accepting(undefined, at), { status: 404, code: 'NOT_FOUND' })
      const page = await accepting(BROWSERS[0], at)
      expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
      expect(page.text).toMatch(/<h1[^>]*>There is nothing here<\/h1>/)
      expect(page.text).toContain(String(page.headers['x-request-id']))
    })
  }

  it('is a problem too when the address cannot be decoded', async () => {
    for (const at of ['/badges/%E0%A4%A', '/status/%ff', '/achievements/%c0']) {
      expectProblem(await accepting(undefined, at), { status: 400, code: 'REQUEST_MALFORMED' })
    }
  })

  it('leads a problem to its meaning', async () => {
    const { type } = (await accepting(undefined, '/nothing-here')).json()
    const page = await accepting(BROWSERS[0], new URL(String(type)).pathname)
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringContaining('There is nothing here'),
    ])
  })
})

describe('the QR code of a badge', () => {
  it('reads as the address of its page', async () => {
    const answer = await http.send({ path: `${path}/qr.png` })
    expect(answer.headers['content-type']).toBe('image/png')
    const { data, width, height } = PNG.sync.read(answer.bytes)
    expect(jsqr.default(new Uint8ClampedArray(data), width, height)?.data).toBe(badge.url)
  })

  it('names the address of its page as SVG', async () => {
    const answer = await http.send({ path: `${path}/qr.svg` })
    expect(answer.headers['content-type']).toMatch(/^image\/svg\+xml/)
    expect(answer.text).toContain(`<title>QR code: ${badge.url}</title>`)
  })
})
