/** The page on which anyone has a badge checked, without script and without an account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BROWSER_ACCEPT,
  type FormFields,
  formBody,
  formRequest,
  verifyForm,
} from '../support/http-forms.js'
import { expectProblem } from '../support/http-problems.js'
import {
  type BadgeAnswer,
  type HttpAnswer,
  type HttpRequest,
  type HttpService,
  openWithBadge,
} from '../support/http-service.js'

const LIMIT = 1024 * 1024
const FILE_LIMIT = 10 * LIMIT

let http: HttpService
let badge: BadgeAnswer
let stored: string

beforeAll(async () => {
  ;({ http, badge, stored } = await openWithBadge())
})
afterAll(() => http.close())

/** Sends a form; whatever comes of it, it is a page that does not name the earner as our words. */
async function sendForm(request: HttpRequest, status: number): Promise<HttpAnswer> {
  const before = http.digest()
  const answer = await http.send(request)
  expect([answer.status, answer.headers['content-type']]).toEqual([
    status,
    'text/html; charset=utf-8',
  ])
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.text).toMatch(/^<!DOCTYPE html>/i)
  expect(http.digest()).toBe(before)
  return answer
}

const check = (fields: FormFields, status = 200) => sendForm(verifyForm(fields), status)

const stampOf = (answer: HttpAnswer) =>
  [...answer.text.matchAll(/class="stamp-word"[^>]*>([^<]*)</g)].map(([, word]) => word).join(' ')

describe('the form', () => {
  it('is there for everyone', async () => {
    const page = await http.send({ path: '/verify', headers: { Accept: BROWSER_ACCEPT } })
    expect(page.status).toBe(200)
    for (const name of ['file', 'credential', 'recipient'])
      expect(page.text).toMatch(new RegExp(`<(input|textarea)[^>]* name="${name}"`))
    expect(page.text).toMatch(/<form[^>]*method="post"[^>]*enctype="multipart\/form-data"/)
  })

  it('checks what is pasted, a file, or an address', async () => {
    const file = { name: 'badge.json', bytes: stored }
    const addresses = [badge.url, badge.code].flatMap((url) => [{ url }, { credential: url }])
    const ways = [{ credential: stored }, { file }, ...addresses]
    for (const fields of ways) expect(stampOf(await check(fields))).toBe('VALID')
  })

  it('looks at the file first, then at the text, then at the address', async () => {
    const file = { name: 'badge.json', bytes: stored }
    expect(stampOf(await check({ file, credential: '{', url: 'x' }))).toBe('VALID')
    expect(stampOf(await check({ credential: stored, url: 'x' }))).toBe('VALID')
  })

  it('says that a changed badge is not valid', async () => {
    const credential = stored.replace('"Ana Example"', '"Eve Example"')
    expect(stampOf(await check({ credential }))).toBe('NOT VALID')
    expect(stampOf(await check({ file: { name: 'a.json', bytes: credential } }))).toBe('NOT VALID')
  })

  it('says that what is no badge is not valid, whatever it is', async () => {
    const files = [
      'hello',
      '{}',
      '[]',
      '\u0000\u0001\uFFFE',
      '<svg/>',
      Buffer.from([0x89, 0x50, 0xff]),
    ]
    for (const bytes of files)
      expect(stampOf(await check({ file: { name: 'x', bytes } }))).toBe('NOT VALID')
  })

  it('shows pasted markup as text', async () => {
    const credential = '</textarea><script>alert(1)</script><img src=x onerror=alert(1)>'
    const page = await check({ credential, url: '"><script>alert(2)</script>' })
    expect(page.text).not.toMatch(/<script|<img src=x/)
    expect(page.text).toContain('&lt;script')
  })
})

