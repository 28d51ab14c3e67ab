/** What verifiers fetch: issuer, keys, achievements, status lists. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from '../support/http-problems.js'
import { type HttpService, openHttpService } from '../support/http-service.js'
import { activeKey } from '../support/service.js'

const DID = 'did:web:badges.example.org'
const HTML = { Accept: 'text/html' }
const ACHIEVEMENT = '/achievements/empowering-students-as-creators'

let http: HttpService
let credential: Credential

type Credential = {
  readonly issuer: { readonly id: string }
  readonly proof: readonly { readonly verificationMethod: string }[]
  readonly credentialSubject: { readonly achievement: Readonly<Record<string, unknown>> }
  readonly credentialStatus: {
    readonly statusListIndex: string
    readonly statusListCredential: string
  }
}

beforeAll(async () => {
  http = await openHttpService({
    env: { ISSUER_URL: 'https://futureready.example.org/', ISSUER_EMAIL: 'badges@example.org' },
  })
  const badge = await http.badge()
  credential = (await get(badge.credential)).json() as unknown as Credential
})
afterAll(() => http.close())

/** Gets an address that one of our documents names, or a path. */
function get(url: string, headers = {}) {
  const { pathname, origin } = new URL(url, 'https://badges.example.org')
  expect(origin).toBe('https://badges.example.org')
  return http.send({ path: pathname, headers })
}

describe('/.well-known/did.json', () => {
  it('lists the key as the strictest known verifier needs it', async () => {
    const answer = await get('/.well-known/did.json')
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    const document = answer.json()
    const { keyId: multibase, activated } = await activeKey(http.service)
    expect(multibase).toMatch(/^z6Mk/)
    const id = `${DID}#${multibase}`
    expect(document).toEqual({
      '@context': [
        'https://www.w3.org/ns/did/v1',
        'https://w3id.org/security/multikey/v1',
        {
          validFrom: 'https://schema.org/validFrom',
          validThrough: 'https://schema.org/validThrough',
        },
      ],
      id: DID,
      verificationMethod: expect.arrayContaining([
        {
          id,
          type: 'Multikey',
          controller: DID,
          publicKeyMultibase: multibase,
          validFrom: activated,
        },
      ]),
      assertionMethod: expect.arrayContaining([id]),
    })
    expect(document['assertionMethod']).toHaveLength(2)
    expect(document['verificationMethod']).toHaveLength(2)
  })

  it('lists the key of every proof of a badge, under the issuer that the badge names', async () => {
    const { id, assertionMethod } = (await get('/.well-known/did.json')).json()
    expect(credential.issuer.id).toBe(id)
    expect(credential.proof).toHaveLength(2)
    for (const proof of credential.proof)
      expect(assertionMethod).toContain(proof.verificationMethod)
  })

  it('is a did:key without https', async () => {
    const local = await openHttpService({ env: { BASE_URL: 'http://localhost:3000' } })
    try {
      const document = (await local.send({ path: '/.well-known/did.json' })).json()
      const { keyId: key } = await activeKey(local.service)
      const id = `did:key:${key}`
      expect(document).toMatchObject({ id, assertionMethod: [`${id}#${key}`] })
    } finally {
      await local.close()
    }
  })
})

describe('/issuer', () => {
  it('is the Profile of the badges for machines', async () => {
    for (const accept of ['application/json', 'application/ld+json', '*/*']) {
      const answer = await get('/issuer', { Accept: accept })
      expect(answer.headers['content-type']).toMatch(/^application\/ld\+json/)
      const { '@context': contexts, ...profile } = answer.json()
      expect(contexts).toEqual([
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ])
      expect(profile).toEqual(credential.issuer)
    }
  })

  it('is a page for people, with the key', async () => {
    const page = await get('/issuer', HTML)
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    expect(page.text).toContain((await activeKey(http.service)).keyId)
    expect(page.text).toContain('Future Ready Librarians')
  })
})

