/** A badge as VC-JWT at `/badges/{code}.jwt` (OB 3.0 sections 5 and 8.2). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'

let http: HttpService
let badge: BadgeAnswer
let address: string
let stored: string

beforeAll(async () => {
  http = await openHttpService()
  badge = await http.badge({ id: 'with-a-token' })
  address = `/badges/${badge.code}.jwt`
  stored = (await http.service.issuing.database.stores.badges.find(badge.code))?.token ?? ''
})
afterAll(() => http.close())

describe('the token of a badge', () => {
  const types: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'text/plain'],
    ['*/*', 'text/plain'],
    ['text/html, */*;q=0.8', 'text/plain'],
    ['application/json', 'text/plain'],
    ['application/vc+jwt', 'application/vc+jwt'],
    ['application/jwt, */*;q=0.1', 'application/jwt'],
  ]
  for (const [accept, type] of types) {
    it(`is the stored bytes as ${type} for Accept ${accept ?? '(none)'}`, async () => {
      const headers = accept === undefined ? {} : { Accept: accept }
      const answer = await http.send({ path: address, headers })
      expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
      expect(answer.text).toBe(stored)
      expect(stored.split('.')).toHaveLength(3)
    })
  }

  it('may be read from other sites, is checked before it is reused and is not listed', async () => {
    const { headers } = await http.send({ path: address })
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['cache-control']).toBe('no-cache')
    expect(headers['x-robots-tag']).toBe('noindex')
    expect(headers['vary']).toContain('Accept')
    expect(headers['content-disposition']).toBe(`inline; filename="badge-${badge.code}.jwt"`)
    const { etag } = headers
    const again = await http.send({ path: address, headers: { 'If-None-Match': String(etag) } })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  it('has a HEAD, and no other method', async () => {
    const head = await http.send({ method: 'HEAD', path: address })
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(stored)))
    for (const method of ['POST', 'PUT', 'DELETE'])
      expectProblem(await http.send({ method, path: address }), {
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
      })
  })

  it('has one address, however the code is spelt', async () => {
    const answer = await http.send({ path: `/badges/${badge.code.toUpperCase()}.jwt` })
    expect([answer.status, answer.headers['location']]).toEqual([308, `${badge.url}.jwt`])
  })

  it('is offered on the page of the badge', async () => {
    const page = await http.send({
      path: `/badges/${badge.code}`,
      headers: { Accept: 'text/html' },
    })
    expect(page.text).toContain(`href="${badge.url}.jwt"`)
  })

  it('is not there for an unknown code, or under another end', async () => {
    for (const name of ['0123456789abcdefghjkmnpqrs.jwt', `${badge.code}.jwt.jwt`, '.jwt'])
      expectProblem(await http.send({ path: `/badges/${name}` }), {
        status: 404,
        code: 'NOT_FOUND',
      })
  })

  it('is kept when the earner does not share all that is in it', async () => {
    const hidden = await http.badge({
      id: 'hidden',
      consent: { name: 'hidden', evidence: 'hidden', listed: false },
    })
    const { pathname } = new URL(`${hidden.url}.jwt`)
    expectProblem(await http.send({ path: pathname }), {
      status: 403,
      code: 'CREDENTIAL_NOT_PUBLIC',
    })
  })
})

describe('a badge of an issuer without a key for tokens', () => {
  it('has no token, says so, and its page does not offer one', async () => {
    const without = await openHttpService({ env: { JWT_ALGORITHM: 'off' } })
    try {
      const { code, url } = await without.badge()
      const answer = await without.send({ path: `/badges/${code}.jwt` })
      expectProblem(answer, { status: 404, code: 'NOT_FOUND' })
      expect(answer.json()['detail']).toContain('no form as a token')
      const page = await without.send({ path: `/badges/${code}`, headers: { Accept: 'text/html' } })
      expect(page.text).not.toContain(`${url}.jwt`)
    } finally {
      await without.close()
    }
  })
})
