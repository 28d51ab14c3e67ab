// Documents that are dear to check: one maker for each costly shape, and random mixtures of them.

const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const CONTEXTS = ['https://www.w3.org/ns/credentials/v2', OB3]
const KEY = 'z6MkeYWeR7U7d5LdNFTCYyvBPjKXSZyxm4aPN7PYCnBBVtgq'
const DID = `did:key:${KEY}`
const LONG = 120 * 1024

/** A badge in form, with a signature that does not hold: the cost of checking comes first. */
export function createBadge(members = {}) {
  return {
    '@context': CONTEXTS,
    id: 'https://x.example/badges/1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Badge',
    issuer: { id: DID, type: ['Profile'], name: 'Issuer' },
    validFrom: '2025-01-01T00:00:00Z',
    credentialSubject: subjectOf({}),
    proof: proofOf(0),
    ...members,
  }
}

function subjectOf(members, achievement = {}) {
  return {
    id: 'urn:uuid:1',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://x.example/a',
      type: ['Achievement'],
      name: 'A',
      description: 'D',
      criteria: { narrative: 'C' },
      ...achievement,
    },
    ...members,
  }
}

function proofOf(index) {
  return {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2025-01-01T00:00:00Z',
    verificationMethod: `${DID}#${KEY}`,
    proofPurpose: 'assertionMethod',
    nonce: String(index),
    proofValue: `z${'5'.repeat(87)}`,
  }
}

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index))
const text = (value) => JSON.stringify(value)
const badge = (members) => text(createBadge(members))
const achievement = (members) => badge({ credentialSubject: subjectOf({}, members) })

const alignment = (code) => ({
  type: ['Alignment'],
  targetName: `T${code}`,
  targetUrl: 'https://x.example/t',
})
const result = (count) => ({ type: ['Result'], alignment: times(count, () => alignment('')) })
const endorsement = (index) => ({
  '@context': CONTEXTS,
  id: `https://x.example/e/${index}`,
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'E',
  issuer: { id: DID, type: ['Profile'] },
  validFrom: '2025-01-01T00:00:00Z',
  credentialSubject: { id: `urn:s:${index}`, type: ['EndorsementSubject'] },
  proof: proofOf(index),
})

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const endorsementToken = (index) =>
  `${part({ alg: 'ES256', kid: '#1' })}.${part(endorsement(index))}.AAAA`
const enveloped = (index) => ({
  '@context': 'https://www.w3.org/ns/credentials/v2',
  id: `data:application/vc+jwt,${endorsementToken(index)}`,
  type: 'EnvelopedVerifiableCredential',
})

function tower(levels, make) {
  let inner = make(0)
  for (let level = 1; level < levels; level += 1) inner = { ...make(level), parentOrg: inner }
  return inner
}

/** Identical blank nodes in one another: every level has `width` children that are alike. */
function forest(depth, width) {
  if (depth === 0) return alignment('')
  return { type: ['Result'], alignment: times(width, () => forest(depth - 1, width)) }
}