describe('/achievements', () => {
  it('is at the address that the badge names, as the badge embeds it', async () => {
    const { achievement } = credential.credentialSubject
    const answer = await get(String(achievement['id']), { Accept: 'application/ld+json' })
    const { '@context': _contexts, ...node } = answer.json()
    expect(answer.headers['content-type']).toMatch(/^application\/ld\+json/)
    expect(node).toEqual(achievement)
  })

  it('is a page for people', async () => {
    const page = await get(`${ACHIEVEMENT}/1`, HTML)
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    expect(page.text).toMatch(/<h1[^>]*>Empowering Students as Creators<\/h1>/)
  })

  it('leads from the name to the newest version', async () => {
    const answer = await get(ACHIEVEMENT)
    expect([answer.status, answer.headers.location]).toEqual([
      302,
      `https://badges.example.org${ACHIEVEMENT}/1`,
    ])
  })

  it('has its picture at the address that the badge names, boxed in', async () => {
    const { image } = credential.credentialSubject.achievement as { image: { id: string } }
    const picture = await get(image.id)
    expect(picture.headers['content-type']).toMatch(/^image\/svg\+xml/)
    expect(picture.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    expect(picture.text).toMatch(/<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  })

  it('is not found by another name or version', async () => {
    const paths = ['/2', '/0', '/01', '/1.0', '/-1', '/one', '/1e0', '/9999999999', '/2/image.svg']
    for (const end of paths)
      expectProblem(await get(`${ACHIEVEMENT}${end}`), { status: 404, code: 'NOT_FOUND' })
    for (const slug of [
      '%00',
      'other',
      'EMPOWERING-STUDENTS-AS-CREATORS',
      'constructor',
      '%F0%9F%93%9A',
    ])
      expectProblem(await get(`/achievements/${slug}`), { status: 404, code: 'NOT_FOUND' })
  })

  it('stand on the front page', async () => {
    const page = await get('/', HTML)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`href="https://badges.example.org${ACHIEVEMENT}/1"`)
  })
})

describe('/status/{list}', () => {
  it('is signed by the issuer of the badge and verifies with the independent verifier', async () => {
    const { statusListCredential: url } = credential.credentialStatus
    const answer = await get(url)
    const list = answer.json()
    expect(list).toMatchObject({
      id: url,
      issuer: { id: DID },
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation' },
    })
    expect(list['type']).toContain('BitstringStatusListCredential')
    const { independentVerifier } = http.service.issuing
    expect(await independentVerifier.verify(answer.text)).toMatchObject({ verified: true })
    const changed = answer.text.replace('revocation', 'suspension')
    expect(await independentVerifier.verify(changed)).toMatchObject({ verified: false })
  })

  it('has the bit of the badge, not set, in a list of full length', async () => {
    const { statusListIndex, statusListCredential } = credential.credentialStatus
    const subject = (await get(statusListCredential)).json()['credentialSubject']
    const { encodedList } = subject as { encodedList: string }
    expect(encodedList).toMatch(/^u[\w-]+$/)
    const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
    expect(bits.length * 8).toBeGreaterThanOrEqual(131_072)
    const index = Number(statusListIndex)
    expect([typeof statusListIndex, String(index)]).toEqual(['string', statusListIndex])
    expect(((bits[index >> 3] ?? 255) >> (7 - (index & 7))) & 1).toBe(0)
  })

  it('comes in the media type that is asked for, and may be kept for a while', async () => {
    for (const type of ['application/vc', 'application/ld+json', 'application/json']) {
      const answer = await get(credential.credentialStatus.statusListCredential, { Accept: type })
      expect(answer.headers['content-type']).toBe(type)
      expect(answer.headers['cache-control']).toMatch(/max-age=\d+/)
      expect(answer.headers.etag).toMatch(/^"/)
    }
  })

  it('is the same for a while, and 304 to whoever has it', async () => {
    const url = credential.credentialStatus.statusListCredential
    const first = await get(url)
    expect((await get(url)).text).toBe(first.text)
    const again = await get(url, { 'If-None-Match': first.headers.etag })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
  })

  it('is not found by another name', async () => {
    for (const list of ['1', 'x'.repeat(26), 'constructor', '__proto__'])
      expectProblem(await get(`/status/${list}`), { status: 404, code: 'NOT_FOUND' })
  })
})
