/** The address at the other end of a connection is looked at once more, before anything is asked. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectTo } from '../../src/adapters/outbound/connect.js'
import { withEffort } from '../../src/adapters/outbound/effort.js'
import { readTarget } from '../../src/adapters/outbound/target.js'
import { type IssuerHost, openIssuerHost } from '../support/issuer-host.js'
import { openAuthority, type TestAuthority } from '../support/test-authority.js'
import { describeWithTools } from '../support/tools.js'

describeWithTools('connectTo', ['openssl'], () => {
  let authority: TestAuthority
  let host: IssuerHost
  beforeAll(async () => {
    authority = openAuthority()
    host = await openIssuerHost(authority.certify(['issuer.example']), () => {})
  })
  afterAll(async () => {
    await host.close()
    authority.close()
  })

  /** Whether a connection was made, and which addresses were judged, when these answers are given in turn. */
  async function connectJudged(...answers: readonly boolean[]) {
    const rules = { ports: [host.port], ownOrigin: '', isDevelopment: false }
    const target = readTarget(`https://issuer.example:${host.port}/`, rules)
    if (target.kind !== 'target') throw new Error(target.sentence)
    const judged: string[] = []
    const options = {
      isAllowed: (address: string) => answers[judged.push(address) - 1] ?? false,
      mayConnect: () => true,
      authorities: [authority.certificate],
    }
    const limits = { deadlineMs: 5000, maxBytes: 1 }
    const got = await withEffort(limits, new Set(), async (effort) => {
      const connected = await connectTo(target, ['127.0.0.1'], options, effort)
      return connected.kind
    })
    return { got, judged }
  }

  it('judges an address before and after it connects', async () => {
    const before = host.connections()
    expect(await connectJudged(true, true)).toEqual({
      got: 'connection',
      judged: ['127.0.0.1', '127.0.0.1'],
    })
    expect(host.connections()).toBe(before + 1)
  })

  it('does not connect to what is not allowed', async () => {
    const before = host.connections()
    expect(await connectJudged(false)).toEqual({ got: 'fault', judged: ['127.0.0.1'] })
    expect(host.connections()).toBe(before)
  })

  it('drops a connection that ended up elsewhere', async () => {
    expect(await connectJudged(true, false)).toEqual({
      got: 'fault',
      judged: ['127.0.0.1', '127.0.0.1'],
    })
  })
})
