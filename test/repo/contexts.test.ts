/** The pinned contexts: the manifest, the packages behind it, and the digests between them. */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { describe, expect, it } from 'vitest'
import { contextsFolder } from '../../src/adapters/documents/contexts-folder.js'
import {
  loadPinnedContexts,
  readContextManifest,
} from '../../src/adapters/documents/pinned-contexts.js'
import { issuedContexts, VC1_CONTEXT } from '../../src/domain/achievement-credential.js'
import { canonicalJson, type JsonObject, type JsonValue } from '../../src/domain/json.js'
import { readText } from '../support/repository-files.js'

const { contexts } = await readContextManifest()
const { dependencies } = JSON.parse(readText('package.json')) as {
  dependencies: Readonly<Record<string, string>>
}

describe('contexts/manifest.json', () => {
  it('names each context once, by https', () => {
    const urls = contexts.map((entry) => entry.url)
    expect(new Set(urls).size).toBe(urls.length)
    expect(urls.filter((url) => !url.startsWith('https://'))).toEqual([])
  })

  it('has every context that we issue, and the one of older badges', () => {
    const urls = contexts.map((entry) => entry.url)
    expect(urls).toEqual(expect.arrayContaining([...issuedContexts(true), VC1_CONTEXT]))
  })

  it.each(contexts)('$url is the reviewed document of its package', async (entry) => {
    const exported = (await import(entry.package)) as Readonly<Record<string, unknown>>
    const documents = exported[entry.export] as ReadonlyMap<string, JsonValue>
    const text = canonicalJson(documents.get(entry.url) ?? null)
    expect(createHash('sha256').update(text).digest('hex')).toBe(entry.sha256)
  })

  it('takes every document from a dependency of exact version', () => {
    for (const entry of contexts) expect(dependencies[entry.package]).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('arrives at the published file wherever it adds a term', async () => {
    const pinned = await loadPinnedContexts()
    const extended = contexts.filter((entry) => entry.additions !== undefined)
    expect(extended.length).toBeGreaterThan(0)
    for (const { url, publishedSha256 } of extended) {
      const text = `${JSON.stringify(pinned.find(url) as JsonObject, null, 2)}\n`
      expect(createHash('sha256').update(text).digest('hex')).toBe(publishedSha256)
    }
  })
})

describe('contexts/schema', () => {
  const ajv = new Ajv2019()

  it.each(readdirSync(path.join(contextsFolder(), 'schema')))('%s is a JSON Schema', (file) => {
    const schema = JSON.parse(readText(`contexts/schema/${file}`)) as object
    expect(ajv.validateSchema(schema)).toBe(true)
    expect(ajv.validateSchema({ ...schema, properties: 1 })).toBe(false)
  })
})
