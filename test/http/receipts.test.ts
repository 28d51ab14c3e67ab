/** Receipts of checks: what they say, that they can be checked again, and that they are never badges. */
import { createHash } from 'node:crypto'
import { compactVerify, importJWK, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeKeyState } from '../../src/application/manage-keys.js'
import { VerificationReceipt } from '../../src/domain/verification-receipt.js'
import { CHECK_NAMES, type VerificationReport } from '../../src/domain/verification-report.js'
import { BROWSER_ACCEPT, verifyForm } from '../support/http-forms.js'
import { expectProblem } from '../support/http-problems.js'
import {
  type BadgeAnswer,
  type HttpAnswer,
  type HttpService,
  openHttpService,
  openWithBadge,
} from '../support/http-service.js'
import { activeKey } from '../support/service.js'

let http: HttpService
let badge: BadgeAnswer
let stored: string

beforeAll(async () => {
  ;({ http, badge, stored } = await openWithBadge())
})
afterAll(() => http.close())

type Answer = VerificationReport & { readonly receipt: string }

const post = (body: string, headers: Readonly<Record<string, string>> = {}, on = http) =>
  on.send({
    method: 'POST',
    path: '/api/v1/verify?receipt=true',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  })
const receiptFor = async (body: string, headers?: Readonly<Record<string, string>>, on = http) =>
  ((await post(body, headers, on)).json() as unknown as Answer).receipt
const partsOf = (token: string) =>
  token
    .split('.')
    .slice(0, 2)
    .map((part) => Buffer.from(part, 'base64url').toString())
const payloadOf = (token: string) => JSON.parse(partsOf(token)[1] ?? '')
const bring = async (token: string, on = http) =>
  (
    await on.send({
      method: 'POST',
      path: '/api/v1/verify',
      headers: { 'Content-Type': 'application/jwt' },
      body: token,
    })
  ).json()
const page = (token: string, more = ''): Promise<HttpAnswer> =>
  http.send({
    method: 'POST',
    path: '/verify/receipt',
    headers: { Accept: BROWSER_ACCEPT, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `receipt=${token}${more}`,
  })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('a receipt', () => {
  it('of a badge says verdict, rows and identifiers, and nothing of the earner', async () => {
    const answer = await post(stored, { Recipient: 'ana@example.org' })
    const report = answer.json() as unknown as Answer
    const payload = payloadOf(report.receipt)
    const did = (await activeKey(http.service)).controller
    const seconds = Date.parse(report.checkedAt) / 1000
    expect(payload).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://www.w3.org/ns/credentials/undefined-terms/v2',
      ],
      id: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      type: ['VerifiableCredential', 'VerificationReceipt'],
      issuer: { id: did, name: 'Future Ready Librarians' },
      validFrom: report.checkedAt,
      credentialSubject: {
        type: 'VerificationResult',
        verdict: 'valid',
        badgeVerdict: 'valid',
        format: report.format,
        brought: { kind: 'document', sha256: sha256(stored) },
        badge: { id: badge.url, issuerId: did },
        checks: report.checks.map(({ name, outcome, sentence, problems }) => ({
          name,
          outcome,
          sentence,
          codes: problems.map(({ code }) => code),
        })),
      },
      iss: did,
      jti: payload.id,
      iat: seconds,
      nbf: seconds,
    })
    expect(payload.credentialSubject.checks).toHaveLength(CHECK_NAMES.length)
    expect(JSON.stringify(payload)).not.toMatch(/Ana|ana@|sha256\$|salt|Empowering/)
  })

  it('of a refused document says by which rule it was refused', async () => {
    const answer = await post('[]')
    expectProblem(answer, { status: 422, code: 'CREDENTIAL_REFUSED', rule: 'not-an-object' })
    const token = String(answer.json()['receipt'])
    expect(payloadOf(token).credentialSubject).toMatchObject({
      verdict: 'invalid',
      rule: 'not-an-object',
      brought: { kind: 'document', sha256: sha256('[]') },
    })
    expect(await bring(token)).toMatchObject({ receipt: { outcome: 'genuine' } })
    const key = await importJWK({ ...(await activeKey(http.service)).publicKeyJwk } as JWK, 'EdDSA')
    const { protectedHeader } = await compactVerify(token, key)
    expect(protectedHeader.typ).toBe('verification-receipt+jwt')
  })

  it('of a badge by its address has the digest of the file that is served', async () => {
    const { brought } = payloadOf(
      await receiptFor(JSON.stringify({ url: badge.url })),
    ).credentialSubject
    expect(brought).toEqual({ kind: 'address', sha256: sha256(stored) })
  })

  it('is given only when it is asked for, and changes nothing', async () => {
    const before = http.digest()
    const answer = await http.send({
      method: 'POST',
      path: '/api/v1/verify?receipt=yes',
      headers: { 'Content-Type': 'application/json' },
      body: stored,
    })
    expect(Object.hasOwn(answer.json(), 'receipt')).toBe(false)
    await receiptFor(stored)
    expect(http.digest()).toBe(before)
  })

  it('is made of reports only', () => {
    expect(() => new VerificationReceipt(Symbol('only reports become receipts'), {})).toThrow(
      TypeError,
    )
  })
})

