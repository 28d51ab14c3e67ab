/** Names are asked of a real name server over UDP, and of nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuardedClient } from '../../src/adapters/outbound/guarded-client.js'
import { createDnsLookUp } from '../../src/adapters/outbound/resolver.js'
import { openCanary } from '../support/canary-listener.js'
import { type NameServer, openNameServer } from '../support/name-server.js'

let server: NameServer
beforeAll(async () => {
  server = await openNameServer({
    'both.example': ['93.184.215.14', '93.184.215.15', '2606:4700::1111'],
    'old.example': ['93.184.215.14'],
    'new.example': ['2606:4700::1111'],
    'bare.example': [],
    'inside.example': ['127.0.0.1', '::1'],
    'silent.example': undefined,
  })
})
afterAll(() => server.close())

const never = new AbortController().signal
const lookUp = (name: string, signal = never) => createDnsLookUp([server.place])(name, signal)

describe('createDnsLookUp', () => {
  it('gives all addresses of both kinds', async () => {
    expect([...(await lookUp('both.example'))].sort()).toEqual([
      '2606:4700::1111',
      '93.184.215.14',
      '93.184.215.15',
    ])
    expect(await lookUp('old.example')).toEqual(['93.184.215.14'])
    expect(await lookUp('new.example')).toEqual(['2606:4700::1111'])
  })

  it('rejects for names without an address, and for those in the hosts file alone', async () => {
    await expect(lookUp('none.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
    await expect(lookUp('bare.example')).rejects.toMatchObject({ code: 'ENODATA' })
    const asked = server.asked.length
    await expect(lookUp('ip6-localhost')).rejects.toMatchObject({ code: 'ENOTFOUND' })
    expect(server.asked.slice(asked)).toContain('ip6-localhost')
  })

  it('stops when it is told to', async () => {
    const ending = new AbortController()
    setTimeout(() => ending.abort(), 50)
    const begun = performance.now()
    await expect(lookUp('silent.example', ending.signal)).rejects.toMatchObject({
      code: 'ECANCELLED',
    })
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})

describe('a client with this name server', () => {
  it('asks once for a connection, and makes none to what is not public', async () => {
    const canary = await openCanary()
    const client = createGuardedClient({
      ownOrigin: 'https://badges.example.org',
      ports: [canary.port],
      isDevelopment: false,
      clock: { now: () => 0 },
      lookUp,
      limits: { deadlineMs: 300 },
    })
    const faultAt = async (name: string) =>
      client.fetch({ url: `https://${name}:${canary.port}/`, accept: '*/*' })
    const asked = server.asked.length
    expect(await faultAt('inside.example')).toMatchObject({ fault: 'address-not-allowed' })
    expect(server.asked.slice(asked)).toEqual(['inside.example', 'inside.example'])
    expect(await faultAt('none.example')).toMatchObject({ fault: 'name-not-found' })
    expect(await faultAt('silent.example')).toMatchObject({ fault: 'timeout' })
    expect(canary.connections()).toBe(0)
    await canary.close()
  })
})
