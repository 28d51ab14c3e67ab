/** Views and reports for the pages, with invented people (`@example.org`). */
import type { PageAssets } from '../../src/adapters/pages/page-assets.js'
import type { BadgeView, ShownEndorsement } from '../../src/application/badge-view.js'
import { type Achievement, artUrl } from '../../src/domain/achievement.js'
import type { IssuerProfile } from '../../src/domain/profile.js'
import {
  CHECK_NAMES,
  type Check,
  type CheckName,
  computeVerdict,
  type Verdict,
  type VerificationReport,
} from '../../src/domain/verification-report.js'

export const SAMPLE_BASE_URL = 'https://badges.example.org'
export const SAMPLE_CODE = '3f7k2m9qx0v8c4t1hgz6w5ynrj'

export const sampleAssets: PageAssets = {
  baseUrl: SAMPLE_BASE_URL,
  issuerName: 'Future Ready Librarians',
  stylesheet: { href: '/assets/site.css' },
  artUrl: (achievement) => artUrl(SAMPLE_BASE_URL, achievement),
  qrUrl: (code) => `${SAMPLE_BASE_URL}/badges/${code}/qr.svg`,
}

export const sampleIssuer: IssuerProfile = {
  id: 'did:web:badges.example.org',
  name: 'Future Ready Librarians',
  url: 'https://futureready.example.org/',
  description: 'A programme for school librarians who lead, teach and create beyond the library.',
  email: 'badges@example.org',
}

const CRITERIA = `The candidate shows how they lead students from *using* to **making**.

- A **reflection** on their approach to student creation and their vision for student learning.
- **Documentation** of teaching in which students made something of their own: a film, a program, a story, an exhibition.
- Evidence that students from *every* group took part.

See the [Future Ready Framework](https://futureready.example.org/framework) for the background.`

