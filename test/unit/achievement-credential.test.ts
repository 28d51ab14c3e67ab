import { describe, expect, it } from 'vitest'
import type { Achievement } from '../../src/domain/achievement.js'
import {
  buildCredential,
  type CredentialFacts,
  issuedContexts,
  toAchievementNode,
} from '../../src/domain/achievement-credential.js'
import { type JsonObject, member, walkJson } from '../../src/domain/json.js'
import type { Review } from '../../src/domain/review.js'

const BASE_URL = 'https://badges.example.org'
const ACHIEVEMENT_ID = `${BASE_URL}/achievements/creators/3`

const achievement: Achievement = {
  slug: 'creators',
  version: 3,
  digest: '0'.repeat(64),
  art: { mediaType: 'image/svg+xml', content: '<svg/>' },
  name: 'Creators',
  description: 'Helps students create.',
  achievementType: 'MicroCredential',
  criteria: { narrative: 'Reflects.' },
  image: { caption: 'A seal' },
  tags: [],
  alignments: [],
  rubric: [],
  release: 'automatic',
}

const review: Review = {
  source: 'test',
  id: '1',
  attempt: 1,
  achievement: 'creators',
  candidate: { name: 'Ana Example', email: 'ana@example.org', district: 'vista-unified' },
  decision: 'approved',
  decidedAt: '2026-03-02T16:20:00Z',
  reviewers: [{ name: 'Ada Assessor', role: 'assessor' }],
  evidence: [],
  consent: { name: 'hidden', evidence: 'hidden', listed: false },
}

const facts: CredentialFacts = {
  baseUrl: BASE_URL,
  code: '3f7k2m9qx0v8c4t1hgz6w5ynrj',
  issuer: { id: 'did:web:badges.example.org', name: 'FRL' },
  subjectId: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  identifiers: [
    {
      type: 'IdentityObject',
      hashed: true,
      identityHash: 'sha256$0',
      identityType: 'emailAddress',
    },
  ],
  evidenceSeals: [],
  validFrom: '2026-03-20T12:00:00Z',
  statusListUrl: `${BASE_URL}/status/0`,
  listIndex: 94567,
  legacyProof: true,
}

const build = (
  change: {
    review?: Partial<Review>
    achievement?: Partial<Achievement>
    facts?: Partial<CredentialFacts>
  } = {},
) =>
  JSON.parse(
    JSON.stringify(
      buildCredential(
        { ...review, ...change.review },
        { ...achievement, ...change.achievement },
        { ...facts, ...change.facts },
      ),
    ),
  ) as JsonObject

describe('buildCredential', () => {
  it('is exactly this for the smallest review', () => {
    expect(build()).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
        'https://w3id.org/security/suites/ed25519-2020/v1',
      ],
      id: `${BASE_URL}/badges/3f7k2m9qx0v8c4t1hgz6w5ynrj`,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Creators',
      description: 'Helps students create.',
      issuer: { id: 'did:web:badges.example.org', type: ['Profile'], name: 'FRL' },
      validFrom: '2026-03-20T12:00:00Z',
      awardedDate: '2026-03-02T16:20:00Z',
      credentialSubject: {
        id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        type: ['AchievementSubject'],
        identifier: facts.identifiers,
        achievement: {
          id: ACHIEVEMENT_ID,
          type: ['Achievement'],
          achievementType: 'MicroCredential',
          name: 'Creators',
          description: 'Helps students create.',
          criteria: { id: `${ACHIEVEMENT_ID}#criteria`, narrative: 'Reflects.' },
          image: { id: `${ACHIEVEMENT_ID}/image.svg`, type: 'Image', caption: 'A seal' },
          version: '3',
        },
      },
      credentialStatus: {
        id: `${BASE_URL}/status/0#94567`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '94567',
        statusListCredential: `${BASE_URL}/status/0`,
      },
      credentialSchema: [
        {
          id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
          type: '1EdTechJsonSchemaValidator2019',
        },
      ],
    })
  })

  it('leaves the context of the older proof out when that proof is off', () => {
    expect(build({ facts: { legacyProof: false } })['@context']).toEqual(
      issuedContexts(true).slice(0, 3),
    )
  })

  it('says until when, if the facts do', () => {
    expect(build({ facts: { validUntil: '2029-03-20T12:00:00Z' } })['validUntil']).toBe(
      '2029-03-20T12:00:00Z',
    )
  })

  it('refers from each result to a criterion and a level of its own achievement', () => {
    const built = build({
      achievement: {
        rubric: [
          {
            criterion: 'voice',
            name: 'Voice',
            requiredLevel: 'high',
            levels: [
              { level: 'low', name: 'Low', points: '1' },
              { level: 'high', name: 'High', description: 'All of it.' },
            ],
          },
        ],
      },
      review: { rubric: { version: '1', results: [{ criterion: 'voice', level: 'high' }] } },
    })
    const subject = member(built, 'credentialSubject')
    expect(member(subject, 'result')).toEqual([
      {
        type: ['Result'],
        resultDescription: `${ACHIEVEMENT_ID}#voice`,
        achievedLevel: `${ACHIEVEMENT_ID}#voice/high`,
      },
    ])
    expect(member(member(subject, 'achievement'), 'resultDescription')).toEqual([
      {
        id: `${ACHIEVEMENT_ID}#voice`,
        type: ['ResultDescription'],
        name: 'Voice',
        resultType: 'RubricCriterionLevel',
        requiredLevel: `${ACHIEVEMENT_ID}#voice/high`,
        rubricCriterionLevel: [
          {
            id: `${ACHIEVEMENT_ID}#voice/low`,
            type: ['RubricCriterionLevel'],
            level: 'low',
            name: 'Low',
            points: '1',
          },
          {
            id: `${ACHIEVEMENT_ID}#voice/high`,
            type: ['RubricCriterionLevel'],
            level: 'high',
            name: 'High',
            description: 'All of it.',
          },
        ],
      },
    ])
  })

  it('never says null, an empty list, or who reviewed and where the earner works', () => {
    const built = build()
    for (const { value } of walkJson(built)) {
      expect(value).not.toBeNull()
      expect(value).not.toEqual([])
    }
    const text = JSON.stringify(built)
    for (const secret of ['Ada', 'ana@example.org', 'vista', 'Ana'])
      expect(text).not.toContain(secret)
  })

  it('is the same text for the same facts', () => {
    expect(JSON.stringify(build())).toBe(JSON.stringify(build()))
  })
})

describe('toAchievementNode', () => {
  it('carries language, tags and alignments where the definition has them', () => {
    const node = toAchievementNode(
      {
        ...achievement,
        inLanguage: 'en',
        tags: ['making'],
        alignments: [{ targetName: 'A', targetUrl: 'https://a.example.org/', targetCode: 'A1' }],
      },
      BASE_URL,
    )
    expect(node).toMatchObject({
      inLanguage: 'en',
      tag: ['making'],
      alignment: [
        {
          type: ['Alignment'],
          targetName: 'A',
          targetUrl: 'https://a.example.org/',
          targetCode: 'A1',
        },
      ],
    })
  })

  it('gives away nothing of how badges are released', () => {
    const node = toAchievementNode({ ...achievement, validityMonths: 36 }, BASE_URL)
    for (const name of ['release', 'validityMonths', 'digest', 'art', 'slug'])
      expect(node).not.toHaveProperty(name)
  })
})
