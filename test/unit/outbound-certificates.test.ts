/** Whose certificates are believed, and that the environment changes nothing about the way taken. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createGuardedClient,
  type GuardedClientOptions,
} from '../../src/adapters/outbound/guarded-client.js'
import { type Canary, openCanary } from '../support/canary-listener.js'
import { type IssuerHost, openIssuerHost } from '../support/issuer-host.js'
import { openAuthority, type TestAuthority } from '../support/test-authority.js'
import { describeWithTools } from '../support/tools.js'

const DOCUMENT = '{}'

describeWithTools('certificates and proxies', ['openssl'], () => {
  let authority: TestAuthority
  let canary: Canary
  let host: IssuerHost

  beforeAll(async () => {
    authority = openAuthority()
    canary = await openCanary()
    const identity = authority.certify(['issuer.example'])
    host = await openIssuerHost(identity, (_request, response) => response.end(DOCUMENT))
  })
  afterAll(async () => {
    await Promise.all([host.close(), canary.close()])
    authority.close()
  })

  function open(options: Partial<GuardedClientOptions> = {}) {
    return createGuardedClient({
      ownOrigin: 'https://badges.example.org',
      ports: [host.port],
      isDevelopment: false,
      clock: { now: () => 0 },
      lookUp: async () => ['127.0.0.1'],
      authorities: [authority.certificate],
      alsoAllowed: [host.place],
      ...options,
    })
  }

  const urlOf = (port = host.port) => `https://issuer.example:${port}/x`

  it('takes certificates of nobody else, whatever the environment says', async () => {
    const other = openAuthority()
    const identities = [
      authority.selfSign(['issuer.example']),
      authority.certify(['other.example']),
      authority.certify(['example', '*.issuer.example', '127.0.0.1']),
      authority.certify(['issuer.example'], 0),
      other.certify(['issuer.example']),
    ]
    other.close()
    for (const identity of identities) {
      const server = await openIssuerHost(identity, (_request, response) => response.end(DOCUMENT))
      for (const value of ['1', '0']) {
        process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = value
        const client = open({ ports: [server.port], alsoAllowed: [server.place] })
        const got = await client.fetch({ url: urlOf(server.port), accept: '*/*' })
        delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
        expect(got).toMatchObject({ kind: 'fault', fault: 'certificate' })
      }
      expect(server.asked).toEqual([])
      await server.close()
    }
  })

  it('trusts the authorities of the platform, and no test, unless told', async () => {
    const client = createGuardedClient({
      ownOrigin: 'https://badges.example.org',
      ports: [host.port],
      isDevelopment: false,
      clock: { now: () => 0 },
      lookUp: async () => ['127.0.0.1'],
      alsoAllowed: [host.place],
    })
    const got = await client.fetch({ url: urlOf(), accept: '*/*' })
    expect(got).toMatchObject({ fault: 'certificate' })
  })

  it('goes around proxies', async () => {
    const proxy = `http://127.0.0.1:${canary.port}`
    const names = [
      'HTTPS_PROXY',
      'HTTP_PROXY',
      'ALL_PROXY',
      'https_proxy',
      'http_proxy',
      'all_proxy',
    ]
    for (const name of names) process.env[name] = proxy
    process.env['NODE_USE_ENV_PROXY'] = '1'
    const got = await open().fetch({ url: urlOf(), accept: '*/*' })
    for (const name of [...names, 'NODE_USE_ENV_PROXY']) delete process.env[name]
    expect(got).toMatchObject({ kind: 'document' })
    expect(canary.connections()).toBe(0)
  })
})