export const sampleAchievement: Achievement = {
  slug: 'empowering-students-as-creators',
  version: 2,
  digest: '0'.repeat(64),
  art: { mediaType: 'image/svg+xml', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  name: 'Empowering Students as Creators',
  description:
    'The earner leads students to become makers of knowledge: coding, film, digital storytelling and publishing, in a library that is open to everyone.',
  achievementType: 'MicroCredential',
  criteria: { narrative: CRITERIA },
  image: { caption: 'A tree of five fruits grows out of an open book, in gilt on green cloth.' },
  inLanguage: 'en',
  tags: ['student creation', 'making', 'digital storytelling'],
  alignments: [
    {
      targetName: 'Empowers Students as Creators',
      targetUrl: 'https://futureready.example.org/framework#creators',
      targetFramework: 'Future Ready Librarians Framework',
      targetCode: 'FRL-3',
      targetDescription:
        'Encourages and facilitates students to become increasingly self-directed as they create digital products.',
    },
    { targetName: 'A framework on paper', targetUrl: 'javascript:alert(1)' },
  ],
  rubric: [
    {
      criterion: 'reflection',
      name: 'Reflection on approach and vision',
      levels: [
        { level: 'beginning', name: 'Beginning', description: 'Describes activities only.' },
        {
          level: 'demonstrated',
          name: 'Demonstrated',
          description: 'Connects teaching with a vision for student learning.',
        },
      ],
      requiredLevel: 'demonstrated',
    },
    {
      criterion: 'documentation',
      name: 'Documentation of teaching',
      levels: [
        { level: 'beginning', name: 'Beginning' },
        { level: 'demonstrated', name: 'Demonstrated' },
      ],
      requiredLevel: 'demonstrated',
    },
  ],
  release: 'staff',
  validityMonths: 36,
}

const PASSED: Readonly<Record<CheckName, string>> = {
  readable: 'The file holds one Open Badges 3.0 credential.',
  structure: 'Every part that the standard requires is there and well formed.',
  contexts: 'It uses the published vocabularies and no others.',
  issuerKey: 'The key belongs to did:web:badges.example.org.',
  proof: 'Both signatures fit the content.',
  keyState: 'The key was in use on 2 March 2026.',
  status: 'The issuer’s public list does not name this badge as revoked.',
  dates: 'It is valid from 2 March 2026 to 2 March 2029.',
  recipient: 'The badge was made out to the address that you gave.',
  endorsements: 'The endorsement in it is genuine.',
  issuerTrust: 'The issuer is on a list that we keep.',
}

const SKIPPED: readonly CheckName[] = ['recipient', 'endorsements']

/** A report in which all passes but `changes`. */
export function sampleReport(
  changes: readonly (Partial<Check> & { name: CheckName })[] = [],
): VerificationReport {
  const checks = CHECK_NAMES.map((name): Check => {
    const skipped = SKIPPED.includes(name)
    return {
      name,
      outcome: skipped ? 'skipped' : 'passed',
      sentence: skipped ? 'There was nothing of this kind to check.' : PASSED[name],
      problems: [],
      ...changes.find((change) => change.name === name),
    }
  })
  return {
    verdict: computeVerdict(checks),
    checkedAt: '2026-11-23T14:02:09Z',
    format: 'Open Badges 3.0 credential (JSON)',
    checks,
    badge: {
      id: `${SAMPLE_BASE_URL}/badges/${SAMPLE_CODE}`,
      achievementName: sampleAchievement.name,
      issuerId: sampleIssuer.id,
      issuerName: sampleIssuer.name,
      validFrom: '2026-03-02T16:20:00Z',
      validUntil: '2029-03-02T16:20:00Z',
      awardedDate: '2026-03-02T16:20:00Z',
      proofs: [{ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', checked: true }],
    },
  }
}

/** One report for each verdict, with a typical reason. */
export const sampleReports: Readonly<Record<Verdict, VerificationReport>> = {
  valid: sampleReport(),
  invalid: sampleReport([
    {
      name: 'status',
      outcome: 'failed',
      sentence: 'The issuer revoked this badge on 9 June 2026.',
      next: 'Ask the issuer why; do not rely on this badge in the meantime.',
    },
    {
      name: 'issuerTrust',
      outcome: 'failed',
      sentence: 'No list that we know names this issuer.',
    },
  ]),
  unknown: sampleReport([
    {
      name: 'status',
      outcome: 'unknown',
      sentence: 'The issuer’s list of revoked badges could not be reached.',
      next: 'Try again in some minutes.',
    },
  ]),
}

/** One that holds, one that does not and one whose keys are elsewhere. */
export const sampleEndorsements: readonly ShownEndorsement[] = [
  {
    about: 'achievement',
    endorser: 'Vista Unified School District',
    signedAt: '2026-02-20T12:00:00Z',
    comment: 'We count it **towards** our learning plan.\n\n- It looks at what students made.',
    url: `${SAMPLE_BASE_URL}/endorsements/${SAMPLE_CODE}`,
    outcome: 'passed',
    sentence: '',
  },
  {
    about: 'profile',
    endorser: 'A famous university',
    signedAt: '2026-02-20T12:00:00Z',
    outcome: 'failed',
    sentence: 'Endorsement not verified: The content is not what was signed.',
  },
  {
    about: 'badge',
    endorser: 'مدارس المدينة',
    signedAt: '',
    comment: 'عمل جيد',
    outcome: 'unknown',
    sentence: 'Endorsement not checked: The issuer’s published keys are not at hand here.',
  },
]

export const sampleBadgeView: BadgeView = {
  code: SAMPLE_CODE,
  url: `${SAMPLE_BASE_URL}/badges/${SAMPLE_CODE}`,
  issuer: sampleIssuer,
  achievement: sampleAchievement,
  achievementUrl: `${SAMPLE_BASE_URL}/achievements/empowering-students-as-creators/2`,
  earner: 'Ana María López',
  previewEarner: 'Ana María López',
  isUnclaimed: false,
  awardedDate: '2026-03-02T16:20:00Z',
  validFrom: '2026-03-02T16:20:00Z',
  validUntil: '2029-03-02T16:20:00Z',
  results: [
    {
      criterion: 'Reflection on approach and vision',
      level: 'Demonstrated',
      description: 'Connects teaching with a vision for student learning.',
    },
    { criterion: 'Documentation of teaching', level: 'Demonstrated' },
  ],
  evidence: [
    {
      name: 'Our school in ninety seconds',
      genre: 'Video production',
      narrative:
        'Twelve groups wrote, filmed and cut a portrait of their school. *The library lent the cameras; the students asked the questions.*',
      url: 'https://films.example.org/ninety-seconds',
    },
    { name: 'Evidence 2: reflection', sealed: 'q7Zr0m5w2m0gIYk1m2JtX3n8yLQm5w0J7bqPzv4c9sE' },
  ],
  endorsements: sampleEndorsements,
  credentialServed: true,
  hasToken: true,
  indexed: true,
  report: sampleReports.valid,
}

const {
  earner: _name,
  previewEarner: _preview,
  evidence: _evidence,
  ...withoutConsent
} = sampleBadgeView

/** As before the earner has claimed the badge: no name, no evidence, no file, not indexed. */
export const privateBadgeView: BadgeView = {
  ...withoutConsent,
  credentialServed: false,
  hasToken: false,
  indexed: false,
}
