/** The independent verifier against a badge signed here: every change to it must show. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { encode } from 'base58-universal'
import jsonld from 'jsonld'
import { canonize } from 'rdf-canonize'
import { describe, expect, it } from 'vitest'
import { createDocumentLoader } from '../../src/adapters/documents/document-loader.js'
import { loadPinnedContexts } from '../../src/adapters/documents/pinned-contexts.js'
import { createIndependentVerifier } from '../../src/adapters/independent/independent-verifier.js'
import { createQuadReader } from '../../src/adapters/independent/json-ld-quads.js'

type Json = Record<string, unknown>

const V2 = 'https://www.w3.org/ns/credentials/v2'
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
const ISSUER = 'did:web:badges.example.org'

const contexts = await loadPinnedContexts()
const verifier = createIndependentVerifier(contexts)
const documentLoader = createDocumentLoader(contexts)

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const rawKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
const multikey = `z${encode(Uint8Array.from([0xed, 0x01, ...rawKey]))}`

/** A badge with every kind of value this service issues. */
const credential: Json = {
  '@context': [V2, OB, EXTENSIONS],
  id: 'urn:uuid:5c0b6a0e-6a3c-4b4e-9f57-6d4f1c1f4a11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Ölfarben – eine Einführung 🎨',
  description: 'Line one\nline "two"\tand a back\\slash',
  issuer: {
    id: ISSUER,
    type: ['Profile'],
    name: 'Kunstschule',
    url: 'https://badges.example.org/',
    otherIdentifier: [{ type: 'IdentifierEntry', identifier: '4711', identifierType: 'ext:local' }],
  },
  validFrom: '2026-01-02T03:04:05Z',
  awardedDate: '2026-01-01T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: 'sha256$00',
        identityType: 'emailAddress',
        salt: 'Kosher',
      },
    ],
    creditsEarned: 1.5,
    achievement: {
      id: 'https://badges.example.org/achievements/oil',
      type: ['Achievement'],
      achievementType: 'MicroCredential',
      name: 'Oil',
      description: 'Paint.',
      creditsAvailable: 15,
      criteria: { narrative: 'Paint *three* pictures.' },
      image: { id: 'https://badges.example.org/oil.png', type: 'Image', caption: 'A brush' },
      inLanguage: 'de',
      tag: ['paint', 'oil'],
      alignment: [
        { type: ['Alignment'], targetName: 'ESCO', targetUrl: 'https://example.org/esco/1' },
        { type: ['Alignment'], targetName: 'ESCO', targetUrl: 'https://example.org/esco/2' },
      ],
      resultDescription: [
        {
          id: 'urn:uuid:r1',
          type: ['ResultDescription'],
          name: 'Grade',
          resultType: 'LetterGrade',
          allowedValue: ['C', 'B', 'A'],
        },
      ],
    },
    result: [{ type: ['Result'], resultDescription: 'urn:uuid:r1', value: 'A' }],
  },
  evidence: [{ type: ['Evidence'], id: 'https://badges.example.org/e/1', name: 'Picture' }],
  credentialStatus: {
    id: 'https://badges.example.org/status/1#94567',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '94567',
    statusListCredential: 'https://badges.example.org/status/1',
  },
  credentialSchema: [
    { id: 'https://badges.example.org/schema', type: '1EdTechJsonSchemaValidator2019' },
  ],
}

const proofOptions: Json = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-01-02T03:04:05Z',
  verificationMethod: `${ISSUER}#${multikey}`,
  proofPurpose: 'assertionMethod',
}

async function hashByOthers(document: Json): Promise<Buffer> {
  const quads = await jsonld.toRDF(document, { documentLoader, safe: true })
  const options = { algorithm: 'RDFC-1.0', format: 'application/n-quads' }
  return createHash('sha256')
    .update(await canonize(quads, options))
    .digest()
}

/** Signs with the other JSON-LD processor and the other canonicaliser. */
async function signed(document: Json, options = proofOptions): Promise<Json> {
  const optionsHash = await hashByOthers({ '@context': document['@context'], ...options })
  const bytes = Buffer.concat([optionsHash, await hashByOthers(document)])
  const proofValue = `z${encode(sign(null, bytes, privateKey))}`
  return { ...document, proof: [{ ...options, proofValue }] }
}

const badge = await signed(credential)
const verify = (document: unknown) => verifier.verify(JSON.stringify(document))

type Change = { readonly path: string; readonly document: unknown }

