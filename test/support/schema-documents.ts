/**
 * Generates good Open Badges 3.0 documents with every member of every class of appendix B. Classes
 * and members carry the names of the standard, so that a test can hold the tables against it.
 */
import * as fc from 'fast-check'

type Members = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** Makes the value of another class, or a list of such values, at the given depth. */
type Builder = {
  readonly one: (name: ClassName, depth?: number) => fc.Arbitrary<unknown>
  readonly many: (item: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown[]>
  /** How many more profiles and credentials may stand inside each other. */
  readonly depth: number
}

type ClassTable = {
  readonly required: readonly string[]
  readonly members: (build: Builder) => Members
}

const text = fc.constantFrom('', 'Text', 'ñandú ☃', 'urn:uuid:9b2f', 'https://school.example/a?b#c')
const number = fc.constantFrom(0, -1.5, 3, 1e20)
const moment = fc.constantFrom(
  '2026-03-02T16:20:00Z',
  '2026-03-02T16:20:00.123456+02:00',
  '2024-02-29t23:59:59-11:30',
  '2016-12-31T23:59:60Z',
)
const day = fc.constantFrom('2001-09-28', '2000-02-29')
const language = fc.constantFrom('en', 'es-MX', 'zh-Hans', 'zh-Hans-CN', 'es-419', 'chr')
const token = fc.constantFrom('a.b.c', 'eyJh_-.e30.c2ln', 'a..b')

const V2 = 'https://www.w3.org/ns/credentials/v2'
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0'
const contexts = fc
  .tuple(
    fc.constantFrom(`${OB}/context-3.0.3.json`, `${OB}/context.json`, `${OB}/context-3.9.0.json`),
    fc.constantFrom<unknown[]>([], [`${OB}/extensions.json`], [{ term: 'urn:term' }, 'urn:c']),
  )
  .map(([badges, further]) => [V2, badges, ...further])

/** A list of types with the given names in it and possibly another one before or after. */
function types(...names: readonly string[]): fc.Arbitrary<unknown> {
  return fc.constantFrom([...names], ['Other', ...names], [...names, 'ext:Other'])
}

/** A word of an open vocabulary, or a word of one's own. */
function openTerm(...words: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...words, 'ext:word', 'ext:a-b', 'ext:9')
}

const identifierType = openTerm(
  ...['name', 'sourcedId', 'systemId', 'productId', 'userName', 'accountId', 'emailAddress'],
  ...['nationalIdentityNumber', 'isbn', 'issn', 'lisSourcedId', 'oneRosterSourcedId', 'ltiUserId'],
  ...[
    'sisSourcedId',
    'ltiContextId',
    'ltiDeploymentId',
    'ltiToolId',
    'ltiPlatformId',
    'identifier',
  ],
)
const achievementType = openTerm(
  ...['Achievement', 'ApprenticeshipCertificate', 'Assessment', 'Assignment', 'AssociateDegree'],
  ...[
    'Award',
    'Badge',
    'BachelorDegree',
    'Certificate',
    'CertificateOfCompletion',
    'Certification',
  ],
  ...['CommunityService', 'Competency', 'Course', 'CoCurricular', 'Degree', 'Diploma', 'Fieldwork'],
  ...['DoctoralDegree', 'GeneralEducationDevelopment', 'JourneymanCertificate', 'LearningProgram'],
  ...['License', 'Membership', 'ProfessionalDoctorate', 'QualityAssuranceCredential'],
  ...['MasterCertificate', 'MasterDegree', 'MicroCredential', 'ResearchDoctorate'],
  'SecondarySchoolDiploma',
)
const targetType = openTerm(
  ...['ceasn:Competency', 'ceterms:Credential', 'CFItem', 'CFRubric', 'CFRubricCriterion'],
  ...['CFRubricCriterionLevel', 'CTDL'],
)
const resultType = openTerm(
  ...['GradePointAverage', 'LetterGrade', 'Percent', 'PerformanceLevel', 'PredictedScore'],
  ...['RawScore', 'Result', 'RubricCriterion', 'RubricCriterionLevel', 'RubricScore'],
  ...['ScaledScore', 'Status'],
)
const resultStatus = fc.constantFrom(
  ...['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew'],
)

/** The given members, all of them texts. */
function texts(...names: readonly string[]): Members {
  return Object.fromEntries(names.map((name) => [name, text]))
}

/** Members that lead one profile or credential deeper; none when the depth is used up. */
function deeper(build: Builder, members: (depth: number) => Members): Members {
  return build.depth > 0 ? members(build.depth - 1) : {}
}

