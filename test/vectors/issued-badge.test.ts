/** A badge of ours in the hands of others: the official schema and three foreign verifiers. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential as verifyByLibrary } from '@digitalbazaar/vc'
import { verifyCredential as verifyByCore } from '@digitalcredentials/verifier-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { canonizeToNQuads } from '../../src/adapters/proofs/reference-canonicalizer.js'
import { acceptReview } from '../../src/application/accept-review.js'
import { createOwnRecords } from '../../src/application/own-records.js'
import { readIssuer } from '../../src/application/read-issuer.js'
import { verifyCredential } from '../../src/application/verification/verify-credential.js'
import { DEFAULT_ISSUER } from '../../src/domain/issuer.js'
import { type JsonObject, listMember, textMember } from '../../src/domain/json.js'
import { composeVerifying } from '../../src/main/compose-verifying.js'
import { documentOf } from '../support/library-verifier.js'
import { hasOfficialData } from '../support/official-data.js'
import { aReview } from '../support/reviews.js'
import { createOracle, readOfficialSchema } from '../support/schema-oracle.js'
import {
  activeKey,
  frozenClock,
  openTestApp,
  openTestService,
  type TestApp,
  type TestService,
} from '../support/service.js'

async function issueOne({ service }: TestService): Promise<string> {
  const review = service.reviewParser.parse(aReview())
  const { badge } = await acceptReview(service.issuing, review, { name: 'test' })
  if (badge === undefined) throw new Error('no badge was issued')
  return badge.securedJson
}

const parse = (text: string) => JSON.parse(text) as JsonObject
const withName = (text: string) => ({ ...parse(text), name: 'A better badge' })

describe('a badge of a did:web issuer', () => {
  let opened: TestService
  let securedJson: string
  let did: JsonObject

  beforeAll(async () => {
    opened = await openTestService({ clock: frozenClock })
    securedJson = await issueOne(opened)
    did = (await readIssuer(opened.service.issuing, DEFAULT_ISSUER)).didDocument
  })
  afterAll(() => opened.close())

  it.skipIf(!hasOfficialData)('fits the official schema (skipped without ../shared/ob3)', () => {
    const oracle = createOracle()
    expect(oracle('achievement-credential', parse(securedJson))).toBeUndefined()
    const { credentialSubject: _subject, ...rest } = parse(securedJson)
    expect(oracle('achievement-credential', rest)).toBeDefined()
  })

  it('carries both proofs, the certified one first, of one key and one moment', async () => {
    const proofs = listMember(parse(securedJson), 'proof').map((proof) => [
      textMember(proof, 'type'),
      textMember(proof, 'cryptosuite'),
      textMember(proof, 'verificationMethod'),
      textMember(proof, 'created'),
      textMember(proof, 'proofPurpose'),
    ])
    const { methodId: method } = await activeKey(opened.service)
    const rest = [method, '2026-03-20T12:00:00Z', 'assertionMethod']
    expect(proofs).toEqual([
      ['DataIntegrityProof', 'eddsa-rdfc-2022', ...rest],
      ['Ed25519Signature2020', undefined, ...rest],
    ])
  })

  it('uses the four contexts of the profile and loses nothing in safe mode', async () => {
    const { proof: _proof, ...document } = parse(securedJson)
    expect(document['@context']).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      'https://w3id.org/security/suites/ed25519-2020/v1',
    ])
    const loader = createDocumentLoader(await loadPinnedContexts())
    const nquads = await canonizeToNQuads(document, loader)
    expect(nquads).toContain('#OpenBadgeCredential>')
    await expect(canonizeToNQuads({ ...document, nonsense: 1 }, loader)).rejects.toThrow()
  })

  describe.each([
    ['eddsa-rdfc-2022', () => new DataIntegrityProof({ cryptosuite })],
    ['Ed25519Signature2020', () => new Ed25519Signature2020()],
  ])('@digitalbazaar/vc with %s alone', (_name, createSuite) => {
    const verify = async (credential: object) => {
      const contexts = await loadPinnedContexts()
      return verifyByLibrary({
        credential: structuredClone(credential),
        suite: createSuite(),
        documentLoader: createDocumentLoader(contexts, (url) => documentOf(did, url)),
        checkStatus: async () => ({ verified: true }),
        now: new Date(frozenClock.now()),
      })
    }

    it('verifies it', async () => {
      const { verified, error } = await verify(parse(securedJson))
      expect(error).toBeUndefined()
      expect(verified).toBe(true)
    })

    it('refuses it after a change', async () => {
      expect((await verify(withName(securedJson))).verified).toBe(false)
    })
  })

  it('is verified by our verifier, and not after a change', async () => {
    const records = createOwnRecords(opened.service.issuing)
    const parts = await composeVerifying({ clock: frozenClock, records })
    const verdict = async (text: string) =>
      (await verifyCredential(parts, new TextEncoder().encode(text))).report.verdict
    expect(await verdict(securedJson)).toBe('valid')
    expect(await verdict(JSON.stringify(withName(securedJson)))).toBe('invalid')
  })

  it('is verified by the independent implementation, and not after a change', async () => {
    const { independentVerifier } = opened.service.issuing
    expect(await independentVerifier.verify(securedJson)).toMatchObject({
      verified: true,
      reasons: [],
    })
    const changed = await independentVerifier.verify(JSON.stringify(withName(securedJson)))
    expect(changed.verified).toBe(false)
    expect(changed.reasons).toHaveLength(2)
  })
})

/**
 * The wallet makers' verifier resolves did:key itself and fetches the status list from us. It would
 * also fetch the official schema from the network; here it gets the local copy, or an error.
 */
