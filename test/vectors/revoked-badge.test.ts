/** A revoked badge before two foreign verifiers, our API and our page: all say revoked. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential as verifyByLibrary } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { verifyCredential as verifyByCore } from '@digitalcredentials/verifier-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { acceptReview } from '../../src/application/accept-review.js'
import { changeBadgeStatus } from '../../src/application/change-status.js'
import { correctBadge } from '../../src/application/correct-badge.js'
import { readCorrection } from '../../src/application/read-correction.js'
import type { StatusChange } from '../../src/domain/badge-status.js'
import { isJsonObject, type JsonObject, listMember, textMember } from '../../src/domain/json.js'
import { resolveDidKey } from '../../src/domain/published-keys/self-describing-dids.js'
import { aReview } from '../support/reviews.js'
import { openTestApp, type TestApp } from '../support/service.js'

let opened: TestApp
let server: Server
let baseUrl: string

beforeAll(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  opened = await openTestApp({ env: { BASE_URL: baseUrl } })
  server.on('request', opened.app)
  // Only our lists matter here: every schema that would come from the network allows everything.
  const realFetch = globalThis.fetch
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const url = typeof input === 'string' ? input : input.url
    return url.startsWith(baseUrl) ? realFetch(input, init) : Response.json({})
  })
})
afterAll(async () => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await opened.close()
})

async function issue(id: string): Promise<{ code: string; document: JsonObject }> {
  const { issuing, reviewParser } = opened.service
  const { badge } = await acceptReview(issuing, reviewParser.parse(aReview({ id })), {
    name: 'test',
  })
  if (badge === undefined) throw new Error('no badge was issued')
  return { code: badge.code, document: JSON.parse(badge.securedJson) as JsonObject }
}

function change(code: string, kind: StatusChange) {
  const reason = { text: 'Issued by mistake.', isPublic: true }
  return changeBadgeStatus(opened.service.issuing, { name: 'test' }, { code, change: kind, reason })
}

/** The wallet makers' verifier, which fetches our list itself. */
async function byCore(document: JsonObject) {
  const { log, errors } = await verifyByCore({
    credential: structuredClone(document) as never,
    knownDIDRegistries: [],
  })
  expect(errors).toBeUndefined()
  return (log ?? []).find((step) => step.id === 'revocation_status')?.valid
}

/** The signature library with its status package; whether revoked is in the results only. */
async function byLibrary(document: JsonObject) {
  const did = textMember(document['issuer'], 'id') ?? ''
  const list = textMember(document['credentialStatus'], 'statusListCredential') ?? ''
  const listDocument = (await (await fetch(list)).json()) as JsonObject
  const documentLoader = createDocumentLoader(await loadPinnedContexts(), (url) => {
    if (url === list) return structuredClone(listDocument)
    return didPart(resolveDidKey(did) ?? {}, url)
  })
  const suite = new DataIntegrityProof({ cryptosuite })
  const seen: (boolean | undefined)[] = []
  const { verified } = await verifyByLibrary({
    credential: structuredClone(document),
    suite,
    documentLoader,
    checkStatus: async ({ credential }: { credential: object }) => {
      const found = await checkStatus({
        credential,
        suite,
        documentLoader: documentLoader as never,
        verifyMatchingIssuers: true,
      })
      seen.push(...found.results.map(({ status }) => status))
      return { verified: found.verified && found.results.every(({ status }) => status === false) }
    },
  } as never)
  return { verified, seen }
}

function didPart(did: JsonObject, url: string): JsonObject | undefined {
  if (url === textMember(did, 'id')) return did
  const method = listMember(did, 'verificationMethod').find((one) => textMember(one, 'id') === url)
  return isJsonObject(method)
    ? { '@context': 'https://w3id.org/security/multikey/v1', ...method }
    : undefined
}

async function byApi(document: JsonObject): Promise<string> {
  const answer = await fetch(`${baseUrl}/api/v1/verify`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(document),
  })
  return ((await answer.json()) as { verdict: string }).verdict
}

async function byPage(code: string): Promise<string | undefined> {
  const page = await fetch(`${baseUrl}/badges/${code}`, { headers: { Accept: 'text/html' } })
  return /class="stamp"[^>]*aria-label="([^"]+)"/.exec(await page.text())?.[1]
}

async function judgements({ code, document }: { code: string; document: JsonObject }) {
  return {
    core: await byCore(document),
    library: await byLibrary(document),
    api: await byApi(document),
    page: await byPage(code),
  }
}

const GOOD = {
  core: true,
  library: { verified: true, seen: [false] },
  api: 'valid',
  page: 'Valid',
}

const REVOKED = {
  core: false,
  library: { verified: false, seen: [true] },
  api: 'invalid',
  page: 'Not valid',
}

describe('what everyone says', () => {
  it('of a badge before and after it is revoked', async () => {
    const badge = await issue('revoked')
    expect(await judgements(badge)).toEqual(GOOD)
    await change(badge.code, 'revoke')
    expect(await judgements(badge)).toEqual(REVOKED)
  })

  it('of a badge that is corrected, and of the one that takes its place', async () => {
    const old = await issue('corrected')
    const { issuing, reviewParser } = opened.service
    const change = { candidate: { name: 'Anna Example' }, reason: 'The name was misspelt.' }
    const request = readCorrection(old.code, change)
    const { badge } = await correctBadge(issuing, reviewParser, { name: 'test' }, request)
    const document = JSON.parse(badge.securedJson) as JsonObject
    expect(await judgements(old)).toEqual(REVOKED)
    expect(await judgements({ code: badge.code, document })).toEqual(GOOD)
    expect(document['awardedDate']).toBe(old.document['awardedDate'])
  })

  it('of a badge that is suspended: others cannot know, we say so', async () => {
    const badge = await issue('suspended')
    await change(badge.code, 'suspend')
    expect(await judgements(badge)).toEqual({ ...GOOD, api: 'invalid', page: 'Not valid' })
    await change(badge.code, 'reinstate')
    expect(await judgements(badge)).toEqual(GOOD)
  })
})
