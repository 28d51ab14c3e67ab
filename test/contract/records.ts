/** Small complete records for the store suites; every field can be overridden. */
import type {
  BadgeRecord,
  EndorsementRecord,
  Intent,
  ReviewRecord,
  StatusList,
  Stores,
} from '../../src/application/ports/stores.js'
import type { Achievement } from '../../src/domain/achievement.js'
import type { Review } from '../../src/domain/review.js'

export const NOW = '2026-03-02T16:20:00Z'
export const ISSUER = 'did:web:badges.example.org'

export function anAchievement(changes: Partial<Achievement> = {}): Achievement {
  return {
    slug: 'empowering-students-as-creators',
    name: 'Empowering Students as Creators',
    description: 'Helps students make things.',
    achievementType: 'MicroCredential',
    criteria: { narrative: 'Reflect and document.' },
    image: { caption: 'A pencil' },
    tags: ['making', 'coding'],
    alignments: [{ targetName: 'Framework', targetUrl: 'https://example.org/framework' }],
    rubric: [],
    release: 'staff',
    validityMonths: 36,
    version: 1,
    digest: 'd1',
    art: { mediaType: 'image/svg+xml', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    ...changes,
  }
}

export function aReview(changes: Partial<Review> = {}): Review {
  return {
    source: 'digital-promise',
    id: 'submission-1',
    attempt: 1,
    achievement: 'empowering-students-as-creators',
    candidate: { name: 'Zoë Nuñez', email: 'zoe@example.org', district: 'vista-unified' },
    decision: 'approved',
    decidedAt: NOW,
    reviewers: [{ name: 'R. Viewer', role: 'assessor' }],
    evidence: [
      { kind: 'reflection', name: 'My approach', narrative: 'Text\u0000end', public: false },
    ],
    consent: { name: 'hidden', evidence: 'hidden', listed: false },
    ...changes,
  }
}

export function aReviewRecord(recordId = 'record-1', changes: Partial<Review> = {}): ReviewRecord {
  return {
    recordId,
    review: aReview(changes),
    state: 'approved',
    achievementVersion: 1,
    contentDigest: 'c1',
    receivedAt: NOW,
  }
}

export function aStatusList(changes: Partial<StatusList> = {}): StatusList {
  return { listId: 'list-1', issuer: ISSUER, lengthBits: 131_072, createdAt: NOW, ...changes }
}

export function anIntent(changes: Partial<Intent> = {}): Intent {
  return {
    code: 'code-1',
    reviewRecordId: 'record-1',
    listId: 'list-1',
    listIndex: 7,
    document: '{"id":"https://badges.example.org/badges/code-1"}',
    evidenceNonces: ['nonce-1', 'nonce-2'],
    proofCreated: NOW,
    verificationMethod: `${ISSUER}#z6Mk`,
    createdAt: NOW,
    ...changes,
  }
}

export function aBadge(changes: Partial<BadgeRecord> = {}): BadgeRecord {
  return {
    code: 'code-1',
    reviewRecordId: 'record-1',
    issuer: ISSUER,
    achievementSlug: 'empowering-students-as-creators',
    achievementVersion: 1,
    earnerName: 'Zoë Nuñez',
    district: 'vista-unified',
    consent: { name: 'initials', evidence: 'shown', listed: true },
    securedJson: '{"proof":[]}',
    digest: 's1',
    issuedAt: NOW,
    ...changes,
  }
}

/** Puts the catalogue and a status list there, once per database. */
export async function addFoundations(stores: Stores): Promise<void> {
  await stores.catalogue.addVersion(anAchievement(), NOW)
  await stores.statusLists.add(aStatusList())
}

/** Puts review, reserved index and intent number `n` there: all that badge `code-n` needs. */
export async function addIntended(stores: Stores, n: number): Promise<void> {
  await stores.reviews.insert(aReviewRecord(`record-${n}`, { id: `submission-${n}` }))
  await stores.statusLists.reserve('list-1', n, `code-${n}`)
  await stores.intents.insert(
    anIntent({ code: `code-${n}`, reviewRecordId: `record-${n}`, listIndex: n }),
  )
}

export function anEndorsement(changes: Partial<EndorsementRecord> = {}): EndorsementRecord {
  return {
    code: 'code-1',
    issuer: 'vista',
    kind: 'achievement',
    subjectId: 'https://badges.example.org/achievements/sample/1',
    commentDigest: 'd1',
    securedJson: '{"name":"Zoë 🏅\\n","proof":[]}',
    createdAt: NOW,
    ...changes,
  }
}