/** Copies of a value, each with one leaf changed. */
function changes(value: unknown, path = ''): Change[] {
  if (typeof value === 'string') return [{ path, document: `${value}x` }]
  if (typeof value === 'number') return [{ path, document: value + 1 }]
  if (typeof value === 'boolean') return [{ path, document: !value }]
  const isArray = Array.isArray(value)
  return Object.entries(value as Json).flatMap(([name, member]) =>
    changes(member, `${path}/${name}`).map((change) => ({
      path: change.path,
      document: isArray
        ? value.map((item, at) => (String(at) === name ? change.document : item))
        : { ...(value as Json), [name]: change.document },
    })),
  )
}

/** Copies of a value, each with one member more in one of its objects. */
function intrusions(value: unknown, name: string, member: unknown, path = ''): Change[] {
  if (typeof value !== 'object' || value === null) return []
  const isArray = Array.isArray(value)
  const here = isArray ? [] : [{ path, document: { ...value, [name]: member } }]
  const below = Object.entries(value).flatMap(([key, one]) =>
    intrusions(one, name, member, `${path}/${key}`).map((change) => ({
      path: change.path,
      document: isArray
        ? value.map((item, at) => (String(at) === key ? change.document : item))
        : { ...value, [key]: change.document },
    })),
  )
  return [...here, ...below]
}

describe('a signed badge', () => {
  it('verifies, with the canonical form the other implementation gives it', async () => {
    const canonicalDocumentHash = (await hashByOthers(credential)).toString('hex')
    expect(await verify(badge)).toEqual({ verified: true, reasons: [], canonicalDocumentHash })
  })

  it('verifies with its members in another order and its proof outside an array', async () => {
    const { proof, ...rest } = badge
    const document = {
      proof: (proof as Json[])[0],
      ...Object.fromEntries(Object.entries(rest).reverse()),
    }
    expect(await verify(document)).toMatchObject({ verified: true })
  })

  it('does not verify with any leaf changed', { timeout: 60_000 }, async () => {
    const changed = changes(badge)
    expect(changed.length).toBeGreaterThan(60)
    for (const { path, document } of changed) {
      expect({ path, ...(await verify(document)) }).toMatchObject({ path, verified: false })
    }
  })

  it.each([
    ['a term that no context defines', 'notDefinedAnywhere', 'x'],
    ['a null', 'description', null],
    ['an empty array', 'notDefinedAnywhere', []],
    ['an index', '@index', 'x'],
    ['a context of its own', '@context', { notDefinedAnywhere: 'urn:x' }],
    ['a blank predicate', '_:x', 'x'],
    ['a name of every object', 'constructor', 'x'],
  ])('does not verify with %s anywhere in it, and says so', async (_, name, member) => {
    for (const { path, document } of intrusions(badge, name, member)) {
      const verdict = await verify(document)
      expect({ path, ...verdict }).toMatchObject({ path, verified: false })
      expect(verdict.reasons).toHaveLength(1)
    }
  })

  it('names the undefined term', async () => {
    expect(await verify({ ...badge, notDefinedAnywhere: 'x' })).toMatchObject({
      reasons: [expect.stringContaining('notDefinedAnywhere')],
      canonicalDocumentHash: '',
    })
  })
})