describe('a badge of a laptop, before @digitalcredentials/verifier-core', () => {
  let opened: TestApp
  let server: Server
  let securedJson: string
  const fetched: string[] = []

  beforeAll(async () => {
    server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    opened = await openTestApp({ env: { BASE_URL: `http://127.0.0.1:${port}` } })
    server.on('request', opened.app)
    securedJson = await issueOne(opened)
    const realFetch = globalThis.fetch
    vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
      const url = typeof input === 'string' ? input : input.url
      fetched.push(url)
      if (url.startsWith(opened.settings.baseUrl)) return realFetch(input, init)
      if (!hasOfficialData || !url.endsWith('achievementcredential_schema.json')) {
        throw new TypeError(`no network for ${url}`)
      }
      return Response.json(readOfficialSchema('achievement-credential'))
    })
  })
  afterAll(async () => {
    vi.unstubAllGlobals()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await opened.close()
  })

  const verify = (document: object) =>
    verifyByCore({ credential: structuredClone(document) as never, knownDIDRegistries: [] })

  it('is issued by a did:key', () => {
    expect(securedJson).toMatch(/"issuer":\{"id":"did:key:z6Mk/)
  })

  it('passes its checks of signature, expiry and status', async () => {
    const { log, errors } = await verify(parse(securedJson))
    expect(errors).toBeUndefined()
    const passed = (log ?? []).filter((step) => step.valid === true).map((step) => step.id)
    expect(passed).toEqual(
      expect.arrayContaining(['valid_signature', 'expiration', 'revocation_status']),
    )
    // It knows issuers from registries only, and was given none.
    const others = (log ?? []).filter((step) => step.valid !== true)
    expect(others.map((step) => step.id)).toEqual(['registered_issuer'])
    expect(fetched.some((url) => url.startsWith(`${opened.settings.baseUrl}/status/`))).toBe(true)
  })

  it.skipIf(!hasOfficialData)(
    'passes its schema check (skipped without ../shared/ob3)',
    async () => {
      const { additionalInformation = [] } = await verify(parse(securedJson))
      const results = additionalInformation.flatMap((entry) => entry.results)
      expect(results.map((one) => one.result)).toEqual([{ valid: true }])
    },
  )

  it('is refused by it after a change', async () => {
    const { log, errors = [] } = await verify(withName(securedJson))
    expect(errors.map((error) => error.name)).toEqual(['invalid_signature'])
    expect(log).toBeUndefined()
  })
})
