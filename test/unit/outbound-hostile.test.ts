/** Nothing is ever connected to that is not public: real listeners count, name servers lie. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createGuardedClient,
  type GuardedClientOptions,
} from '../../src/adapters/outbound/guarded-client.js'
import { isPublicAddress } from '../../src/adapters/outbound/public-address.js'
import type { LookUp } from '../../src/adapters/outbound/resolver.js'
import { readTarget } from '../../src/adapters/outbound/target.js'
import type { OutboundAnswer } from '../../src/application/ports/outbound.js'
import { type Canary, openCanary } from '../support/canary-listener.js'
import { HOSTILE_ADDRESSES, hostileUrls, PUBLIC_ADDRESSES } from '../support/hostile-targets.js'

let canary: Canary
beforeAll(async () => {
  canary = await openCanary()
})
afterAll(() => canary.close())

function open(lookUp: LookUp, options: Partial<GuardedClientOptions> = {}) {
  return createGuardedClient({
    ownOrigin: 'https://badges.example.org',
    ports: [canary.port],
    isDevelopment: false,
    clock: { now: () => 0 },
    lookUp,
    limits: { perHost: 10_000, perAddress: 10_000, inAll: 10_000 },
    ...options,
  })
}

const faultOf = (answer: OutboundAnswer) => (answer.kind === 'fault' ? answer.fault : answer.kind)

describe('hostile addresses', () => {
  it('lead nowhere: no connection in more than 500, each refusal named', async () => {
    const targets = hostileUrls(canary.port)
    expect(targets.length).toBeGreaterThan(500)
    const wrong: string[] = []
    for (const { why, url, resolvesTo, isLookedUp, fault } of targets) {
      let lookUps = 0
      const client = open(async () => {
        lookUps += 1
        return resolvesTo
      })
      const answer = await client.fetch({ url, accept: 'application/json' })
      if (faultOf(answer) !== fault) wrong.push(`${why}: ${url} was ${faultOf(answer)}`)
      if (lookUps !== Number(isLookedUp)) wrong.push(`${why}: ${url} had ${lookUps} lookups`)
      if (answer.kind === 'fault') expect(answer.sentence).toMatch(/^[A-Z][^.]+( [^.]+)*\.$/)
    }
    expect(wrong).toEqual([])
    expect(canary.connections()).toBe(0)
  })

  it('would be seen to be reached, by a client that may reach them', async () => {
    const before = canary.connections()
    const alsoAllowed = [`127.0.0.1:${canary.port}`]
    const client = open(async () => ['127.0.0.1'], { alsoAllowed })
    const url = `https://issuer.example:${canary.port}/x`
    expect(faultOf(await client.fetch({ url, accept: '*/*' }))).toBe('no-connection')
    expect(canary.connections()).toBe(before + 1)
  })
})

describe('in development', () => {
  it('names still do not lead to this machine', async () => {
    const before = canary.connections()
    const client = open(async () => canary.addresses, { isDevelopment: true })
    for (const scheme of ['http', 'https']) {
      const url = `${scheme}://issuer.example:${canary.port}/x`
      expect(await client.fetch({ url, accept: '*/*' })).toMatchObject({ kind: 'fault' })
    }
    expect(canary.connections()).toBe(before)
  })
})

describe('a name server that changes its mind', () => {
  it('gets no connection in a hundred tries', async () => {
    const before = canary.connections()
    let asked = 0
    const client = open(async () => {
      asked += 1
      return asked % 2 === 0 ? ['240.0.0.1', '93.184.215.14'] : canary.addresses
    })
    for (let count = 0; count < 100; count += 1) {
      const url = `https://flip-flop.example:${canary.port}/${count}`
      expect(faultOf(await client.fetch({ url, accept: '*/*' }))).toBe('address-not-allowed')
    }
    expect(asked).toBe(100)
    expect(canary.connections()).toBe(before)
  })
})

describe('isPublicAddress', () => {
  it.each(HOSTILE_ADDRESSES)('refuses $address ($why)', ({ address }) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(PUBLIC_ADDRESSES)('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each(['', 'issuer.example', '1.1', '01.1.1.1', '0x1.1.1.1', '1.1.1.1 ', '2606:4700::1%1'])(
    'takes no other spelling: %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(false)
    },
  )
})

describe('readTarget', () => {
  const rules = { ports: [8443], ownOrigin: 'https://badges.example.org', isDevelopment: false }
  const read = (url: string) => readTarget(url, rules)

  it('reads an ordinary address', () => {
    expect(read('HTTPS://Issuer.Example:8443/a/../b?x=%2F#key-1')).toEqual({
      kind: 'target',
      url: 'https://issuer.example:8443/a/../b?x=%2F',
      host: 'issuer.example',
      port: 8443,
      isSecure: true,
      isLoopback: false,
      authority: 'issuer.example:8443',
      path: '/a/../b?x=%2F',
    })
    expect(read('https://xn--bcher-kva.example:443')).toMatchObject({
      url: 'https://xn--bcher-kva.example/',
      authority: 'xn--bcher-kva.example',
      path: '/',
    })
    expect(read('https://issuer.example?x')).toMatchObject({ path: '/?x' })
  })

  it.each([
    'https://badges.example.org',
    'https://badges.example.org:443/x',
    'https://BADGES.example.org/did.json#key',
  ])('refuses one of our own by name: %s', (url) => {
    expect(read(url)).toEqual({
      kind: 'fault',
      fault: 'url-not-allowed',
      sentence: 'The address is one of this service, which looks into its own records instead.',
    })
  })

  it.each([
    ['http://issuer.example/', 'Only addresses that start with https:// are looked at.'],
    ['mailto:a@issuer.example', 'Only addresses that start with https:// are looked at.'],
    ['https://user@issuer.example/', 'The address has a user name in it.'],
    ['https://issuer.example:22/', 'The address has a port that is not looked at.'],
    ['https://issuer.example./', 'The address is not spelt as web addresses are.'],
    ['https://1.1.1.1/', 'The address has a number in place of a name.'],
    ['https://0x7f000001/', 'The address has a number in place of a name.'],
    ['https://printer.local/', 'The name in the address is not one of the public web.'],
  ])('says what is wrong with %s', (url, sentence) => {
    expect(read(url)).toMatchObject({ kind: 'fault', sentence })
  })

  it('takes at most 2048 characters', () => {
    const url = `https://issuer.example/${'x'.repeat(2025)}`
    expect(read(url)).toMatchObject({ kind: 'target', url })
    expect(read(`${url}x`)).toMatchObject({ fault: 'url-not-allowed' })
  })

  it('takes loopback, on http and at any port, in development alone', () => {
    const ours = 'http://localhost:3000'
    const development = { ports: [], ownOrigin: ours, isDevelopment: true }
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      for (const url of [`http://${host}:4000/x`, `https://${host}:4000/x`]) {
        expect(readTarget(url, development)).toMatchObject({ isLoopback: true, url })
        expect(read(url)).toMatchObject({ kind: 'fault' })
      }
    }
    const refused = ['http://issuer.example/', 'https://issuer.example:4000/', `${ours}/x`]
    for (const url of [...refused, 'http://127.1/', 'http://10.0.0.1/', 'ftp://localhost/'])
      expect(readTarget(url, development)).toMatchObject({ kind: 'fault' })
  })
})
