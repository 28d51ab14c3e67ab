import { beforeAll, describe, expect, it } from 'vitest'
import { createSchemaChecker } from '../../../../src/adapters/documents/schema-checker.js'
import type { SchemaChecker } from '../../../../src/application/ports/documents.js'

const VC2 = 'https://www.w3.org/ns/credentials/v2'
const VC1 = 'https://www.w3.org/2018/credentials/v1'
const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

const profile = { id: 'https://issuer.example', type: ['Profile'], name: 'Issuer' }
const achievement = {
  id: 'urn:achievement',
  type: ['Achievement'],
  name: 'Name',
  description: 'Description',
  criteria: { narrative: 'Do it.' },
}
const credential = {
  '@context': [VC2, OB3],
  id: 'urn:credential',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: profile,
  validFrom: '2026-03-02T16:20:00Z',
  credentialSubject: { type: ['AchievementSubject'], achievement },
}
const endorsement = {
  '@context': [VC2, OB3],
  id: 'urn:endorsement',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Endorsement',
  issuer: profile,
  validFrom: '2026-03-02T16:20:00Z',
  credentialSubject: { id: 'urn:achievement', type: ['EndorsementSubject'] },
}

function toVersion1<T extends { readonly validFrom: string }>({ validFrom, ...rest }: T) {
  return { ...rest, '@context': [VC1, OB3], issuanceDate: validFrom }
}
const credentialV1 = { ...toVersion1(credential), name: 'Badge' }
const endorsementV1 = toVersion1(endorsement)

function withSubject(subject: object): object {
  return { ...credential, credentialSubject: { ...credential.credentialSubject, ...subject } }
}

function withAchievement(members: object): object {
  return withSubject({ achievement: { ...achievement, ...members } })
}

let checker: SchemaChecker
beforeAll(() => {
  checker = createSchemaChecker()
})

describe('a schema checker accepts', () => {
  it('a badge, an endorsement and a profile with no more than they must have', () => {
    expect(checker.check('achievement-credential', credential)).toEqual([])
    expect(checker.check('endorsement-credential', endorsement)).toEqual([])
    expect(checker.check('profile', profile)).toEqual([])
    expect(checker.check('achievement-credential-v1', credentialV1)).toEqual([])
  })

  it('members that the standard does not know', () => {
    expect(checker.check('achievement-credential', { ...credential, extra: 1 })).toEqual([])
  })

  it('an issuer that is only an id', () => {
    expect(checker.check('achievement-credential', { ...credential, issuer: 'did:x:y' })).toEqual(
      [],
    )
  })
})

describe('a schema checker says where a fault is and how to mend it', () => {
  const image = { id: 'urn:image', type: 'Image', size: 1 }
  const identity = { type: 'IdentityObject', hashed: false, identityHash: 'a@b.example' }
  const cases: readonly (readonly [string, object, string, string])[] = [
    [
      'missing member',
      withSubject({ achievement: undefined }),
      '/credentialSubject',
      'must have the member "achievement"',
    ],
    ['wrong type of value', { ...credential, id: 7 }, '/id', 'must be a text'],
    ['two types possible', { ...credential, issuer: 7 }, '/issuer', 'must be a text or an object'],
    [
      'fault inside an issuer',
      { ...credential, issuer: { id: 'urn:x', type: ['Person'] } },
      '/issuer/type',
      'must contain "Profile"',
    ],
    [
      'type missing from the list of types',
      { ...credential, type: ['VerifiableCredential'] },
      '/type',
      'must contain "AchievementCredential" or "OpenBadgeCredential"',
    ],
    ['single value for a list', { ...credential, proof: {} }, '/proof', 'must be a list'],
    [
      'wrong first context',
      { ...credential, '@context': [VC1, OB3] },
      '/@context/0',
      `must be "${VC2}"`,
    ],
    [
      'too few contexts',
      { ...credential, '@context': [VC2] },
      '/@context',
      'must have at least 2 items',
    ],
    [
      'surplus member of a closed class',
      { ...credential, image },
      '/image/size',
      'must not be here; only "id", "type", "caption" may',
    ],
    [
      'date without time zone',
      { ...credential, validFrom: '2026-03-02T16:20:00' },
      '/validFrom',
      'must be a real date and time with a time zone, such as 2026-03-02T16:20:00Z',
    ],
    [
      'language that is none',
      withAchievement({ inLanguage: 'English' }),
      '/credentialSubject/achievement/inLanguage',
      'must be a language code, such as en, es-MX or zh-Hans',
    ],
    [
      'closed vocabulary',
      withSubject({ result: [{ type: ['Result'], status: 'Done' }] }),
      '/credentialSubject/result/0/status',
      'must be one of "Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"',
    ],
    [
      'open vocabulary',
      withAchievement({
        alignment: [
          { type: ['Alignment'], targetName: 'T', targetUrl: 'urn:t', targetType: 'Standard' },
        ],
      }),
      '/credentialSubject/achievement/alignment/0/targetType',
      'must be one of "CFItem", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel", "CTDL", "ceasn:Competency", "ceterms:Credential" or begin with "ext:"',
    ],
    [
      'identity without its type',
      withSubject({ identifier: [identity] }),
      '/credentialSubject/identifier/0',
      'must have the member "identityType"',
    ],
  ]

  it.each(cases)('%s', (_name, document, pointer, detail) => {
    expect(checker.check('achievement-credential', document)).toEqual([{ pointer, detail }])
  })

  it('an empty list of types, also after a node whose types are good', () => {
    const evidence = [{ type: ['Evidence'] }, { type: [] }]
    expect(checker.check('achievement-credential', { ...credential, evidence })).toEqual([
      { pointer: '/evidence/1/type', detail: 'must have at least 1 item' },
    ])
  })

  it('escapes member names in pointers (RFC 6901)', () => {
    const document = { ...profile, image: { id: 'urn:i', type: 'Image', 'a/b~c': 1 } }
    expect(checker.check('profile', document)[0]?.pointer).toBe('/image/a~1b~0c')
  })
})