describe('a form that cannot be used', () => {
  it('is answered beside the form when nothing was entered', async () => {
    for (const fields of [{}, { url: ' ', credential: '\r\n' }]) {
      const page = await check(fields, 422)
      expect(page.text).toContain('Paste a badge, choose a file, or give the address of a badge.')
      expect(page.text).toMatch(/<form[^>]*action="\/verify"/)
      expect(stampOf(page)).toBe('')
    }
  })

  it('keeps the address in the form when no badge came from it', async () => {
    const url = 'https://elsewhere.example.org/badge.json'
    for (const fields of [{ url }, { credential: url }]) {
      const page = await check(fields)
      expect(stampOf(page)).toBe('COULD NOT BE CHECKED NOW')
      expect(page.text).toContain('No badge came from elsewhere.example.org.')
      expect(page.text).toContain(`>${url}</textarea>`)
    }
  })

  it('is answered beside the form when there is no such badge', async () => {
    const page = await check({ url: '0123456789abcdefghjkmnpqrs' }, 404)
    expect(page.text).toMatch(/<form[^>]*action="\/verify"/)
  })

  it('is answered at once when the address is long and hostile', async () => {
    for (const url of [`${'?'.repeat(300_000)}\nx`, `${'/'.repeat(300_000)}x`])
      expect((await check({ url })).text).not.toContain('????')
  })

  it('does not write a long text back into the form', async () => {
    expect((await check({ credential: '&'.repeat(32_768) })).text).toContain('&amp;&amp;')
    expect((await check({ credential: '&'.repeat(32_769) })).text).not.toContain('&amp;&amp;')
  })

  it('is refused when a part of it is too large', async () => {
    const large = 'x'.repeat(LIMIT + 1)
    const file = { name: 'large.png', bytes: 'x'.repeat(FILE_LIMIT + 1) }
    for (const fields of [{ credential: large }, { url: large }])
      expect((await check(fields, 413)).text).toContain('At most 1048576 bytes can be checked.')
    expect((await check({ file }, 413)).text).toContain('At most 10485760 bytes can be checked.')
    const most = stored.padEnd(LIMIT)
    expect(stampOf(await check({ file: { name: 'most.json', bytes: most } }))).toBe('VALID')
  })

  it('is refused as another media type, as a problem for machines', async () => {
    const types = [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/mixed; boundary=x',
      'multipart/form-data',
      '',
    ]
    for (const type of types) {
      await sendForm(formRequest(formBody({ url: badge.url }), type), 415)
      const headers = { 'Content-Type': type }
      const answer = await http.send({ ...formRequest('', type), headers })
      expectProblem(answer, { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' })
    }
  })
})

describe('a broken form', () => {
  /** The same numbers each time. */
  function createChance(seed: number): (limit: number) => number {
    let state = seed
    return (limit) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * limit)
    }
  }

  /** 25 bodies that end too soon and 25 whose boundary is not the one that was announced. */
  function brokenBodies(whole: Buffer): readonly Buffer[] {
    const chance = createChance(7)
    const text = whole.toString('latin1')
    const cut = () => whole.subarray(0, chance(whole.length - 60))
    const misnamed = () => {
      const at = chance(20) + 10
      const other = 'XYZ!'[chance(4)] ?? ''
      return Buffer.from(
        text.replaceAll(/------WebKit\w+/g, (line) => line.slice(0, at) + other),
        'latin1',
      )
    }
    return Array.from({ length: 50 }, (_one, index) => (index % 2 === 0 ? cut() : misnamed()))
  }

  it('is refused in 50 ways, by a process that goes on', async () => {
    const whole = formBody({ url: badge.url, file: { name: 'badge.json', bytes: stored } })
    for (const body of brokenBodies(whole)) {
      const page = await http.send(formRequest(body))
      expect([page.status, page.text]).toEqual([400, expect.stringContaining('cannot be read')])
    }
    expect(stampOf(await check({ url: badge.url }))).toBe('VALID')
  })

  it('never breaks the service with a byte that is another', async () => {
    const whole = formBody({ url: badge.url, file: { name: 'badge.json', bytes: '{}' } })
    const chance = createChance(11)
    for (let round = 0; round < 50; round += 1) {
      const body = Buffer.from(whole)
      for (let spoilt = 0; spoilt <= round % 4; spoilt += 1) body[chance(body.length)] = chance(256)
      expect((await http.send(formRequest(body))).status).toBeLessThan(500)
    }
    expect(stampOf(await check({ url: badge.url }))).toBe('VALID')
  })

  it('is refused with a boundary that none can be, or too many parts', async () => {
    const body = formBody({ url: badge.url })
    for (const boundary of ['', '""', 'x'.repeat(5000), '\t']) {
      const type = `multipart/form-data; boundary=${boundary}`
      const { status } = await http.send(formRequest(body, type))
      expect([400, 415, 422]).toContain(status)
    }
    const part = '--x\r\nContent-Disposition: form-data; name="url"\r\n\r\nx\r\n'
    const many = formRequest(`${part.repeat(5000)}--x--\r\n`, 'multipart/form-data; boundary=x')
    const { status } = await http.send(many)
    expect([status >= 400, status < 500]).toEqual([true, true])
  })

  it('does no harm when it never arrives whole', async () => {
    const half = formBody({ credential: stored }).subarray(0, 500)
    const { headers = {} } = formRequest(half)
    const request = { ...formRequest(half), headers: { ...headers, 'Content-Length': '100000' } }
    await expect(
      Promise.race([
        http.send(request),
        new Promise((resolve) => setTimeout(resolve, 300, 'late')),
      ]),
    ).resolves.toBe('late')
    expect(stampOf(await check({ url: badge.url }))).toBe('VALID')
  })
})
