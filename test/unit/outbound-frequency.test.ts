/** How often others are asked: what is kept and for how long, and what is refused as too much. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAnswerCache } from '../../src/adapters/outbound/answer-cache.js'
import { createConnectionBudget } from '../../src/adapters/outbound/connection-budget.js'
import { freshnessMs } from '../../src/adapters/outbound/freshness.js'
import { createGuardedClient } from '../../src/adapters/outbound/guarded-client.js'
import { addressGroup } from '../../src/adapters/outbound/public-address.js'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import { readSettings } from '../../src/config/settings.js'
import { openGuardedClient } from '../../src/main/open-outbound.js'
import { openCanary } from '../support/canary-listener.js'
import { type IssuerHost, openIssuerHost } from '../support/issuer-host.js'
import { openAuthority, type TestAuthority } from '../support/test-authority.js'
import { describeWithTools } from '../support/tools.js'

const MINUTE = 60_000
const short = (answer: OutboundAnswer) =>
  answer.kind === 'fault' ? answer.fault : new TextDecoder().decode(answer.bytes)

describeWithTools('asking over TLS', ['openssl'], () => {
  let authority: TestAuthority
  let host: IssuerHost
  let now: number
  let answer: (response: ServerResponse, request: IncomingMessage) => void

  beforeAll(async () => {
    authority = openAuthority()
    const identity = authority.certify(['*.issuers.example'])
    host = await openIssuerHost(identity, (request, response) => answer(response, request))
  })
  afterAll(async () => {
    await host.close()
    authority.close()
  })
  beforeEach(() => {
    now = 1_800_000_000_000
    answer = (response) => response.end(String(host.asked.length))
  })

  function open(limits = {}) {
    return createGuardedClient({
      ownOrigin: 'https://badges.example.org',
      ports: [host.port],
      isDevelopment: false,
      clock: { now: () => now },
      lookUp: async () => ['127.0.0.1'],
      authorities: [authority.certificate],
      alsoAllowed: [host.place],
      limits,
    })
  }

  const ask = (client: ReturnType<typeof open>, path: string, name = 'issuer', accept = '*/*') =>
    client.fetch({ url: `https://${name}.issuers.example:${host.port}${path}`, accept }).then(short)

  it.each([
    [undefined, 60],
    ['max-age=120', 120],
    ['max-age=99999', 300],
    ['max-age=0', 30],
    ['no-cache', 30],
    ['no-store', 0],
  ])('is not repeated for a while: Cache-Control %s', async (cacheControl, seconds) => {
    answer = (response) => {
      if (cacheControl !== undefined) response.setHeader('Cache-Control', cacheControl)
      response.end(String(host.asked.length))
    }
    const client = open()
    const first = await ask(client, '/list')
    expect(first).toMatch(/^\d+$/)
    if (seconds > 0) {
      now += seconds * 1000 - 1
      expect(await ask(client, '/list#part')).toBe(first)
      now += 1
    }
    expect(Number(await ask(client, '/list'))).toBe(Number(first) + 1)
  })

  it('is repeated for another address, or another form', async () => {
    const client = open()
    const first = Number(await ask(client, '/list'))
    expect(await ask(client, '/list?x')).toBe(String(first + 1))
    expect(await ask(client, '/List')).toBe(String(first + 2))
    expect(await ask(client, '/list', 'issuer', 'text/plain')).toBe(String(first + 3))
    expect(await ask(client, '/list', 'other')).toBe(String(first + 4))
    expect(await ask(client, '/list')).toBe(String(first))
  })

  it('keeps what the shortest-lived answer on the way allows', async () => {
    answer = (response, request) => {
      response.setHeader('Cache-Control', request.url === '/a' ? 'no-store' : 'max-age=300')
      if (request.url === '/a') response.writeHead(302, { Location: '/b' })
      response.end(String(host.asked.length))
    }
    const client = open()
    const first = Number(await ask(client, '/a'))
    expect(await ask(client, '/a')).toBe(String(first + 2))
  })

  it('keeps a fault for a minute', async () => {
    answer = (response) => response.writeHead(404).end()
    const client = open()
    const before = host.connections()
    for (let count = 0; count < 50; count += 1) expect(await ask(client, '/x')).toBe('http-status')
    expect(host.connections()).toBe(before + 1)
    now += MINUTE
    expect(await ask(client, '/x')).toBe('http-status')
    expect(host.connections()).toBe(before + 2)
  })

  it('gives each asker bytes of its own', async () => {
    const client = open()
    const request = { url: `https://one.issuers.example:${host.port}/x`, accept: '*/*' }
    const [one, two] = [await client.fetch(request), await client.fetch(request)]
    if (one.kind !== 'document' || two.kind !== 'document') throw new Error('no document')
    const before = two.bytes.slice()
    one.bytes.fill(0)
    expect(two.bytes).toEqual(before)
    expect(await client.fetch(request)).toEqual(two)
  })

  it('is done once for all who ask at the same time', async () => {
    const before = host.connections()
    const client = open()
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(client, '/x')))
    expect(new Set(answers).size).toBe(1)
    expect(host.connections()).toBe(before + 1)
  })

  it('reaches a victim at most five times a minute, in a thousand tries', async () => {
    const client = open()
    const before = host.connections()
    const answers: string[] = []
    for (let count = 0; count < 1000; count += 1) answers.push(await ask(client, `/${count}`))
    expect(answers.filter((one) => one === 'busy')).toHaveLength(995)
    expect(host.connections()).toBe(before + 5)
    expect(await ask(client, '/0')).toBe(answers[0])
    now += MINUTE - 1
    expect(await ask(client, '/1000')).toBe('busy')
    now += 1
    expect(await ask(client, '/1000')).not.toBe('busy')
  })

  it('counts redirects too', async () => {
    answer = (response) => response.writeHead(302, { Location: '/again' }).end()
    const client = open()
    const before = host.connections()
    expect(await ask(client, '/a')).toBe('too-many-redirects')
    expect(await ask(client, '/b')).toBe('busy')
    expect(host.connections()).toBe(before + 5)
  })

  it('reaches a victim behind many names at most thirty times a minute', async () => {
    const client = open()
    const before = host.connections()
    const answers: string[] = []
    for (let count = 0; count < 100; count += 1)
      answers.push(await ask(client, '/x', `name-${count}`))
    expect(answers.filter((one) => one === 'busy')).toHaveLength(70)
    expect(host.connections()).toBe(before + 30)
  })

  it('has a bound in all', async () => {
    const client = open({ inAll: 3 })
    for (const name of ['a', 'b', 'c']) expect(await ask(client, '/x', name)).not.toBe('busy')
    expect(await ask(client, '/x', 'd')).toBe('busy')
  })

  it('has a bound at one time, and warns nobody on the way there', async () => {
    const warnings: string[] = []
    const note = (warning: Error) => warnings.push(warning.message)
    process.on('warning', note)
    const waiting: ServerResponse[] = []
    answer = (response) => waiting.push(response)
    const client = open({ perHost: 100, perAddress: 100 })
    const first = Array.from({ length: 32 }, (_, count) => ask(client, `/${count}`))
    await expect.poll(() => waiting.length).toBe(32)
    expect(await ask(client, '/one-too-many')).toBe('busy')
    for (const response of waiting) response.end('done')
    expect(new Set(await Promise.all(first))).toEqual(new Set(['done']))
    answer = (response) => response.end('free again')
    expect(await ask(client, '/one-too-many')).toBe('free again')
    process.off('warning', note)
    expect(warnings).toEqual([])
  })
})