function credentialMembers(build: Builder): Members {
  const { one, many, depth } = build
  return {
    '@context': contexts,
    ...texts('id', 'name', 'description'),
    awardedDate: moment,
    validFrom: moment,
    validUntil: moment,
    issuer: depth > 0 ? fc.oneof(text, one('Profile', depth - 1)) : text,
    proof: many(one('Proof')),
    credentialSchema: many(one('CredentialSchema')),
    credentialStatus: one('CredentialStatus'),
    refreshService: one('RefreshService'),
    termsOfUse: many(one('TermsOfUse')),
  }
}

const node: ClassTable = { required: ['id', 'type'], members: () => texts('id', 'type') }

export const CLASSES = {
  AchievementCredential: {
    required: ['@context', 'id', 'type', 'credentialSubject', 'issuer', 'validFrom'],
    members: (build) => ({
      ...credentialMembers(build),
      type: fc.oneof(
        types('VerifiableCredential', 'OpenBadgeCredential'),
        types('AchievementCredential', 'VerifiableCredential'),
      ),
      image: build.one('Image'),
      credentialSubject: build.one('AchievementSubject'),
      evidence: build.many(build.one('Evidence')),
      endorsementJwt: build.many(token),
      ...deeper(build, (depth) => ({
        endorsement: build.many(build.one('EndorsementCredential', depth)),
      })),
    }),
  },
  EndorsementCredential: {
    required: ['@context', 'id', 'type', 'name', 'credentialSubject', 'issuer', 'validFrom'],
    members: (build) => ({
      ...credentialMembers(build),
      type: types('VerifiableCredential', 'EndorsementCredential'),
      credentialSubject: build.one('EndorsementSubject'),
    }),
  },
  EndorsementSubject: {
    required: ['id', 'type'],
    members: () => ({ ...texts('id', 'endorsementComment'), type: types('EndorsementSubject') }),
  },
  Profile: {
    required: ['id', 'type'],
    members: (build) => ({
      ...texts('id', 'name', 'url', 'phone', 'description', 'email', 'official', 'familyName'),
      ...texts('givenName', 'additionalName', 'patronymicName', 'honorificPrefix'),
      ...texts('honorificSuffix', 'familyNamePrefix'),
      type: types('Profile'),
      image: build.one('Image'),
      address: build.one('Address'),
      otherIdentifier: build.many(build.one('IdentifierEntry')),
      dateOfBirth: day,
      endorsementJwt: build.many(token),
      ...deeper(build, (depth) => ({
        parentOrg: build.one('Profile', depth),
        endorsement: build.many(build.one('EndorsementCredential', depth)),
      })),
    }),
  },
  Address: {
    required: ['type'],
    members: (build) => ({
      ...texts('addressCountry', 'addressCountryCode', 'addressRegion', 'addressLocality'),
      ...texts('streetAddress', 'postOfficeBoxNumber', 'postalCode'),
      type: types('Address'),
      geo: build.one('GeoCoordinates'),
    }),
  },
  GeoCoordinates: {
    required: ['type', 'latitude', 'longitude'],
    members: () => ({ type: fc.constant('GeoCoordinates'), latitude: number, longitude: number }),
  },
  Image: {
    required: ['id', 'type'],
    members: () => ({ ...texts('id', 'caption'), type: fc.constant('Image') }),
  },
  IdentifierEntry: {
    required: ['type', 'identifier', 'identifierType'],
    members: () => ({
      ...texts('identifier'),
      type: fc.constant('IdentifierEntry'),
      identifierType,
    }),
  },
  IdentityObject: {
    required: ['type', 'hashed', 'identityHash', 'identityType'],
    members: () => ({
      ...texts('identityHash', 'salt'),
      type: fc.constant('IdentityObject'),
      hashed: fc.boolean(),
      identityType: identifierType,
    }),
  },
  AchievementSubject: {
    required: ['type', 'achievement'],
    members: (build) => ({
      ...texts('id', 'licenseNumber', 'narrative', 'role', 'term'),
      type: types('AchievementSubject'),
      activityStartDate: moment,
      activityEndDate: moment,
      creditsEarned: number,
      achievement: build.one('Achievement'),
      identifier: build.many(build.one('IdentityObject')),
      image: build.one('Image'),
      result: build.many(build.one('Result')),
      ...deeper(build, (depth) => ({ source: build.one('Profile', depth) })),
    }),
  },
  Achievement: {
    required: ['id', 'type', 'criteria', 'description', 'name'],
    members: (build) => ({
      ...texts(
        'id',
        'name',
        'description',
        'fieldOfStudy',
        'humanCode',
        'specialization',
        'version',
      ),
      type: types('Achievement'),
      achievementType,
      alignment: build.many(build.one('Alignment')),
      creditsAvailable: number,
      criteria: build.one('Criteria'),
      endorsementJwt: build.many(token),
      image: build.one('Image'),
      inLanguage: language,
      otherIdentifier: build.many(build.one('IdentifierEntry')),
      related: build.many(build.one('Related')),
      resultDescription: build.many(build.one('ResultDescription')),
      tag: build.many(text),
      ...deeper(build, (depth) => ({
        creator: build.one('Profile', depth),
        endorsement: build.many(build.one('EndorsementCredential', depth)),
      })),
    }),
  },
  Criteria: { required: [], members: () => texts('id', 'narrative') },
  Related: {
    required: ['id', 'type'],
    members: () => ({ ...texts('id', 'version'), type: types('Related'), inLanguage: language }),
  },
  Alignment: {
    required: ['type', 'targetName', 'targetUrl'],
    members: () => ({
      ...texts('targetCode', 'targetDescription', 'targetName', 'targetFramework', 'targetUrl'),
      type: types('Alignment'),
      targetType,
    }),
  },
  ResultDescription: {
    required: ['id', 'type', 'name', 'resultType'],
    members: (build) => ({
      ...texts('id', 'name', 'requiredLevel', 'requiredValue', 'valueMax', 'valueMin'),
      type: types('ResultDescription'),
      alignment: build.many(build.one('Alignment')),
      allowedValue: build.many(text),
      resultType,
      rubricCriterionLevel: build.many(build.one('RubricCriterionLevel')),
    }),
  },
  RubricCriterionLevel: {
    required: ['id', 'type', 'name'],
    members: (build) => ({
      ...texts('id', 'name', 'description', 'level', 'points'),
      type: types('RubricCriterionLevel'),
      alignment: build.many(build.one('Alignment')),
    }),
  },
  Result: {
    required: ['type'],
    members: (build) => ({
      ...texts('achievedLevel', 'resultDescription', 'value'),
      type: types('Result'),
      alignment: build.many(build.one('Alignment')),
      status: resultStatus,
    }),
  },
  Evidence: {
    required: ['type'],
    members: () => ({
      ...texts('id', 'narrative', 'name', 'description', 'genre', 'audience'),
      type: types('Evidence'),
    }),
  },
  Proof: {
    required: ['type'],
    members: () => ({
      ...texts('type', 'cryptosuite', 'challenge', 'domain', 'nonce', 'proofPurpose', 'proofValue'),
      ...texts('verificationMethod'),
      created: moment,
    }),
  },
  CredentialSchema: node,
  CredentialStatus: node,
  RefreshService: node,
  TermsOfUse: { ...node, required: ['type'] },
} as const satisfies Readonly<Record<string, ClassTable>>

