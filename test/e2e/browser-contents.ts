/** What the site holds that the browser tests look at. */
import { SAMPLE_ENDORSEMENTS } from '../support/districts.js'
import { aReview, type ReviewInput } from '../support/reviews.js'
import type { ServerContents } from '../support/server-process.js'

/** As long as a name may be. */
const LONG_NAME = `Wilhelmina ${'Featherstonehaugh-'.repeat(10)}Abernathy`.slice(0, 200)

/** Stands for marks that turn the writing direction, which no import lets through any more. */
const TURN = '\u2622'
const BIDI = '\u202e\u2066\u200f'
const HOSTILE = `</title></textarea><script>alert(1)</script><img src=x onerror=alert(2)>${TURN}`
const HOSTILE_PROSE = `${HOSTILE}

<script>alert(3)</script> <a href="javascript:alert(4)">raw</a> <svg onload=alert(5)></svg>

[script](javascript:alert(6)) ![picture](https://elsewhere.example.org/a.png "x")
[data](data:text/html,alert(7)) <https://elsewhere.example.org/" onmouseover="alert(8)>`

const HOSTILE_ACHIEVEMENT = {
  slug: 'hostile',
  name: `Hostile ${HOSTILE}`,
  description: `Described ${HOSTILE}`,
  criteria: HOSTILE_PROSE,
  image: { file: 'art.svg', caption: `Caption ${HOSTILE}` },
  tags: [HOSTILE],
  alignments: [{ targetName: HOSTILE, targetUrl: 'https://elsewhere.example.org/a' }],
  rubric: [
    {
      criterion: 'one',
      name: HOSTILE,
      levels: [{ level: 'yes', name: HOSTILE, description: HOSTILE }],
    },
  ],
}

const LONG_ACHIEVEMENT = {
  ...HOSTILE_ACHIEVEMENT,
  slug: 'long',
  name: 'Invests Strategically in Digital Resources '.repeat(5).slice(0, 200).trim(),
  description: 'The holder helps students become creators. '.repeat(47).slice(0, 2000).trim(),
}

/** Each badge by its place among the reviews. */
export const BADGES = {
  named: 0,
  nameless: 1,
  long: 2,
  hostile: 3,
  revoked: 4,
  suspended: 5,
  replaced: 6,
  replacedLong: 7,
  replacedAgain: 8,
  replacing: 9,
  replacingLong: 10,
} as const

/** As long as a reason may be, with all that a text can hold. */
const REASON = `${HOSTILE.replace(TURN, '')} ${'Words and more words. '.repeat(30)}`.slice(0, 500)

function aLongReview(id: string): ReviewInput {
  return aReview({
    id,
    achievement: 'long',
    candidate: { name: LONG_NAME, email: 'wilhelmina@example.org' },
    rubric: { version: '1', results: [{ criterion: 'one', level: 'yes' }] },
  })
}

function correction(name: string, reason: string): object {
  return { candidate: { name }, reason, public: true }
}

export const CONTENTS: ServerContents = {
  rewrite: (text) => text.replaceAll(TURN, BIDI),
  achievements: [
    HOSTILE_ACHIEVEMENT,
    LONG_ACHIEVEMENT,
    { ...HOSTILE_ACHIEVEMENT, slug: 'of-old-district', issuer: 'old-district' },
  ],
  reviews: [
    aReview(),
    aReview({ id: 'submission-2', consent: { name: 'hidden', evidence: 'hidden', listed: false } }),
    aLongReview('submission-3'),
    aReview({
      id: 'submission-4',
      achievement: 'hostile',
      candidate: { name: `Eve ${HOSTILE}`, email: 'eve@example.org' },
      rubric: { version: '1', results: [{ criterion: 'one', level: 'yes' }] },
      evidence: [
        {
          kind: 'reflection',
          name: HOSTILE,
          genre: HOSTILE,
          narrative: HOSTILE_PROSE,
          public: true,
        },
      ],
    }),
    aReview({ id: 'submission-5' }),
    aReview({ id: 'submission-6' }),
    aReview({ id: 'submission-7' }),
    aLongReview('submission-8'),
  ],
  corrections: [
    { place: BADGES.replaced, body: correction('Anna Example', REASON) },
    { place: BADGES.replacedAgain, body: correction('Anne Example', REASON) },
    { place: BADGES.replacedLong, body: correction(LONG_NAME.replace('W', 'V'), 'Why.') },
  ],
  endorsements: [
    ...SAMPLE_ENDORSEMENTS.map(({ issuer, comment }) => ({
      issuer,
      comment,
      achievement: 'empowering-students-as-creators',
    })),
    ...['long', 'hostile'].map((achievement) => ({
      issuer: { slug: 'hostile', name: `${LONG_NAME} ${HOSTILE}` },
      achievement,
      comment: HOSTILE_PROSE,
    })),
  ],
  issuerWithPast: {
    slug: 'old-district',
    name: `${LONG_NAME} ${HOSTILE}`,
    url: `https://${'district-'.repeat(6)}.example.org/${'about-us/'.repeat(12)}`,
    description: 'Has been through everything that can happen to a key.',
    email: `${'somebody.'.repeat(6)}here@example.org`,
  },
  statuses: [
    { place: BADGES.revoked, change: 'revoke', reason: { text: REASON, isPublic: true } },
    { place: BADGES.suspended, change: 'suspend', reason: { text: 'Kept.', isPublic: false } },
  ],
}

/** The signed document of a badge, as everyone may download it. */
export async function readCredential(page: string): Promise<string> {
  const response = await fetch(`${page}.json`)
  if (!response.ok) throw new Error(`${page}.json answered ${response.status}`)
  return response.text()
}