describe('credentials of the Verifiable Credentials Data Model 1.1', () => {
  it.each([
    ['name', 'must have the member "name"'],
    ['issuanceDate', 'must have the member "issuanceDate"'],
  ])('must have %s', (name, detail) => {
    const document = { ...credentialV1, [name]: undefined }
    expect(checker.check('achievement-credential-v1', document)).toEqual([{ pointer: '', detail }])
  })

  it('are not mistaken for 2.0, nor 2.0 for them', () => {
    const mixed = { ...credentialV1, validFrom: credential.validFrom }
    expect(checker.check('achievement-credential', mixed)[0]?.pointer).toBe('/@context/0')
    const modern = { ...credential, name: 'Badge', issuanceDate: credential.validFrom }
    expect(checker.check('achievement-credential-v1', modern)[0]?.pointer).toBe('/@context/0')
  })

  it('hold expirationDate to a date with time zone', () => {
    const document = { ...credentialV1, expirationDate: '2030-01-01' }
    expect(checker.check('achievement-credential-v1', document)[0]?.pointer).toBe('/expirationDate')
  })

  it.each([
    ['at the root', '/endorsement', (node: object) => ({ endorsement: [node] })],
    [
      'in the issuer',
      '/issuer/endorsement',
      (node: object) => ({ issuer: { ...profile, endorsement: [node] } }),
    ],
    [
      'in a parent organisation',
      '/issuer/parentOrg/endorsement',
      (node: object) => ({
        issuer: { ...profile, parentOrg: { ...profile, endorsement: [node] } },
      }),
    ],
    [
      'in the achievement',
      '/credentialSubject/achievement/endorsement',
      (node: object) => withAchievement({ endorsement: [node] }),
    ],
  ])('embed endorsements of their own model %s', (_place, pointer, place) => {
    const version1 = { ...toVersion1({ ...credential, ...place(endorsementV1) }), name: 'Badge' }
    expect(checker.check('achievement-credential-v1', version1)).toEqual([])
    const modern = { ...endorsement, issuanceDate: endorsement.validFrom }
    const wrong = { ...toVersion1({ ...credential, ...place(modern) }), name: 'Badge' }
    expect(checker.check('achievement-credential-v1', wrong)[0]?.pointer).toBe(
      `${pointer}/0/@context/0`,
    )
    expect(
      checker.check('achievement-credential', { ...credential, ...place(endorsement) }),
    ).toEqual([])
  })
})

describe('a schema checker meets hostile documents', () => {
  it.each([[undefined], [null], [[]], ['text'], [1]])('%j is no object', (document) => {
    expect(checker.check('profile', document)).toEqual([
      { pointer: '', detail: 'must be an object' },
    ])
  })

  it('refuses nesting that would exhaust the stack', () => {
    let nested: object = profile
    for (let depth = 0; depth < 100_000; depth += 1) nested = { ...profile, parentOrg: nested }
    expect(checker.check('profile', nested)).toEqual([
      { pointer: '', detail: 'must not be nested so deeply' },
    ])
    expect(checker.check('profile', profile)).toEqual([])
  })

  it('answers at once to long texts and long lists', () => {
    const started = performance.now()
    const long = 'a-'.repeat(100_000)
    const jws = checker.check('profile', { ...profile, endorsementJwt: [long] })
    const contexts = [VC2, `${OB3.slice(0, -5)}${'-3.0.3'.repeat(50_000)}.jsonx`]
    const context = checker.check('achievement-credential', { ...credential, '@context': contexts })
    const types = checker.check('profile', { ...profile, type: Array(100_000).fill('x') })
    expect([jws, context, types].map((faults) => faults.map((fault) => fault.pointer))).toEqual([
      ['/endorsementJwt/0'],
      ['/@context/1'],
      ['/type'],
    ])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