const SKIPPED = CHECK_NAMES.slice(1).map((name) => ({ name, outcome: 'skipped' }))

describe('a receipt that is brought', () => {
  it('is genuine, and says what it said', async () => {
    const token = await receiptFor(stored.replace('Empowering', 'Enpowering'))
    const { receipt } = (await bring(` ${token}\n`)) as { receipt: Record<string, unknown> }
    expect(receipt).toMatchObject({
      outcome: 'genuine',
      statement: { verdict: 'invalid', brought: { kind: 'document' } },
    })
  })

  it('is not genuine with one character changed, wherever', async () => {
    const token = await receiptFor(stored)
    const spoilt = [...Array(40).keys()].map((step) => {
      const at = Math.floor((step * (token.length - 2)) / 40)
      const other = token[at] === 'A' ? 'B' : 'A'
      return token[at] === '.' ? token : `${token.slice(0, at)}${other}${token.slice(at + 1)}`
    })
    let changed = 0
    for (const one of spoilt.filter((text) => text !== token)) {
      changed += 1
      expect(JSON.stringify(await bring(one))).not.toContain('"genuine"')
    }
    expect(changed).toBeGreaterThan(30)
  })

  it.each([
    ['with the key in its header', { jwk: {} }],
    ['with another algorithm', { alg: 'none' }],
    ['with the algorithm of another key', { alg: 'ES256' }],
    ['with another kind', { typ: 'JWT' }],
    ['with a key of nobody', { kid: 'did:web:elsewhere.example.org#z6Mk' }],
    ['with a key that is no text', { kid: 7 }],
    ['with an object as kind', { typ: {} }],
  ])('%s is not taken for one of ours', async (_name, change) => {
    const [header = '', payload, signature] = (await receiptFor(stored)).split('.')
    const other = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), ...change }
    const part = Buffer.from(JSON.stringify(other)).toString('base64url')
    const text = JSON.stringify(await bring(`${part}.${payload}.${signature}`))
    expect(text).not.toContain('"genuine"')
    expect(text).not.toContain('requestId')
  })

  it.each(['eyJ', 'eyJ.', 'eyJ..', 'eyJ.é.x'])('that is none (%#) is refused', async (text) => {
    expect(await bring(text)).toMatchObject({ code: 'CREDENTIAL_REFUSED' })
  })

  it.each([
    ['eyJh.eyJh.eyJh', 'not-json', 'failed'],
    [`eyJ${'A'.repeat(65_000)}.A.A`, 'malformed-jws', 'failed'],
    [`eyJ${'A'.repeat(65_001)}.AAAA.AAAA`, 'too-large', 'unknown'],
  ])('that is another token (%#) is read as one', async (text, rule, outcome) => {
    expect(await bring(text)).toMatchObject({
      code: 'CREDENTIAL_REFUSED',
      rule,
      report: {
        input: ['jwt'],
        checks: [{ name: 'readable', outcome, problems: [{ code: rule }] }, ...SKIPPED],
      },
    })
  })

  it('is no badge for anybody: a badge as a token is no receipt either', async () => {
    const token = await receiptFor(stored)
    const payload = payloadOf(token)
    const asBadge = await http.send({
      method: 'POST',
      path: '/api/v1/verify',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(payload),
    })
    expect(asBadge.status).toBe(422)
    const jwt = (await http.send({ path: `/badges/${badge.code}.jwt` })).text
    expect(await bring(jwt)).toMatchObject({ verdict: 'valid', input: ['jwt'] })
  })
})

