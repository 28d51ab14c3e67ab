/** Endorsements over HTTP: who may sign them, what is refused, and where they are seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { canonizeToNQuads } from '../../src/adapters/proofs/reference-canonicalizer.js'
import { createToken, type Scope } from '../../src/application/tokens.js'
import { toBadgeCode } from '../../src/domain/badge-code.js'
import { addTestIssuer } from '../support/districts.js'
import { type ExpectedProblem, expectProblem } from '../support/http-problems.js'
import { type BadgeAnswer, type HttpService, openHttpService } from '../support/http-service.js'

const SLUG = 'empowering-students-as-creators'
const BASE_URL = 'https://badges.example.org'
const COMMENT = 'We count it **towards** our plan. <script>alert(1)</script>'

let http: HttpService
let token: string
let badge: BadgeAnswer

beforeAll(async () => {
  http = await openHttpService()
  await addTestIssuer(http.service, { slug: 'vista-unified', name: 'Vista Unified <b>' })
  await addTestIssuer(http.service, { slug: 'metro-nashville', name: 'Metro Nashville' })
  token = await tokenOf('vista-unified')
  badge = await http.badge()
})
afterAll(() => http.close())

const tokenOf = (issuer: string, ...scopes: readonly Scope[]) =>
  createToken(
    http.service.issuing,
    'test',
    scopes.length === 0 ? ['endorsements:write'] : scopes,
    issuer,
  )

function endorse(body: unknown, headers: Record<string, string> = {}) {
  return http.send({
    method: 'POST',
    path: '/api/v1/endorsements',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const page = async (path: string) =>
  (await http.send({ path, headers: { Accept: 'text/html' } })).text

async function verify(body: string) {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await http.send({ method: 'POST', path: '/api/v1/verify', headers, body })
  return answer.json() as {
    verdict: string
    endorsements?: { id: string; issuerName: string; outcome: string }[]
  }
}

describe('an endorsement of an achievement', () => {
  it('is signed once, served as it was signed, and found where it belongs', async () => {
    const asked = { achievement: SLUG, comment: COMMENT }
    const first = await endorse(asked)
    expect(first.status).toBe(201)
    const answer = first.json() as { code: string; url: string }
    expect(answer).toEqual({
      code: expect.stringMatching(/^[0-9a-z]{26}$/),
      url: `${BASE_URL}/endorsements/${answer.code}`,
      issuer: 'vista-unified',
      about: 'achievement',
      subject: `${BASE_URL}/achievements/${SLUG}/1`,
      createdAt: '2026-03-20T12:00:00Z',
    })
    expect(first.headers.location).toBe(answer.url)

    const before = http.digest()
    const again = await endorse({ ...asked, issuer: 'vista-unified', achievement: `${SLUG}/1` })
    expect([again.status, again.json()]).toEqual([200, answer])
    expect(http.digest()).toBe(before)

    const { pathname } = new URL(answer.url)
    const served = await http.send({ path: pathname })
    expect(served.headers['content-type']).toBe('application/json')
    const stored = await http.service.issuing.database.stores.endorsements.find(answer.code)
    expect(served.text).toBe(stored?.securedJson)
    expect((await http.send({ path: `${pathname}.json` })).text).toBe(served.text)
    expect((await verify(served.text)).verdict).toBe('valid')
    const { credentialStatus } = served.json()
    expect(credentialStatus).toBeUndefined()

    const published = await http.send({ path: `/achievements/${SLUG}/1` })
    expect(published.json()['endorsement']).toEqual([served.json()])
    for (const html of [await page(pathname), await page(`/achievements/${SLUG}/1`)]) {
      expect(html).toContain('Vista Unified &lt;b>')
      expect(html).toContain('<strong>towards</strong>')
      expect(html).toContain('Endorsement verified')
      expect(html).not.toContain('<script')
    }
  })

  it('stands in badges issued from then on, not in those before', async () => {
    await endorse({ achievement: SLUG, comment: 'For all that come.' })
    const next = await http.badge({ id: 'after' })
    const file = (await http.send({ path: `/badges/${next.code}.json` })).text
    const { verdict, endorsements = [] } = await verify(file)
    expect(verdict).toBe('valid')
    expect(endorsements.map(({ issuerName, outcome }) => [issuerName, outcome])).toContainEqual([
      'Vista Unified <b>',
      'passed',
    ])
    for (const { id } of endorsements)
      expect((await http.send({ path: new URL(id).pathname })).status).toBe(200)
    expect(await page(`/badges/${next.code}`)).toContain('For all that come.')
    expect(await page(`/badges/${badge.code}`)).not.toContain('For all that come.')
  })

  it('takes the place of the one before by the same issuer, and not that of another’s', async () => {
    const other = { Authorization: `Bearer ${await tokenOf('metro-nashville')}` }
    await endorse({ achievement: SLUG, comment: 'We stand by it.' }, other)
    await endorse({ achievement: SLUG, comment: 'On second thoughts.' })
    const html = await page(`/achievements/${SLUG}/1`)
    for (const words of ['We stand by it.', 'On second thoughts.']) expect(html).toContain(words)
    expect(html).not.toContain('For all that come.')
    const published = await http.send({ path: `/achievements/${SLUG}/1` })
    expect(published.json()['endorsement']).toHaveLength(2)
    const loader = createDocumentLoader(await loadPinnedContexts())
    expect(await canonizeToNQuads(published.json(), loader)).toContain('On second thoughts.')
    const before = await http.badge({ id: 'after' })
    expect(await page(`/badges/${before.code}`)).toContain('For all that come.')
  })

  it('is written into the audit log without its words', async () => {
    const { code } = (await endorse({ achievement: SLUG, comment: 'A third one.' })).json()
    const entries = await http.service.issuing.database.stores.audit.listFor(`endorsement:${code}`)
    expect(entries).toEqual([
      {
        at: '2026-03-20T12:00:00Z',
        actor: expect.stringMatching(/^token:/),
        action: 'endorsement.added',
        subject: `endorsement:${code}`,
        detail: {
          issuer: 'vista-unified',
          kind: 'achievement',
          of: `${BASE_URL}/achievements/${SLUG}/1`,
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ])
  })
})

describe('an endorsement of a badge', () => {
  it('is shown on its page, and the badge stays as it was signed', async () => {
    const before = (await http.send({ path: `/badges/${badge.code}.json` })).text
    const typed = badge.code.toUpperCase()
    const answer = await endorse({ badge: typed, comment: 'I saw this work.' })
    expect(answer.json()['subject']).toBe(badge.url)
    const html = await page(`/badges/${badge.code}`)
    expect(html).toContain('I saw this work.')
    expect(html).toContain('Said of this badge')
    expect((await http.send({ path: `/badges/${badge.code}.json` })).text).toBe(before)
  })

  it('does not say who earned it, and is not shown where the earner is hidden', async () => {
    const hidden = await http.badge({ id: 'hidden', consent: undefined })
    const comment = 'Well done, Ana.'
    const { url } = (await endorse({ badge: hidden.code, comment })).json()
    const document = (await http.send({ path: new URL(String(url)).pathname })).json()
    expect(JSON.stringify({ ...document, credentialSubject: {} })).not.toContain('Ana')
    expect(await page(`/badges/${hidden.code}`)).not.toContain(comment)
  })
})

describe('an endorsement of an issuer', () => {
  it('stands in its published profile', async () => {
    const answer = await endorse({ profile: 'default', comment: 'Careful reviewers.' })
    expect(answer.json()['subject']).toBe('did:web:badges.example.org')
    const { pathname } = new URL(String(answer.json()['url']))
    const signed = (await http.send({ path: pathname })).json()
    const { '@context': context, ...profile } = (await http.send({ path: '/issuer' })).json()
    expect(profile['endorsement']).toEqual([signed])
    const published = { '@context': context, ...profile }
    const loader = createDocumentLoader(await loadPinnedContexts())
    expect(await canonizeToNQuads(published, loader)).toContain('Careful reviewers.')
    const { schemaChecker } = http.service.issuing
    expect(schemaChecker.check('profile', profile)).toEqual([])
    const page = await http.send({ path: '/issuer', headers: { Accept: 'text/html' } })
    expect(page.text).toMatch(/Endorsed by .*Careful reviewers\./s)
  })
})

describe('an address of an endorsement', () => {
  it('may be typed by hand', async () => {
    const { code, url } = (await endorse({ achievement: SLUG, comment: COMMENT })).json()
    const path = `/endorsements/${String(code).toUpperCase()}.json`
    const answer = await http.send({ path })
    expect([answer.status, answer.headers.location]).toEqual([308, `${url}.json`])
  })

  it('is not found when there is none', async () => {
    for (const name of ['x', '%00', toBadgeCode(new Uint8Array(16)), badge.code])
      for (const Accept of ['application/json', 'text/html'])
        expect(
          (await http.send({ path: `/endorsements/${name}`, headers: { Accept } })).status,
        ).toBe(404)
  })
})

describe('what cannot be endorsed', () => {
  const refused = async (body: unknown, expected: ExpectedProblem, headers = {}) => {
    const before = http.digest()
    expectProblem(await endorse(body, headers), expected)
    expect(http.digest()).toBe(before)
  }
  const at = (pointer: string) => ({ status: 422, code: 'REQUEST_INVALID', pointer })
  const asked = { achievement: SLUG, comment: 'Good.' }

  it('is what nobody knows', async () => {
    const unknown = { status: 422, code: 'ACHIEVEMENT_UNKNOWN', pointer: '/achievement' }
    await refused({ ...asked, achievement: 'nothing' }, unknown)
    await refused({ ...asked, achievement: `${SLUG}/2` }, unknown)
    await refused({ badge: toBadgeCode(new Uint8Array(16)), comment: 'Good.' }, at('/badge'))
    const issuer = { status: 422, code: 'ISSUER_UNKNOWN' }
    await refused({ profile: 'nobody', comment: 'Good.' }, issuer)
  })

  it('is one’s own', async () => {
    await refused({ profile: 'vista-unified', comment: 'We are good.' }, at('/issuer'))
    const own = { Authorization: `Bearer ${await tokenOf('default')}` }
    await refused(asked, at('/issuer'), own)
    await refused({ badge: badge.code, comment: 'Good.' }, at('/issuer'), own)
  })

  it('is named once', async () => {
    await refused({ comment: 'Good.' }, at(''))
    await refused({ ...asked, badge: badge.code }, at(''))
    await refused({ ...asked, achievement: 7 }, at('/achievement'))
    await refused({ ...asked, achievement: `${SLUG}/1/2` }, at('/achievement'))
    await refused({ ...asked, achievement: '../../x' }, at('/achievement'))
    await refused({ badge: 'u'.repeat(26), comment: 'Good.' }, at('/badge'))
    await refused({ profile: ['default'], comment: 'Good.' }, at('/profile'))
    await refused({ ...asked, issuer: 7 }, at('/issuer'))
    await refused({ ...asked, more: 1 }, at('/more'))
    await refused([], at(''))
  })

  it.each([
    ['none', undefined],
    ['an empty one', ' \n '],
    ['one that is no text', ['Good.']],
    ['one of 2,001 characters', 'x'.repeat(2001)],
    ['one with a control character', 'Good\u0007.'],
    ['one with a tab', 'Good\t.'],
    ['one that turns the writing direction', 'Good \u202e.doog'],
    ['one with what is no character', 'Good \ufffe.'],
  ])('needs a comment, not %s', async (_, comment) => {
    await refused({ achievement: SLUG, comment }, at('/comment'))
  })

  it('takes a comment of 2,000 characters in several lines, and none that names a blank node', async () => {
    const comment = `${'🏅'.repeat(1998)}\r\nx`
    expect((await endorse({ achievement: SLUG, comment })).status).toBe(201)
    await refused({ ...asked, comment: '_:b0' }, { status: 422, code: 'LINT_FAILED' })
  })

  it('is refused when it is 10 MB long, compressed or of another type', async () => {
    const tooLarge = { status: 413, code: 'BODY_TOO_LARGE' }
    await refused({ ...asked, comment: 'x'.repeat(10_000_000) }, tooLarge)
    const unsupported = { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' }
    await refused(asked, unsupported, { 'Content-Type': 'text/plain' })
    await refused(asked, unsupported, { 'Content-Encoding': 'gzip' })
    await refused('{"comment":', { status: 400, code: 'REQUEST_MALFORMED' })
  })

  it('is refused without a token, without the scope, and in another’s name', async () => {
    await refused(asked, { status: 401, code: 'UNAUTHENTICATED' }, { Authorization: '' })
    const forbidden = { status: 403, code: 'FORBIDDEN' }
    const other = await tokenOf('vista-unified', 'reviews:write', 'badges:status')
    await refused(asked, forbidden, { Authorization: `Bearer ${other}` })
    await refused({ ...asked, issuer: 'metro-nashville' }, forbidden)
    await refused({ ...asked, issuer: 'nobody' }, forbidden)
  })

  it('is refused for an issuer that was never added, or has no key', async () => {
    const nobody = { Authorization: `Bearer ${await tokenOf('nobody')}` }
    await refused(asked, { status: 422, code: 'ISSUER_UNKNOWN' }, nobody)
    const { issuers } = http.service.issuing.database.stores
    await issuers.insert({ slug: 'keyless', name: 'Keyless' }, '2026-03-20T12:00:00Z')
    const keyless = { Authorization: `Bearer ${await tokenOf('keyless')}` }
    await refused(asked, { status: 503, code: 'KEY_UNAVAILABLE' }, keyless)
  })
})

describe('two that say the same at once', () => {
  it('share one endorsement', async () => {
    const body = { achievement: SLUG, comment: 'At once.' }
    const answers = await Promise.all(Array.from({ length: 8 }, () => endorse(body)))
    expect(new Set(answers.map((answer) => answer.json()['code'])).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })
})