/** Name and maker of each; all within 256 KiB. */
export const WORST_DOCUMENTS = [
  ['A1 text of 120 KiB', () => badge({ description: 'x'.repeat(LONG) })],
  ['A1 two texts of 120 KiB, escaped', () => badge({ description: '\n'.repeat(LONG / 2) })],
  [
    'A1 picture of 250 KB',
    () => badge({ image: { id: `data:image/png;base64,${'A'.repeat(250_000)}`, type: 'Image' } }),
  ],
  [
    'A1 picture in towers',
    () =>
      badge({
        issuer: tower(20, (level) => ({
          id: level === 0 ? `data:image/x,${'A'.repeat(240_000)}` : `urn:p:${level}`,
          type: ['Profile'],
          name: `${level}`,
        })),
      }),
  ],
  ['A1 quotes', () => '"'.repeat(262_144)],
  ['A1 white space', () => ' '.repeat(262_144)],
  ['A2 lists', () => '['.repeat(262_144)],
  ['A2 objects', () => '{"a":'.repeat(52_000)],
  [
    'A2 lists in a badge',
    () => badge({}).replace('{', `{"x":${'['.repeat(99_999)}${']'.repeat(99_999)},`),
  ],
  ['A3 one name many times', () => `{${'"a":1,'.repeat(43_000)}"b":1}`],
  ['A3 many names', () => `{${times(20_000, (index) => `"m${index}":1`).join(',')}}`],
  ['A4 types 250', () => badge({ type: times(250, (index) => `T${index}`) })],
  ['A4 types 10,000', () => badge({ type: times(10_000, (index) => `T${index}`) })],
  [
    'A4 tags 250 of 900',
    () => achievement({ tag: times(250, (index) => `${index}${'x'.repeat(900)}`) }),
  ],
  ['A5 numbers', () => `[${'1,'.repeat(130_000)}1]`],
  ['A5 alignments 250 alike', () => achievement({ alignment: times(250, () => alignment('')) })],
  ['A5 alignments 250 different', () => achievement({ alignment: times(250, alignment) })],
  [
    'A5 evidence 250 alike',
    () => badge({ evidence: times(250, () => ({ type: ['Evidence'], name: 'x' })) }),
  ],
  [
    'A5 evidence 250 of 900',
    () =>
      badge({
        evidence: times(250, (index) => ({
          type: ['Evidence'],
          narrative: `${index}${'x'.repeat(900)}`,
        })),
      }),
  ],
  [
    'A5 profiles 22 deep',
    () =>
      badge({
        issuer: tower(20, (level) => ({ id: `urn:p:${level}`, type: ['Profile'], name: 'x' })),
      }),
  ],
  ['A6 digits in validFrom', () => badge({ validFrom: '1'.repeat(LONG) })],
  ['A6 digits in created', () => badge({ proof: { ...proofOf(0), created: '1'.repeat(LONG) } })],
  [
    'A6 digits in dateOfBirth',
    () => badge({ issuer: { id: DID, type: ['Profile'], dateOfBirth: '1'.repeat(LONG) } }),
  ],
  ['A7 proofValue', () => badge({ proof: { ...proofOf(0), proofValue: `z${'5'.repeat(LONG)}` } })],
  [
    'A7 proofValue in base64',
    () => badge({ proof: { ...proofOf(0), proofValue: `u${'5'.repeat(16_000)}` } }),
  ],
  [
    'A7 proofValue of an endorsement',
    () =>
      badge({
        endorsement: [
          { ...endorsement(0), proof: { ...proofOf(0), proofValue: `z${'5'.repeat(LONG)}` } },
        ],
      }),
  ],
  [
    'A7 did:key of 500',
    () =>
      badge({
        proof: {
          ...proofOf(0),
          verificationMethod: `did:key:z6Mk${'5'.repeat(240)}#z6Mk${'5'.repeat(240)}`,
        },
      }),
  ],
  [
    'A8 level of 120 KiB',
    () =>
      badge({
        credentialSubject: subjectOf({
          result: [{ type: ['Result'], achievedLevel: `https://${'x'.repeat(LONG)}` }],
        }),
      }),
  ],
  ['A8 token of 120 KiB', () => badge({ endorsementJwt: [`a.${'a'.repeat(LONG)}`] })],
  ['A8 token of dots', () => badge({ endorsementJwt: ['a.'.repeat(LONG / 2)] })],
  ['A8 language of 120 KiB', () => achievement({ inLanguage: 'en-'.repeat(LONG / 3) })],
  ['A9 proofs 8 of one key', () => badge({ proof: times(8, proofOf) })],
  [
    'A9 proofs 8 of the older kind',
    () =>
      badge({
        '@context': [...CONTEXTS, 'https://w3id.org/security/suites/ed25519-2020/v1'],
        proof: times(8, (index) => {
          const { cryptosuite: _none, ...rest } = proofOf(index)
          return { ...rest, type: 'Ed25519Signature2020' }
        }),
      }),
  ],
  ['A9 proofs 500', () => badge({ proof: times(500, proofOf) })],
  ...[3, 5, 7, 9, 12].map((size) => [
    `A10 clique of ${size} by labels`,
    () =>
      badge({
        evidence: times(size, (one) => ({
          id: `_:e${one}`,
          type: ['Evidence'],
          audience: times(size, (other) => `_:e${other}`),
        })),
      }),
  ]),
  [
    'A10 ring of 250 by labels',
    () =>
      badge({
        evidence: times(250, (index) => ({
          id: `_:e${index}`,
          type: ['Evidence'],
          genre: `_:e${index + 1}`,
        })),
      }),
  ],
  ...[2, 3, 4, 6, 8].map((size) => [
    `A10 alike: ${size} results of ${size}`,
    () => badge({ credentialSubject: subjectOf({ result: times(size, () => result(size)) }) }),
  ]),
  ...[15, 60, 110].map((size) => [
    `A10 alike: ${size} results of 2`,
    () => badge({ credentialSubject: subjectOf({ result: times(size, () => result(2)) }) }),
  ]),
  ...[
    [2, 5],
    [3, 4],
    [4, 3],
    [7, 2],
  ].map(([depth, width]) => [
    `A10 alike: forest ${depth} deep, ${width} wide`,
    () => badge({ credentialSubject: subjectOf({ result: [forest(depth, width)] }) }),
  ]),
  [
    'A10 alike: empty nodes 250',
    () => badge({ evidence: times(250, () => ({ type: ['Evidence'] })) }),
  ],
  ['A12 context 1,000 times', () => badge({ '@context': times(1000, () => OB3) })],
  [
    'A12 every pinned context',
    () =>
      badge({
        '@context': [
          ...CONTEXTS,
          'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
          'https://w3id.org/security/data-integrity/v1',
          'https://w3id.org/security/data-integrity/v2',
          'https://w3id.org/security/suites/ed25519-2020/v1',
          'https://w3id.org/security/multikey/v1',
          'https://www.w3.org/ns/did/v1',
        ],
      }),
  ],
  [
    'A12 inline contexts 1,000',
    () => badge({ '@context': times(1000, (index) => ({ [`t${index}`]: 'urn:t' })) }),
  ],
  ['A13 endorsements 16 in tokens', () => badge({ endorsementJwt: times(16, endorsementToken) })],
  ['A13 endorsements 16 in envelopes', () => badge({ endorsement: times(16, enveloped) })],
  ['A13 endorsements 16', () => badge({ endorsement: times(16, endorsement) })],
  [
    'A13 endorsements 16, each signed twice and long',
    () =>
      badge({
        endorsement: times(16, (index) => ({
          ...endorsement(index),
          name: 'x'.repeat(8000),
          proof: [proofOf(2 * index), proofOf(2 * index + 1)],
        })),
      }),
  ],
  [
    'A13 endorsements 16, each signed eight times',
    () =>
      badge({
        endorsement: times(16, (index) => ({
          ...endorsement(index),
          proof: times(8, (other) => proofOf(8 * index + other)),
        })),
      }),
  ],
  ['A13 endorsements 200', () => badge({ endorsement: times(200, endorsement) })],
  ['A18 lone surrogates', () => `["${'\\ud800'.repeat(40_000)}"]`],
  ['A19 digits', () => '1'.repeat(262_144)],
  ['A19 fraction', () => `0.${'1'.repeat(262_000)}`],
  ['A22 dots', () => 'a.'.repeat(131_072)],
]