export type ClassName =
  | 'AchievementCredential'
  | 'AchievementSubject'
  | 'Achievement'
  | 'Address'
  | 'Alignment'
  | 'CredentialSchema'
  | 'CredentialStatus'
  | 'Criteria'
  | 'EndorsementCredential'
  | 'EndorsementSubject'
  | 'Evidence'
  | 'GeoCoordinates'
  | 'IdentifierEntry'
  | 'IdentityObject'
  | 'Image'
  | 'Profile'
  | 'Proof'
  | 'RefreshService'
  | 'Related'
  | 'Result'
  | 'ResultDescription'
  | 'RubricCriterionLevel'
  | 'TermsOfUse'

/** The names of the members that a class is generated with. */
export function memberNames(name: ClassName): readonly string[] {
  return Object.keys(CLASSES[name].members(createBuilder(1, false)))
}

/**
 * Good documents of a class.
 *
 * @param depth how many profiles and credentials may stand inside each other
 * @param isFull whether every member is present and every list has an item; otherwise members that
 *   the standard makes optional come and go
 */
export function documentsOf(name: ClassName, depth: number, isFull = false): fc.Arbitrary<unknown> {
  return createBuilder(depth, isFull).one(name)
}

function createBuilder(depth: number, isFull: boolean, made = new Map<string, Made>()): Builder {
  return {
    depth,
    many: (item) => fc.array(item, { minLength: isFull ? 1 : 0, maxLength: isFull ? 1 : 2 }),
    one: (name, inner = depth) => {
      const key = `${name}/${inner}`
      const known = made.get(key)
      if (known !== undefined) return known
      const { members, required } = CLASSES[name]
      const model = members(createBuilder(inner, isFull, made))
      const requiredKeys = isFull ? Object.keys(model) : [...required]
      const arbitrary = fc.record(model, { requiredKeys, noNullPrototype: true })
      made.set(key, arbitrary)
      return arbitrary
    },
  }
}

type Made = fc.Arbitrary<unknown>
