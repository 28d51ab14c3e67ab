/** The one schema of a review, for API, files and command line alike. */
import { Type } from 'typebox'
import type { ReviewParser } from '../../application/ports/documents.js'
import { assertDistinctEvidence } from '../../domain/evidence.js'
import type { EvidenceItem, Review } from '../../domain/review.js'
import { parseTimestamp, toTimestamp } from '../../domain/timestamps.js'
import { compileChecker } from './request-checker.js'

const strict = { additionalProperties: false } as const
const text = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    format: 'plain-text',
    pattern: '\\S',
    description: 'must not be blank',
  })
const key = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$',
  description: 'must be letters, digits and . _ ~ - only, beginning with a letter or digit',
})
const choice = (...values: string[]) => Type.Unsafe<string>({ type: 'string', enum: values })

const EVIDENCE = Type.Object(
  {
    kind: Type.String({
      pattern: '^[a-z0-9][a-z0-9 -]{0,49}$',
      description: 'must be small letters, digits, spaces and hyphens',
    }),
    name: text(200),
    genre: Type.Optional(text(100)),
    narrative: Type.Optional(text(20_000)),
    url: Type.Optional(Type.String({ format: 'https-url' })),
    public: Type.Boolean({ default: false }),
  },
  strict,
)

const CONSENT = Type.Object(
  {
    name: Type.Unsafe<string>({
      type: 'string',
      enum: ['shown', 'initials', 'hidden'],
      default: 'hidden',
    }),
    evidence: Type.Unsafe<string>({ type: 'string', enum: ['shown', 'hidden'], default: 'hidden' }),
    listed: Type.Boolean({ default: false }),
  },
  { ...strict, default: {} },
)

const REVIEW = Type.Object(
  {
    source: key,
    id: key,
    attempt: Type.Integer({ minimum: 1, maximum: 1000, default: 1 }),
    achievement: key,
    candidate: Type.Object(
      {
        name: text(200),
        email: Type.String({ format: 'email', maxLength: 254 }),
        district: Type.Optional(key),
      },
      strict,
    ),
    decision: choice('approved', 'declined', 'needs-revision', 'withdrawn'),
    decidedAt: Type.String({ format: 'timestamp' }),
    reviewers: Type.Array(Type.Object({ name: text(200), role: text(100) }, strict), {
      minItems: 1,
      maxItems: 20,
    }),
    rubric: Type.Optional(
      Type.Object(
        {
          version: text(50),
          results: Type.Array(Type.Object({ criterion: key, level: key }, strict), {
            maxItems: 50,
          }),
        },
        strict,
      ),
    ),
    evidence: Type.Array(EVIDENCE, { maxItems: 20, uniqueItems: true, default: [] }),
    consent: CONSENT,
  },
  strict,
)

/**
 * Texts in NFC, names without surrounding space, addresses in small letters, times in UTC: equal
 * meaning gives equal content.
 */
export function createReviewParser(): ReviewParser {
  const check = compileChecker<Review>(REVIEW, 'REQUEST_INVALID')
  return {
    parse(input) {
      const review = normalise(check(input))
      assertDistinctEvidence(review.evidence)
      return review
    },
  }
}

function normalise(review: Review): Review {
  const { candidate, decidedAt, reviewers, evidence } = review
  return {
    ...review,
    candidate: {
      ...candidate,
      name: candidate.name.normalize('NFC').trim(),
      email: candidate.email.trim().toLowerCase(),
    },
    decidedAt: toTimestamp(parseTimestamp(decidedAt) ?? 0),
    reviewers: reviewers.map(({ name, role }) => ({
      name: name.normalize('NFC'),
      role: role.normalize('NFC'),
    })),
    evidence: evidence.map((item) => ({ ...item, ...textsInNfc(item) })),
  }
}

function textsInNfc({ name, genre, narrative }: EvidenceItem): Partial<EvidenceItem> {
  return {
    name: name.normalize('NFC'),
    ...(genre === undefined ? {} : { genre: genre.normalize('NFC') }),
    ...(narrative === undefined ? {} : { narrative: narrative.normalize('NFC') }),
  }
}