describe('openGuardedClient', () => {
  it('fetches from this machine in development, as often as one likes', async () => {
    const server = createServer((request, response) => response.end(request.headers.host))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const place = `localhost:${(server.address() as AddressInfo).port}`
    const client = openGuardedClient(readSettings({ OUTBOUND_DEVELOPMENT: 'on' }))
    for (let count = 0; count < 20; count += 1) {
      const url = `http://${place}/${count}`
      expect(short(await client.fetch({ url, accept: '*/*' }))).toBe(place)
    }
    await client.close()
    await new Promise((resolve) => server.close(resolve))
  })

  it('does not without the setting', async () => {
    const canary = await openCanary()
    const client = openGuardedClient(readSettings({ OUTBOUND_PORTS: String(canary.port) }))
    for (const url of [`http://localhost:${canary.port}/`, `https://127.0.0.1:${canary.port}/`])
      expect(await client.fetch({ url, accept: '*/*' })).toMatchObject({ kind: 'fault' })
    expect(canary.connections()).toBe(0)
    await Promise.all([client.close(), canary.close()])
  })
})

describe('createAnswerCache', () => {
  const document = (length: number): OutboundAnswer => ({
    kind: 'document',
    url: '',
    mediaType: '',
    bytes: new Uint8Array(length),
  })

  it('lets go of what was not asked for the longest: by number', () => {
    const cache = createAnswerCache({ maxEntries: 2, maxCachedBytes: 1e6 }, { now: () => 0 })
    for (const key of ['a', 'b']) cache.keep(key, document(1), 1)
    cache.find('a')
    cache.keep('c', document(1), 1)
    expect(['a', 'b', 'c'].map((key) => cache.find(key) !== undefined)).toEqual([true, false, true])
  })

  it('lets go of what was not asked for the longest: by size', () => {
    const cache = createAnswerCache({ maxEntries: 100, maxCachedBytes: 10_000 }, { now: () => 0 })
    for (const key of ['a', 'b', 'c', 'd']) cache.keep(key, document(3000), 1)
    cache.keep('d', document(2000), 1)
    cache.keep('larger than all', document(10_000), 1)
    const kept = ['a', 'b', 'c', 'd', 'larger than all'].filter((key) => cache.find(key))
    expect(kept).toEqual(['c', 'd'])
  })

  it('keeps nothing for no time', () => {
    const cache = createAnswerCache({ maxEntries: 2, maxCachedBytes: 1e6 }, { now: () => 0 })
    cache.keep('a', document(1), 1)
    cache.keep('a', document(1), 0)
    expect(cache.find('a')).toBeUndefined()
  })
})

