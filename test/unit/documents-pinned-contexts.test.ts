/** Contexts are the reviewed documents or nothing, and nothing else is ever loaded. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import jsonld from 'jsonld'
import { describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import {
  type ContextEntry,
  loadPinnedContexts,
  pinContext,
  readContextManifest,
} from '../../src/adapters/documents/pinned-contexts.js'

const VC_2 = 'https://www.w3.org/ns/credentials/v2'
const OB_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const NOT_PINNED = { name: 'IssuerError', code: 'CONTEXT_NOT_PINNED' }

const contexts = await loadPinnedContexts()
const manifest = await readContextManifest()

function entryOf(url: string): ContextEntry {
  const entry = manifest.contexts.find((one) => one.url === url)
  if (entry === undefined) throw new Error(`${url} is not in the manifest`)
  return entry
}

/** The package's own document for a URL without additions, as a copy that a test may change. */
function copyOf(url: string): Record<string, unknown> {
  return structuredClone({ ...contexts.find(url) })
}

describe('loadPinnedContexts', () => {
  it('serves every context of the manifest', () => {
    expect(contexts.urls()).toEqual(manifest.contexts.map(({ url }) => url))
    for (const url of contexts.urls()) expect(contexts.find(url)).toHaveProperty('@context')
  })

  it('knows no other URL', () => {
    expect(contexts.find('https://example.org/context.json')).toBeUndefined()
    expect(contexts.find('__proto__')).toBeUndefined()
  })

  it('freezes documents to the bottom', () => {
    const thaw = (value: unknown): number => {
      if (typeof value !== 'object' || value === null) return 0
      const members = Object.values(value).reduce((sum: number, one) => sum + thaw(one), 0)
      return members + (Object.isFrozen(value) ? 0 : 1)
    }
    for (const url of contexts.urls()) expect(thaw(contexts.find(url))).toBe(0)
  })

  it('refuses a manifest whose digest differs in one digit, and names the URL', async () => {
    const entry = entryOf(VC_2)
    const flipped = (entry.sha256.startsWith('0') ? '1' : '0') + entry.sha256.slice(1)
    const loading = loadPinnedContexts({ contexts: [{ ...entry, sha256: flipped }] })
    await expect(loading).rejects.toMatchObject({
      ...NOT_PINNED,
      message: expect.stringContaining(VC_2),
    })
  })

  it.each([
    ['a package that is not written into the code', { package: 'node:fs' }],
    ['an export that is not there', { export: 'metadata' }],
    ['a URL the package does not hold', { url: 'https://example.org/context.json' }],
  ])('refuses %s', async (_, change) => {
    const loading = loadPinnedContexts({ contexts: [{ ...entryOf(VC_2), ...change }] })
    await expect(loading).rejects.toMatchObject(NOT_PINNED)
  })

  it('is in step with the packages', () => {
    execFileSync(process.execPath, ['scripts/write-context-manifest.mjs', '--check'])
  })
})

describe('pinContext', () => {
  it('refuses a document with one byte changed', () => {
    const text = JSON.stringify(copyOf(VC_2))
    expect(pinContext(entryOf(VC_2), JSON.parse(text))).toEqual(contexts.find(VC_2))
    const changed = JSON.parse(
      text.replace('credentials#credentialSubject', 'credentials#credentialSubjecu'),
    )
    expect(() => pinContext(entryOf(VC_2), changed)).toThrow(VC_2)
  })

  it('arrives at the published file of OB 3.0.3, byte for byte', () => {
    const file = `${JSON.stringify(contexts.find(OB_3_0_3), null, 2)}\n`
    const digest = createHash('sha256').update(file).digest('hex')
    expect(digest).toBe('3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84')
    expect(contexts.find(OB_3_0_3)?.['@context']).toMatchObject({
      jti: { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
      endorsementJwt: { '@container': '@set' },
    })
  })

  it.each([
    ['replaces a term', { term: 'name' }],
    ['has no place', { after: 'nowhere' }],
    ['differs from the published definition', { definition: 'https://example.org/#jti' }],
  ])('refuses an addition that %s', async (_, change) => {
    const entry = entryOf(OB_3_0_3)
    const [first, ...others] = entry.additions ?? []
    if (first === undefined) throw new Error('the manifest has no additions')
    const additions = [{ ...first, ...change }, ...others]
    const loading = loadPinnedContexts({ contexts: [{ ...entry, additions }] })
    await expect(loading).rejects.toMatchObject(NOT_PINNED)
  })
})

describe('createDocumentLoader', () => {
  it('serves the pinned context itself', async () => {
    const loaded = await createDocumentLoader(contexts)(VC_2)
    expect(loaded).toMatchObject({ contextUrl: null, documentUrl: VC_2 })
    expect(loaded.document).toBe(contexts.find(VC_2))
  })

  it.each([
    'https://example.org/context.json',
    'http://www.w3.org/ns/credentials/v2',
    'file:///etc/passwd',
    '',
  ])('refuses %j', async (url) => {
    await expect(createDocumentLoader(contexts)(url)).rejects.toMatchObject(NOT_PINNED)
  })

  it('asks the caller for other documents, but never for a pinned context', async () => {
    const asked: string[] = []
    const load = createDocumentLoader(contexts, (url) => {
      asked.push(url)
      return url === 'did:example:a' ? { id: url } : undefined
    })
    expect((await load('did:example:a')).document).toEqual({ id: 'did:example:a' })
    await expect(load('did:example:b')).rejects.toMatchObject(NOT_PINNED)
    await load(VC_2)
    expect(asked).toEqual(['did:example:a', 'did:example:b'])
  })

  it('gives a JSON-LD processor frozen documents it can work with', async () => {
    const document = { '@context': [VC_2, OB_3_0_3], id: 'urn:x', name: 'A badge' }
    const documentLoader = createDocumentLoader(contexts)
    const quads = await jsonld.toRDF(document, { documentLoader, safe: true })
    expect(quads).toMatchObject([{ predicate: { value: 'https://schema.org/name' } }])
  })
})
