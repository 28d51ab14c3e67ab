/** Who asks too often waits: by address, by network, by badge, whatever the client says of itself. */
import { afterEach, describe, expect, it } from 'vitest'
import { clientOf } from '../../src/adapters/http/rate-limits.js'
import { BROWSER_ACCEPT, verifyForm } from '../support/http-forms.js'
import { expectProblem } from '../support/http-problems.js'
import { type HttpAnswer, type HttpService, openHttpService } from '../support/http-service.js'

let http: HttpService | undefined
afterEach(async () => {
  await http?.close()
  http = undefined
})

type Asking = (body: string, headers?: Readonly<Record<string, string>>) => Promise<HttpAnswer>

/** A service with these limits; everything is asked from the loopback address. */
async function open(env: Readonly<Record<string, string>>): Promise<Asking> {
  const opened = await openHttpService({ env })
  http = opened
  return (body, headers = {}) =>
    opened.send({
      method: 'POST',
      path: '/api/v1/verify',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    })
}

const statuses = async (answers: readonly Promise<HttpAnswer>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort((a, b) => a - b)
const from = (address: string) => ({ 'X-Forwarded-For': address })

describe('checks', () => {
  it('beyond the limit get 429 with the seconds to wait, as problem and as page', async () => {
    const ask = await open({ VERIFY_PER_MINUTE: '3' })
    expect(await statuses([ask('{}'), ask('{}'), ask('{}'), ask('{}')])).toEqual([
      422, 422, 422, 429,
    ])
    const refused = await ask('{}')
    expectProblem(refused, { status: 429, code: 'RATE_LIMITED' })
    const seconds = Number(refused.headers['retry-after'])
    expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true)
    expect(refused.json()['detail']).toBe(
      `This was asked too often; try again in ${seconds} seconds.`,
    )
    const page = await http?.send(verifyForm({ url: 'x' }))
    expect([page?.status, page?.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8'])
    expect(Number(page?.headers['retry-after'])).toBeGreaterThan(0)
    const form = await http?.send({ path: '/verify', headers: { Accept: BROWSER_ACCEPT } })
    expect(form?.status).toBe(200)
  })

  it('are counted by the socket alone when no proxy is trusted', async () => {
    const ask = await open({ VERIFY_PER_MINUTE: '2' })
    const answers = ['192.0.2.1', '192.0.2.2', '2001:db8::3'].map((one) => ask('{}', from(one)))
    expect(await statuses(answers)).toEqual([422, 422, 429])
  })

  it('are counted by the address that the one trusted proxy added, not by those before it', async () => {
    const ask = await open({ VERIFY_PER_MINUTE: '2', TRUSTED_PROXIES: '1' })
    const spoofed = ['203.0.113.1', '203.0.113.2', '203.0.113.3', 'junk, 203.0.113.4']
    const answers = spoofed.map((one) => ask('{}', from(`${one}, 192.0.2.1`)))
    expect(await statuses(answers)).toEqual([422, 422, 429, 429])
    expect((await ask('{}', from('192.0.2.1, 192.0.2.2'))).status).toBe(422)
  })

  it('from one IPv6 network of 64 bits count together, and sixteen such networks of one of 48', async () => {
    const ask = await open({ VERIFY_PER_MINUTE: '2', TRUSTED_PROXIES: '1' })
    const hosts = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:0:0:0:3']
    expect(await statuses(hosts.map((one) => ask('{}', from(one))))).toEqual([422, 422, 429])
    expect((await ask('{}', from('2001:db8:1:3::1'))).status).toBe(422)
    const networks = Array.from({ length: 40 }, (_, place) => `2001:db8:7:${place.toString(16)}::1`)
    const answers = await statuses(networks.map((one) => ask('{}', from(one))))
    expect(answers.filter((status) => status === 429)).toHaveLength(8)
    expect((await ask('{}', from('2001:db8:8::1'))).status).toBe(422)
  })
})

describe('whose a badge is', () => {
  const typed = { Recipient: 'eve@example.org' }

  it('may be asked so often of one badge, by whomever, in whatever spelling it comes', async () => {
    const ask = await open({ RECIPIENT_TRIES_PER_BADGE: '3', TRUSTED_PROXIES: '1' })
    const badge = await http?.badge()
    const url = JSON.stringify({ url: badge?.url })
    const stored = (await http?.send({ path: `/badges/${badge?.code}.json` }))?.text ?? ''
    const given = [url, stored, `${stored}\n`, ` ${stored}`, url]
    const answers = given.map((body, place) => ask(body, { ...typed, ...from(`192.0.2.${place}`) }))
    expect(await statuses(answers)).toEqual([200, 200, 200, 429, 429])
    const refused = await ask(url, { ...typed, ...from('192.0.2.99') })
    expect(refused.text).not.toMatch(/recipient-mismatch|verdict|eve@/)
    const seconds = Number(refused.headers['retry-after'])
    expect(seconds > 60 && seconds <= 600).toBe(true)
    expect((await ask(url)).status).toBe(200)
    const form = await http?.send(
      verifyForm({ url: badge?.url ?? '', recipient: 'eve@example.org' }),
    )
    expect([form?.status, form?.headers['retry-after']]).toEqual([429, expect.any(String)])
  })

  it('may be asked so often by one client, of whatever badges', async () => {
    const ask = await open({ RECIPIENT_TRIES_PER_CLIENT: '2' })
    expect(await statuses([ask('{}', typed), ask('[]', typed), ask('{}', typed)])).toEqual([
      422, 422, 429,
    ])
    expect((await ask('{}')).status).toBe(422)
  })
})

describe('a client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4::/64'],
    ['', 'unreadable'],
    ['unknown', 'unreadable'],
    ['192.0.2.1'.repeat(9999), 'unreadable'],
    ['__proto__', 'unreadable'],
  ])('at %s is counted as %s', (address, key) => {
    expect(clientOf(address).key).toBe(key)
  })

  it('without an address is counted too', () => {
    expect(clientOf(undefined)).toEqual({ key: 'unreadable' })
  })
})
