/** jsonld with shared term tables against jsonld as it comes: the same output, the same refusals. */
import { createRequire } from 'node:module'
import jsonld from 'jsonld'
import { beforeAll, describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { shareTermTables } from '../../src/adapters/proofs/shared-term-tables.js'
import type { JsonObject } from '../../src/domain/json.js'
import { type MutationBase, validBases } from '../support/mutation-bases.js'
import { createRandom, tamperAtRandom, termIris } from '../support/random-tampering.js'

type Processor = typeof jsonld

/** The library as it comes needs about 80 ms for one. */
const CHANGED = Number(process.env['SHARED_TABLE_RUNS'] ?? 100)

const require = createRequire(import.meta.url)
const contexts = await loadPinnedContexts()
const documentLoader = createDocumentLoader(contexts)
const options = { base: null, safe: true, documentLoader }

let asItComes: Processor
let shared: Processor
let bases: readonly MutationBase[]

/** An instance of the library with nothing kept and nothing replaced. */
function freshInstance(): Processor {
  for (const file of Object.keys(require.cache)) {
    if (file.includes('/node_modules/jsonld/')) delete require.cache[file]
  }
  return require('jsonld') as Processor
}

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    (result) => JSON.stringify(result),
    (error: Error & { details?: unknown }) => `${error.message} ${JSON.stringify(error.details)}`,
  )
}

/** All that a processor makes of a document. */
async function outcomes(processor: Processor, document: JsonObject): Promise<readonly string[]> {
  const context = (document['@context'] ?? []) as object
  return [
    await outcome(processor.toRDF(structuredClone(document), options)),
    await outcome(
      processor.compact(structuredClone(document), context, { ...options, safe: false }),
    ),
  ]
}

async function expectSame(document: JsonObject, name: string): Promise<readonly string[]> {
  const [one, other] = [await outcomes(asItComes, document), await outcomes(shared, document)]
  expect(other, name).toEqual(one)
  return one
}

beforeAll(async () => {
  asItComes = freshInstance()
  shared = freshInstance()
  expect(await shareTermTables(shared)).toBe(true)
  bases = await validBases()
})

describe('shared term tables', () => {
  it('are what the service works with, and not the library as it comes', async () => {
    const own = (await jsonld.processContext(null, null, {})) as { clone: () => object }
    const other = (await asItComes.processContext(null, null, {})) as { clone: () => object }
    expect(own.clone.name).toBe('copyShallowly')
    expect(other.clone.name).toBe('_cloneActiveContext')
  })

  it('leave an instance of another shape alone', async () => {
    const strange = { ...jsonld, processContext: async () => ({ mappings: {} }) } as Processor
    expect(await shareTermTables(strange)).toBe(false)
  })

  it('give what the library gives for every base, also after all of them', async () => {
    const before = new Map<string, readonly string[]>()
    for (const { name, badge } of bases) before.set(name, await expectSame(badge, name))
    for (const { name, badge } of bases) {
      expect(await outcomes(shared, badge), name).toEqual(before.get(name))
    }
    const good = before.get('good') ?? []
    expect(good.map((text) => text.slice(0, 2))).toEqual(['[{', '{"'])
  }, 60_000)

  it(
    `give the same for ${CHANGED} changed badges, refusals included`,
    async () => {
      const iris = await termIris()
      const ended = { written: 0, refused: 0, 'not JSON': 0 }
      for (let seed = 0; seed < CHANGED; seed += 1) {
        const base = bases[seed % bases.length] as MutationBase
        const { text } = tamperAtRandom(base.badge, createRandom(seed), iris)
        const document = parsed(text)
        if (document === undefined) ended['not JSON'] += 1
        else {
          const [rdf] = await expectSame(document, `${seed}: ${base.name}`)
          ended[rdf?.startsWith('[') ? 'written' : 'refused'] += 1
        }
      }
      expect(ended.written).toBeGreaterThan(CHANGED / 4)
      expect(ended.refused).toBeGreaterThan(CHANGED / 20)
    },
    20_000 + CHANGED * 300,
  )

  it.each(scopedPairs())(
    'give the same for types and properties with terms of their own: %s',
    async (_name, document) => {
      await expectSame(document, _name)
      // Again in the other order of instances, with all tables kept.
      await expectSame(document, _name)
    },
  )
})

function parsed(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject
  } catch {
    return undefined
  }
}

/** Contexts written out, in every way in which going back to an earlier table matters. */
function scopedPairs(): readonly (readonly [string, JsonObject])[] {
  const scoped = {
    '@version': 1.1,
    '@vocab': 'https://v.example/',
    Outer: {
      '@id': 'https://t.example/Outer',
      '@context': { name: 'https://t.example/outerName' },
    },
    Empty: { '@id': 'https://t.example/Empty', '@context': {} },
    Kept: {
      '@id': 'https://t.example/Kept',
      '@context': { '@propagate': true, name: 'https://t.example/keptName' },
    },
    part: { '@id': 'https://p.example/part', '@context': { name: 'https://p.example/partName' } },
    byType: { '@id': 'https://p.example/byType', '@container': '@type' },
    byId: { '@id': 'https://p.example/byId', '@container': '@id' },
    back: { '@reverse': 'https://p.example/back' },
  }
  const inner = { name: 'inner', part: { name: 'part', inside: { name: 'deep' } } }
  const fixed = { '@protected': true, name: 'https://f.example/name' }
  const place = (context: unknown, members: object) =>
    ({ '@context': context, ...members }) as JsonObject
  return [
    [
      'a type within a type',
      place(scoped, { '@type': 'Outer', a: { '@type': 'Empty', ...inner }, ...inner }),
    ],
    [
      'a type that is kept',
      place(scoped, { '@type': 'Kept', a: inner, b: { '@type': 'Outer', c: inner } }),
    ],
    [
      'both orders of two types',
      place(scoped, { '@type': ['Outer', 'Kept'], a: { '@type': ['Kept', 'Outer'], b: inner } }),
    ],
    [
      'maps by type and by id',
      place(scoped, {
        '@type': 'Outer',
        byType: { Empty: inner, Kept: inner },
        byId: { 'https://x.example/': inner },
      }),
    ],
    [
      'a property inside a type',
      place(scoped, { '@type': 'Outer', part: { '@type': 'Empty', a: inner } }),
    ],
    ['the other way round', place(scoped, { '@type': 'Outer', back: inner, name: 'n' })],
    [
      'contexts inside nodes',
      place(scoped, {
        '@type': 'Outer',
        a: { '@context': { name: 'https://n.example/' }, ...inner },
        b: inner,
      }),
    ],
    [
      'no context any more',
      place(scoped, {
        '@type': 'Outer',
        a: { '@context': null, '@type': 'Outer', 'https://q.example/': inner },
      }),
    ],
    [
      'protected terms said again',
      place([fixed, scoped], { '@type': 'Outer', a: { '@context': fixed, name: 'n' } }),
    ],
    [
      'protected terms said otherwise',
      place([fixed], { a: { '@context': { name: 'https://g.example/' } } }),
    ],
    [
      'protected terms in a property',
      place([{ ...scoped, ...fixed }], {
        part: { name: 'p', a: { '@context': scoped.part['@context'], name: 'q' } },
      }),
    ],
    [
      'a list of lists',
      place(
        { ...scoped, l: { '@id': 'https://l.example/', '@container': '@list' } },
        { '@type': 'Outer', l: [[inner], { '@type': 'Empty', ...inner }] },
      ),
    ],
  ]
}
