/** A good unsecured credential with every member of the profile, and the facts it was made from. */
import type { Achievement } from '../../src/domain/achievement.js'
import { buildCredential } from '../../src/domain/achievement-credential.js'
import type { LintFacts } from '../../src/domain/issuance-lints/lint.js'
import type { JsonObject } from '../../src/domain/json.js'
import type { Review } from '../../src/domain/review.js'
import { sampleAchievement } from './sample-views.js'

const BASE_URL = 'https://badges.example.org'
const CODE = '3f7k2m9qx0v8c4t1hgz6w5ynrj'
const ISSUER = 'did:web:badges.example.org'
const STATUS_LIST_URL = `${BASE_URL}/status/0`
const LIST_INDEX = 94567

const achievement: Achievement = {
  ...sampleAchievement,
  alignments: [{ targetName: 'Creators', targetUrl: 'https://framework.example.org/creators' }],
}

const review: Review = {
  source: 'test',
  id: 'submission-1',
  attempt: 1,
  achievement: achievement.slug,
  candidate: { name: 'Ana Example', email: 'ana@example.org' },
  decision: 'approved',
  decidedAt: '2026-03-02T16:20:00Z',
  reviewers: [{ name: 'Ada Assessor', role: 'assessor' }],
  rubric: {
    version: '2026-1',
    results: [{ criterion: 'reflection', level: 'demonstrated' }],
  },
  evidence: [
    { kind: 'film', name: 'A film', url: 'https://films.example.org/1', public: true },
    { kind: 'reflection', name: 'Reflection', narrative: 'Mine alone.', public: false },
  ],
  consent: { name: 'shown', evidence: 'shown', listed: true },
}

export const DRAFT = buildCredential(review, achievement, {
  baseUrl: BASE_URL,
  code: CODE,
  issuer: { id: ISSUER, name: 'FRL', url: 'https://library.example.org/' },
  subjectId: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  identifiers: [
    {
      type: 'IdentityObject',
      hashed: true,
      identityHash: `sha256$${'0'.repeat(64)}`,
      identityType: 'emailAddress',
      salt: '3f7k2m9qx0v8c4t1hgz6w5ynrj',
    },
  ],
  evidenceSeals: ['A', 'B'],
  validFrom: '2026-03-20T12:00:00Z',
  validUntil: '2029-03-20T12:00:00Z',
  statusListUrl: STATUS_LIST_URL,
  listIndex: LIST_INDEX,
  legacyProof: true,
}) as unknown as JsonObject

/** The facts that fit the draft; schema and canonical form are for the test to find out. */
export const DRAFT_FACTS: Omit<LintFacts, 'pinnedContexts' | 'schemaFaults' | 'canonical'> = {
  baseUrl: BASE_URL,
  code: CODE,
  issuerId: ISSUER,
  verificationMethod: `${ISSUER}#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi`,
  statusListUrl: STATUS_LIST_URL,
  listIndex: LIST_INDEX,
}