describe('the key of a receipt', () => {
  const onItsOwn = async (work: (on: HttpService) => Promise<void>) => {
    const on = await openHttpService()
    try {
      await work(on)
    } finally {
      await on.close()
    }
  }

  it('that was stolen leaves open what is genuine; the P-256 key signs then, or none does', async () => {
    await onItsOwn(async (on) => {
      const { issuing } = on.service
      const steal = (keyId: string) =>
        changeKeyState(
          issuing,
          keyId,
          { kind: 'compromise', since: '2026-03-01T00:00:00Z' },
          'test',
        )
      const first = await receiptFor('[]', {}, on)
      await steal((await activeKey(on.service)).keyId)
      expect(await bring(first, on)).toEqual({
        receipt: {
          outcome: 'unknown',
          sentence:
            'Whether this receipt is genuine cannot be told any more, since somebody else may have had its key.',
        },
      })
      const token = await receiptFor('[]', {}, on)
      expect(JSON.parse(partsOf(token)[0] ?? '')).toMatchObject({
        alg: 'ES256',
        kid: expect.stringMatching(/^https:\/\/badges\.example\.org\/keys\/zDna/),
        typ: 'verification-receipt+jwt',
      })
      expect(await bring(token, on)).toMatchObject({ receipt: { outcome: 'genuine' } })
      await steal((await issuing.database.stores.keys.findActive('default', 'ES256'))?.keyId ?? '')
      expectProblem(await post('[]', {}, on), { status: 503, code: 'KEY_UNAVAILABLE' })
      const html = (await on.send(verifyForm({ credential: '[]' }))).text
      expect([html.includes('result of the check'), html.includes('receipt-form')]).toEqual([
        true,
        false,
      ])
    })
  })
})

describe('the page of a receipt', () => {
  it('is one button away from a result, without the badge being sent again', async () => {
    const html = (await http.send(verifyForm({ credential: stored, recipient: 'ana@example.org' })))
      .text
    const [, token = ''] = /name="receipt" value="([^"]+)"/.exec(html) ?? []
    const receipt = await page(token)
    expect([receipt.status, receipt.headers['cache-control']]).toEqual([200, 'no-store'])
    expect(receipt.text).toContain('<title>Receipt of a check')
    expect(receipt.text).toContain('This receipt is genuine')
    expect(receipt.text).toContain(sha256(stored))
    expect(receipt.text).toContain(badge.url)
    expect(receipt.text).not.toMatch(/Ana|ana@|Empowering/)
  })

  it('is shown when the signed receipt is brought to be checked, pasted or as a file', async () => {
    const token = await receiptFor(stored)
    const file = { name: 'receipt.jwt', bytes: `${token}\n` }
    for (const fields of [{ credential: token }, { file }]) {
      const answer = await http.send(verifyForm(fields))
      expect([answer.status, answer.text.includes('This receipt is genuine')]).toEqual([200, true])
    }
  })

  it('gives the signed receipt as a file', async () => {
    const token = await receiptFor(stored)
    const answer = await page(token, '&as=file')
    expect(answer.headers['content-type']).toMatch(/^application\/jwt/)
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename=verification-receipt-\d{4}-\d\d-\d\d\.jwt$/,
    )
    expect(answer.text).toBe(token)
  })

  it('repeats nothing of one that is not genuine', async () => {
    const [header, , signature] = (await receiptFor(stored)).split('.')
    const forged = Buffer.from('{"issuer":{"name":"Marker-7731"}}').toString('base64url')
    const answer = await page(`${header}.${forged}.${signature}`, '&as=file')
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('Not a genuine receipt')
    expect(answer.text).not.toMatch(/Marker-7731|receipt-form|SHA-256/)
  })

  it('is refused for what is no receipt', async () => {
    expect((await page('')).status).toBe(422)
    expect((await page('eyJhbGciOiJub25lIn0.e30.x')).status).toBe(422)
    expect((await page('x'.repeat(70_000))).status).toBe(413)
  })
})
