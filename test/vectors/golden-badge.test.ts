/**
 * Everything held still (clock, chance, key), every byte we publish is the same as last time. After
 * an intended change, write the files anew and read the difference:
 *   UPDATE_GOLDEN=1 npm test -- test/vectors/golden-badge.test.ts
 *   npx biome check --write test/vectors/golden
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gzipBitstringEncoder } from '../../src/adapters/system/bitstring-encoder.js'
import { acceptReview } from '../../src/application/accept-review.js'
import { importAchievement } from '../../src/application/import-achievement.js'
import type { IdSource } from '../../src/application/ports/environment.js'
import { createStatusListPublisher } from '../../src/application/publish-status-list.js'
import { readIssuer } from '../../src/application/read-issuer.js'
import { DEFAULT_ISSUER } from '../../src/domain/issuer.js'
import { type JsonObject, member, textMember } from '../../src/domain/json.js'
import { aReview } from '../support/reviews.js'
import { frozenClock, openTestService, type TestService } from '../support/service.js'

const ACHIEVEMENT = {
  slug: 'empowering-students-as-creators',
  name: 'Empowering Students as Creators',
  description: 'Helps students create, “from idea to film” – Ünïcödé included.',
  criteria: 'Reflects, **documents** and shows student voice.',
  image: { file: 'art.svg', caption: 'A seal' },
  inLanguage: 'en',
  tags: ['student creation', 'making'],
  alignments: [
    {
      targetName: 'Empowers Students as Creators',
      targetUrl: 'https://framework.example.org/creators',
      targetFramework: 'Future Ready Librarians Framework',
    },
  ],
  rubric: ['reflection', 'documentation', 'student-voice'].map((criterion) => ({
    criterion,
    name: `Criterion ${criterion}`,
    requiredLevel: 'demonstrated',
    levels: ['emerging', 'demonstrated', 'exemplary'].map((level) => ({ level, name: level })),
  })),
  validityMonths: 36,
}
const ART = {
  mediaType: 'image/svg+xml',
  content: '<svg xmlns="http://www.w3.org/2000/svg"/>',
} as const

/** Counts up instead of drawing: the same ids in the same order, whatever the machine. */
function countingIds(): IdSource {
  let count = 0
  const next = () => {
    count += 1
    return count
  }
  return {
    randomBytes: (length) => new Uint8Array(length).fill(next()),
    randomInt: (limit) => (next() * 10_007) % limit,
    uuid: () => `00000000-0000-4000-8000-${String(next()).padStart(12, '0')}`,
  }
}

const file = (name: string) => fileURLToPath(new URL(`./golden/${name}`, import.meta.url))

/** The golden text of a document; the file is laid out for people, the text is as published. */
function golden(name: string, published: string): string {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(file(name), `${JSON.stringify(JSON.parse(published), null, 2)}\n`)
  }
  return JSON.stringify(JSON.parse(readFileSync(file(name), 'utf8')))
}

function decodeList(encodedList: string): Buffer {
  return gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
}

describe('golden documents', () => {
  let opened: TestService
  let securedJson: string

  beforeAll(async () => {
    opened = await openTestService({
      clock: frozenClock,
      ids: countingIds(),
      withAchievement: false,
      env: { ISSUER_URL: 'https://library.example.org/', ISSUER_EMAIL: 'badges@example.org' },
    })
    const { issuing, achievementParser, reviewParser } = opened.service
    await importAchievement(issuing, achievementParser.parse(ACHIEVEMENT), ART, 'test')
    const { badge } = await acceptReview(issuing, reviewParser.parse(aReview()), { name: 'test' })
    securedJson = badge?.securedJson ?? '{}'
  })
  afterAll(() => opened.close())

  it('signs the same badge, byte for byte', () => {
    expect(securedJson).toBe(golden('badge.json', securedJson))
  })

  it('publishes the same DID document', async () => {
    const { didDocument } = await readIssuer(opened.service.issuing, DEFAULT_ISSUER)
    const document = JSON.stringify(didDocument)
    expect(document).toBe(golden('did.json', document))
  })

  /** Compressed bytes differ between versions of zlib, and the signature with them. */
  it('publishes the same status list, apart from its compression', async () => {
    const publisher = createStatusListPublisher(opened.service.issuing, gzipBitstringEncoder)
    const entry = member(JSON.parse(securedJson), 'credentialStatus')
    const url = textMember(entry, 'statusListCredential') ?? ''
    const published = JSON.parse(await publisher.publish(url.split('/').at(-1) ?? '')) as JsonObject
    const encoded = textMember(member(published, 'credentialSubject'), 'encodedList') ?? ''
    const bits = decodeList(encoded)
    expect(bits.equals(Buffer.alloc(131_072 / 8))).toBe(true)

    const text = JSON.stringify(published, (name, value: unknown) =>
      name === 'encodedList' || name === 'proofValue' ? undefined : value,
    )
    expect(text).toBe(golden('status-list.json', text))
  })
})
