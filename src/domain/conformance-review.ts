/** The badge that 1EdTech asks of an issuer who wants to be certified (certification guide 1.5, Issuer). */
import type { Achievement } from './achievement.js'
import type { Review } from './review.js'

/** Whom the badge must be issued to. */
export const CONFORMANCE_EMAIL = 'conformance@imsglobal.org'

const CONFORMANCE_SOURCE = 'conformance-kit'

/** Whether a review is of that kind: nobody has earned its badge, so nobody is told of it. */
export function isForConformance({ source }: Review): boolean {
  return source === CONFORMANCE_SOURCE
}

/**
 * An approved review of `achievement` for the certification body: the highest level of every criterion,
 * all of it public. One for each version of an achievement.
 * @param decidedAt UTC, ISO 8601 with `Z`
 */
export function conformanceReview(achievement: Achievement, decidedAt: string): Review {
  const results = achievement.rubric.flatMap(({ criterion, levels }) => {
    const highest = levels.at(-1)
    return highest === undefined ? [] : [{ criterion, level: highest.level }]
  })
  return {
    source: CONFORMANCE_SOURCE,
    id: `${achievement.slug}-${achievement.version}`,
    attempt: 1,
    achievement: achievement.slug,
    candidate: { name: '1EdTech Conformance', email: CONFORMANCE_EMAIL },
    decision: 'approved',
    decidedAt,
    reviewers: [{ name: 'Imprimatur', role: 'conformance kit' }],
    ...(results.length === 0 ? {} : { rubric: { version: 'conformance', results } }),
    evidence: [
      {
        kind: 'statement',
        name: 'A badge for certification',
        narrative: 'Issued to show that badges of this issuer conform to Open Badges 3.0.',
        public: true,
      },
    ],
    consent: { name: 'shown', evidence: 'shown', listed: false },
  }
}
