/** The DID resolver, for clients that have none: whole answers, and an error for everything else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpService, openHttpService } from '../support/http-service.js'

const KEY = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
const DID = `did:key:${KEY}`

let http: HttpService
beforeAll(async () => {
  http = await openHttpService()
})
afterAll(() => http.close())

const resolve = (did: string, Accept = 'application/did-resolution') =>
  http.send({ path: `/1.0/identifiers/${did}`, headers: { Accept } })

describe('GET /1.0/identifiers/{did}', () => {
  it('gives a result with the document', async () => {
    const answer = await resolve(DID)
    expect(answer.headers['content-type']).toBe('application/did-resolution')
    expect(answer.json()).toEqual({
      didDocument: {
        '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
        id: DID,
        verificationMethod: [
          { id: `${DID}#${KEY}`, type: 'Multikey', controller: DID, publicKeyMultibase: KEY },
        ],
        assertionMethod: [`${DID}#${KEY}`],
        authentication: [`${DID}#${KEY}`],
      },
      didResolutionMetadata: { contentType: 'application/did+ld+json' },
      didDocumentMetadata: {},
    })
  })

  it('gives the document alone to who asks for one, however the DID is encoded', async () => {
    const answer = await resolve(encodeURIComponent(DID), 'application/did+ld+json')
    expect(answer.headers['content-type']).toBe('application/did+ld+json')
    expect(answer.json()['id']).toBe(DID)
  })

  it('knows our own as it is published', async () => {
    const published = (await http.send({ path: '/.well-known/did.json' })).json()
    const answer = await resolve(String(published['id']))
    expect(answer.json()['didDocument']).toEqual(published)
  })

  it.each([
    ['did:KEY:x', 400, 'INVALID_DID'],
    ['did:key:', 400, 'INVALID_DID'],
    ['did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc', 400, 'INVALID_DID'],
    [`${DID}%23${KEY}`, 400, 'INVALID_DID'],
    ['did:jwk:bm90', 400, 'INVALID_DID'],
    ['did:web:issuer.example:..', 400, 'INVALID_DID'],
    ['x'.repeat(9000), 400, 'INVALID_DID'],
    ['did:example:123', 501, 'METHOD_NOT_SUPPORTED'],
    ['did:web:issuer.example', 504, 'INTERNAL_ERROR'],
  ])('%s is answered %i', async (did, status, error) => {
    const answer = await resolve(did, 'application/did+ld+json')
    expect([answer.status, answer.json()]).toEqual([
      status,
      {
        didDocument: null,
        didResolutionMetadata: {
          error: {
            type: `https://www.w3.org/ns/did#${error}`,
            title: expect.any(String),
            detail: expect.stringMatching(/\.$/),
          },
        },
        didDocumentMetadata: {},
      },
    ])
  })
})