describe('createConnectionBudget', () => {
  it('forgets what has rested, also when the clock was set back', () => {
    let now = 10 * MINUTE
    const clock = { now: () => now }
    const budget = createConnectionBudget({ perHost: 1, perAddress: 1, inAll: 1000 }, clock)
    expect([budget.takeHost('a'), budget.takeHost('a')]).toEqual([true, false])
    now = 0
    expect([budget.takeHost('a'), budget.takeHost('a')]).toEqual([true, false])
    expect([budget.takeAddress('a'), budget.takeAddress('a')]).toEqual([true, false])
  })

  it('does not use up the bound of all with what is refused', () => {
    const clock = { now: () => 0 }
    const budget = createConnectionBudget({ perHost: 1, perAddress: 1, inAll: 2 }, clock)
    const taken = ['a', 'a', 'a', 'b', 'c'].map((host) => budget.takeHost(host))
    expect(taken).toEqual([true, false, false, true, false])
  })
})

describe('addressGroup', () => {
  it.each([
    ['93.184.215.14', '93.184.215.14'],
    ['2606:4700::1', '2606:4700::/64'],
    ['2606:4700:0:0:ffff::1', '2606:4700::/64'],
  ])('counts %s as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group)
  })
})

describe('freshnessMs', () => {
  it.each([
    [undefined, undefined, 60],
    ['', undefined, 60],
    ['public', undefined, 60],
    ['Public, MAX-AGE="90"', undefined, 90],
    ['max-age=200', '80', 120],
    ['max-age=200', '5000', 30],
    ['max-age=200', 'x', 200],
    ['max-age=-1', undefined, 60],
    ['max-age=1e9', undefined, 60],
    ['max-age=9999999999', undefined, 300],
    ['max-age=300, no-store', undefined, 0],
    ['No-Store', undefined, 0],
    ['max-age=300, no-cache', undefined, 30],
    ['no-cache="Set-Cookie"', undefined, 30],
  ])('of %s with age %s is %i seconds', (cacheControl, age, seconds) => {
    expect(freshnessMs(cacheControl, age)).toBe(seconds * 1000)
  })
})