/** A badge with a few costly members of random size, or one of the worst texts with bytes changed. */
export function randomDocument(seed, maxBytes) {
  const random = createRandom(seed)
  const text = random(4) === 0 ? spoilt(random) : mixture(random)
  return Buffer.byteLength(text) > maxBytes ? badge({}) : text
}

function spoilt(random) {
  const [, make] = WORST_DOCUMENTS[random(WORST_DOCUMENTS.length)]
  const whole = make()
  const at = random(whole.length)
  return whole.slice(0, at) + '{}[]",:0\\'[random(9)] + whole.slice(at + 1)
}

/** Costly members within the gate's limits: most of these reach canonicalisation. */
function mixture(random) {
  const budget = 40 + random(1300)
  const parts = [
    () => ({
      evidence: times(random(Math.min(250, budget / 4)) + 1, (i) =>
        evidenceOf(i % (1 + random(9))),
      ),
    }),
    () => ({ endorsement: times(random(16) + 1, endorsement) }),
    () => ({ proof: times(random(8) + 1, proofOf) }),
    () => ({
      credentialSubject: subjectOf({ result: times(random(12) + 1, () => result(random(8) + 1)) }),
    }),
    () => ({
      credentialSubject: subjectOf(
        {},
        {
          alignment: times(random(Math.min(250, budget / 5)) + 1, (i) =>
            alignment(i % (1 + random(5))),
          ),
        },
      ),
    }),
    () => ({ description: 'é\u202e"\\'.repeat(random(12_000)) }),
    () => ({
      issuer: tower(random(19) + 1, (level) => ({ id: `urn:p:${level}`, type: ['Profile'] })),
    }),
    () => ({ credentialSubject: subjectOf({ result: [forest(random(6), random(4) + 1)] }) }),
  ]
  const chosen = times(1 + random(3), () => parts[random(parts.length)]())
  return badge(Object.assign({}, ...chosen))
}

function evidenceOf(kind) {
  return { type: ['Evidence'], name: `n${kind}`, genre: 'x'.repeat(kind * 20) }
}

/** Repeatable random numbers (mulberry32). */
function createRandom(seed) {
  let state = (seed * 2654435761) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, Math.floor(below))
  }
}