describe('a badge signed under other circumstances', () => {
  it('verifies with every proof of a set, and fails with one bad proof among them', async () => {
    const again = await signed(credential, { ...proofOptions, created: '2026-02-02T00:00:00Z' })
    const proofs = [...(badge['proof'] as Json[]), ...(again['proof'] as Json[])]
    expect(await verify({ ...credential, proof: proofs })).toMatchObject({ verified: true })
    const bad = proofs.map((one, at) =>
      at === 1 ? { ...one, created: '2026-02-03T00:00:00Z' } : one,
    )
    expect(await verify({ ...credential, proof: bad })).toMatchObject({
      verified: false,
      reasons: [expect.stringContaining('The signature does not belong')],
    })
  })

  it('verifies under a did:key that is the key', async () => {
    const id = `did:key:${multikey}`
    const document = { ...credential, issuer: { id, type: ['Profile'] } }
    const options = { ...proofOptions, verificationMethod: `${id}#${multikey}` }
    expect(await verify(await signed(document, options))).toMatchObject({ verified: true })
  })

  it.each([
    ['another issuer', { verificationMethod: `did:web:other.example#${multikey}` }],
    ['a key of no type', { verificationMethod: `${ISSUER}#key-1` }],
    ['no fragment', { verificationMethod: ISSUER }],
    ['another purpose', { proofPurpose: 'authentication' }],
  ])('does not verify with %s', async (_, change) => {
    const document = await signed(credential, { ...proofOptions, ...change })
    expect(await verify(document)).toMatchObject({ verified: false })
  })

  it('does not verify under a did:key that is another key', async () => {
    const id = 'did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi'
    const document = { ...credential, issuer: { id, type: ['Profile'] } }
    const options = { ...proofOptions, verificationMethod: `${id}#${multikey}` }
    expect((await verify(await signed(document, options))).reasons).toEqual([
      'The verification method names another key than its did:key.',
    ])
  })

  it('verifies with an embedded, signed endorsement', { timeout: 30_000 }, async () => {
    const endorsement = await signed({
      '@context': [V2, OB],
      id: 'urn:uuid:e1',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'Well made',
      issuer: { id: ISSUER, type: ['Profile'] },
      validFrom: '2026-01-02T03:04:05Z',
      credentialSubject: { id: 'urn:uuid:x', type: ['EndorsementSubject'] },
    })
    const document = await signed({
      ...credential,
      endorsement: [endorsement, { ...endorsement, id: 'urn:uuid:e2' }],
    })
    expect(await verify(document)).toMatchObject({ verified: true, reasons: [] })
    for (const { path, document: changed } of changes(document['endorsement'])) {
      const verdict = await verify({ ...document, endorsement: changed })
      expect({ path, ...verdict }).toMatchObject({ path, verified: false })
    }
  })

  it('verifies with the terms that were added to 3.0.3', async () => {
    const document = await signed({
      ...credential,
      endorsementJwt: ['e30.e30.AA'],
      jti: 'urn:uuid:j',
    })
    expect(await verify(document)).toMatchObject({ verified: true, reasons: [] })
  })

  it.each([0, -1, 15, 1.5, 0.1, 123456789.125, 1e20])(
    'agrees on the number %d',
    async (creditsEarned) => {
      const subject = { ...(credential['credentialSubject'] as Json), creditsEarned }
      const document = await signed({ ...credential, credentialSubject: subject })
      expect(await verify(document)).toMatchObject({ verified: true, reasons: [] })
    },
  )

  it('refuses a number that the other processor signs as 0', async () => {
    const subject = { ...(credential['credentialSubject'] as Json), creditsEarned: 1e-7 }
    const document = await signed({ ...credential, credentialSubject: subject })
    expect(await verify(document)).toMatchObject({ verified: false })
  })
})

describe('a document of which the parser silently drops a part', () => {
  const read = createQuadReader(contexts)
  const whole = { '@context': [V2, OB], id: 'urn:x', name: 'A badge' }

  it('is read when nothing is dropped', async () => {
    expect(await read(whole)).toHaveLength(1)
  })

  it.each([
    ['a null', { description: null }],
    ['a blank predicate', { '_:x': 'lost' }],
    ['a member beside a value', { description: { '@value': 'x', lost: 'y' } }],
  ])('is refused for the sake of the count: %s', async (_, part) => {
    await expect(read({ ...whole, ...part })).rejects.toThrow('Part of the document has no meaning')
  })
})

describe('a text that is not one credential', () => {
  const name = '"name":"Ölfarben – eine Einführung 🎨"'

  it.each([
    ['is not JSON', '{'],
    ['is not an object', '[]'],
    ['has a member twice', JSON.stringify(badge).replace(name, `${name},"name":"other"`)],
    [
      'has a member twice, once escaped',
      JSON.stringify(badge).replace(name, `${name},"n\\u0061me":"x"`),
    ],
    ['holds half a surrogate pair', JSON.stringify(badge).replace('Oil', '\\ud83c')],
    ['is nested without end', `${'{"issuer":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['has no issuer', JSON.stringify({ ...badge, issuer: 7 })],
    ['has a proof that is text', JSON.stringify({ ...badge, proof: 'x' })],
    ['has eleven proofs', JSON.stringify({ ...badge, proof: Array(11).fill({}) })],
  ])('is refused when it %s', async (_, text) => {
    const verdict = await verifier.verify(text)
    expect(verdict.verified).toBe(false)
    expect(verdict.reasons).toEqual([expect.stringMatching(/^The .*\.$|^A .*\.$/)])
  })
})
