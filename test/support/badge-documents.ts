/** The unsigned documents behind the signed badges: one of every kind of member that a badge has. */
import type { JsonObject, JsonValue } from '../../src/domain/json.js'

const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0'
const VC2 = ['https://www.w3.org/ns/credentials/v2', `${OB3}/context-3.0.3.json`]
const VC1 = ['https://www.w3.org/2018/credentials/v1', `${OB3}/context-3.0.3.json`]
const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
const SITE = 'https://badges.example.org'
const ACHIEVEMENT = `${SITE}/achievements/sample/1`

export type BadgeChoices = {
  readonly issuer: string
  readonly subject?: string
  readonly validFrom?: string
  readonly validUntil?: string
  readonly endorsement?: readonly JsonObject[]
}

/** A badge of data model 2.0 that shows everything, not signed. */
export function badgeDocument(choices: BadgeChoices): JsonObject {
  const { issuer, endorsement } = choices
  return {
    '@context': [...VC2, `${OB3}/extensions.json`, ED25519_2020],
    id: `${SITE}/badges/01234567890123456789012345`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Sample micro-credential',
    description: 'Shows what a badge can hold.',
    image: { id: `${SITE}/badge.png`, type: 'Image', caption: 'A seal' },
    issuer: issuerNode(issuer),
    validFrom: choices.validFrom ?? '2025-01-10T09:00:00Z',
    validUntil: choices.validUntil ?? '2098-01-01T00:00:00Z',
    awardedDate: '2025-01-09T16:20:00+02:00',
    credentialSubject: subjectNode(choices.subject ?? 'urn:uuid:6f2e33e5-7a29-4155-840a-59483ba1'),
    evidence: [
      { id: `${SITE}/e/1`, type: ['Evidence'], name: 'Reflection', narrative: 'I *changed*.' },
      { type: ['Evidence'], name: 'Storyboards', genre: 'documentation' },
    ],
    ...(endorsement === undefined ? {} : { endorsement }),
    credentialStatus: {
      id: `${statusListOf(issuer)}#43`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '43',
      statusListCredential: statusListOf(issuer),
    },
    credentialSchema: [
      {
        id: `${OB3}/schema/json/ob_v3p0_achievementcredential_schema.json`,
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
  }
}

/** A badge of data model 1.1, not signed; `members` come beside those it must have. */
export function badgeDocumentV1(issuer: string, members: JsonObject): JsonObject {
  return {
    '@context': [...VC1, ED25519_2020],
    id: `${SITE}/badges/v1`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Sample of the older model',
    issuer: issuerNode(issuer),
    issuanceDate: '2025-01-10T09:00:00Z',
    ...members,
    credentialSubject: subjectNode('urn:uuid:6f2e33e5-7a29-4155-840a-59483ba2'),
  }
}

/** What one profile says about the issuer of the badge, not signed. */
export function endorsementDocument(issuer: string): JsonObject {
  return {
    '@context': VC2,
    id: `${SITE}/endorsements/1`,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Endorsement',
    issuer: { id: issuer, type: ['Profile'], name: 'Endorser' },
    validFrom: '2025-01-05T09:00:00Z',
    credentialSubject: {
      id: ACHIEVEMENT,
      type: ['EndorsementSubject'],
      endorsementComment: 'Worth having.',
    },
  }
}

/** Each issuer's own list; those that nobody knows have theirs elsewhere. */
function statusListOf(issuer: string): string {
  if (issuer.startsWith('did:web:')) return `${SITE}/status/1`
  return issuer.startsWith('https:') ? `${issuer}/status` : 'https://lists.example.org/status/1'
}

function issuerNode(id: string): JsonObject {
  return {
    id,
    type: ['Profile'],
    name: 'Sample issuer',
    url: SITE,
    email: 'office@example.org',
    address: {
      type: ['Address'],
      addressLocality: 'Vista',
      geo: { type: 'GeoCoordinates', latitude: 33.25, longitude: -117.5 },
    },
  }
}

function subjectNode(id: string): JsonObject {
  return {
    id,
    type: ['AchievementSubject'],
    creditsEarned: 2.5,
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: `sha256$${'0f'.repeat(32)}`,
        identityType: 'emailAddress',
        salt: 'sea salt',
      },
      { type: 'IdentityObject', hashed: false, identityHash: 'Ana Example', identityType: 'name' },
    ],
    achievement: achievementNode(),
    result: [
      {
        type: ['Result'],
        resultDescription: `${ACHIEVEMENT}#reflection`,
        achievedLevel: `${ACHIEVEMENT}#reflection-shown`,
      },
      { type: ['Result'], resultDescription: `${ACHIEVEMENT}#score`, value: '7' },
    ],
  }
}

function achievementNode(): JsonObject {
  return {
    id: ACHIEVEMENT,
    type: ['Achievement'],
    achievementType: 'MicroCredential',
    name: 'Sample achievement',
    description: 'What was learnt.',
    criteria: { id: `${ACHIEVEMENT}#criteria`, narrative: 'Do it well.' },
    image: { id: `data:image/png;base64,${'iVBORw0KGgo'.repeat(8)}`, type: 'Image' },
    inLanguage: 'en-GB',
    version: '1',
    creditsAvailable: 3,
    tag: ['media', 'student voice'],
    alignment: [alignmentNode('a'), alignmentNode('b')],
    resultDescription: resultDescriptions(),
  }
}

function alignmentNode(code: string): JsonObject {
  return {
    type: ['Alignment'],
    targetName: `Standard ${code}`,
    targetUrl: `https://standards.example.org/${code}`,
    targetCode: code,
  }
}

function resultDescriptions(): JsonValue {
  return [
    {
      id: `${ACHIEVEMENT}#reflection`,
      type: ['ResultDescription'],
      name: 'Reflection',
      resultType: 'RubricCriterionLevel',
      requiredLevel: `${ACHIEVEMENT}#reflection-shown`,
      rubricCriterionLevel: [
        {
          id: `${ACHIEVEMENT}#reflection-shown`,
          type: ['RubricCriterionLevel'],
          name: 'Shown',
          level: '1',
        },
      ],
    },
    {
      id: `${ACHIEVEMENT}#score`,
      type: ['ResultDescription'],
      name: 'Score',
      resultType: 'RawScore',
      allowedValue: ['5', '6', '7'],
      valueMax: '10',
    },
  ]
}
