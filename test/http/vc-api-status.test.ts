/** The VC API for the status of badges. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'
import { BASE_URL, call } from '../support/vc-api.js'

let http: HttpService
let token: string
let badge: BadgeAnswer

beforeAll(async () => {
  http = await openHttpService()
  token = await http.token('credentials:status')
  badge = await http.badge()
})
afterAll(() => http.close())

const entry = (statusPurpose: string) => ({ type: 'BitstringStatusListEntry', statusPurpose })
const change = (body: unknown) => call(http, 'credentials/status', body, token)

describe('a change of status', () => {
  it('suspends, reinstates and revokes, each seen by the verifier at once', async () => {
    const credentialId = badge.url
    const stored = await http.send({ path: `/badges/${badge.code}.json` })
    const verify = async () => {
      const body = {
        verifiableCredential: stored.json(),
        options: { checks: ['credentialStatus'] },
      }
      const { status, ...answer } = await call(http, 'credentials/verify', body)
      const { problemDetails = [] } = answer.json() as { problemDetails?: { code: string }[] }
      return [status, ...problemDetails.map(({ code }) => code)]
    }
    const suspension = entry('suspension')
    const suspended = await change({ credentialId, credentialStatus: suspension })
    expect([suspended.status, suspended.json()]).toEqual([
      200,
      { credentialId, status: 'suspended', changedAt: '2026-03-20T12:00:00Z' },
    ])
    expect(await verify()).toEqual([400, 'suspended'])

    const back = await change({ credentialId, credentialStatus: suspension, status: false })
    expect([back.status, back.json()['status']]).toEqual([200, 'valid'])
    expect(await verify()).toEqual([200])

    const revocation = { credentialId, credentialStatus: entry('revocation') }
    const revoked = await change({ ...revocation, status: true, reason: 'A mistake.' })
    expect([revoked.status, revoked.json()['status']]).toEqual([200, 'revoked'])
    expect(await verify()).toEqual([400, 'revoked'])

    expectProblem(await change(revocation), { status: 409, code: 'STATUS_CONFLICT' })
    const undone = await change({ ...revocation, status: false })
    expectProblem(undone, { status: 409, code: 'STATUS_CONFLICT' })
  })
})

describe('is refused', () => {
  const revocation = entry('revocation')
  const id = `${BASE_URL}/badges/00000000000000000000000000`
  it.each([
    ['no id', { credentialStatus: revocation }, 400, '/credentialId'],
    ['no entry', { credentialId: id }, 400, '/credentialStatus/type'],
    [
      'an entry of another type',
      { credentialId: id, credentialStatus: { ...revocation, type: 'StatusList2021Entry' } },
      400,
      '/credentialStatus/type',
    ],
    [
      'another purpose',
      { credentialId: id, credentialStatus: entry('message') },
      400,
      '/credentialStatus/statusPurpose',
    ],
    [
      'a status that is no truth value',
      { credentialId: id, credentialStatus: revocation, status: 'revoked' },
      400,
      '/status',
    ],
    ['no object', [], 400, '/credentialId'],
  ])('%s', async (_name, body, status, pointer) => {
    expectProblem(await change(body), { status, code: 'STATUS_CHANGE_INVALID', pointer })
  })

  it.each([id, 'https://elsewhere.example.org/badges/1', 'urn:uuid:none'])('%s', async (one) => {
    const answer = await change({ credentialId: one, credentialStatus: revocation })
    expectProblem(answer, { status: 404, code: 'NOT_FOUND' })
  })

  it('without the scope', async () => {
    const body = { credentialId: badge.url, credentialStatus: revocation }
    const other = await http.token('credentials:issue', 'badges:status')
    const refused = await call(http, 'credentials/status', body, other)
    expectProblem(refused, { status: 403, code: 'FORBIDDEN' })
    const nobody = await call(http, 'credentials/status', body)
    expectProblem(nobody, { status: 401, code: 'UNAUTHENTICATED' })
  })
})
